"""What was imported: when, by whom, what came in, and what did not, with the reason. Never what it says."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext, pgettext

from domain.store import import_runs
from domain.store.import_runs import KEY, ImportRun, Left
from domain.store.pool import Connection
from web.access import may
from web.desk import desk, rows
from web.logs.looks import listed

blueprint = Blueprint("imports", __name__)
RUNS, ASIDE = 20, 50  # on one page


@blueprint.get("/imports")
@may("read_imports")
def overview() -> str:
    """The last first, page by page, each beginning where the one before ended."""
    with rows() as db:
        found = import_runs.page(db, _before(), limit=RUNS + 1)
    more = url_for(".overview", before=found[RUNS - 1].id) if len(found) > RUNS else None
    return render_template("imports.html", found=found[:RUNS], more=more, first="before" not in request.args)


@blueprint.get("/imports/<uuid:run_id>")
@may("read_imports")
def one(run_id: UUID) -> str:
    """What became of it, and what did not come in: all, or for one reason."""
    why, after = why_asked(), _after()
    with rows() as db:
        run, reasons = run_or_404(db, run_id), import_runs.reasons(db, run_id)
        found = import_runs.aside(db, desk().key(KEY), run_id, why, after, limit=ASIDE + 1)
    here = found[:ASIDE]
    listed(cases_of(here))
    asked = {"run_id": run_id, "why": why} if why else {"run_id": run_id}
    return render_template(
        "import.html",
        run=run,
        reasons=reasons,
        found=here,
        asked=asked,
        why=why,
        more=url_for(".one", **asked, after=here[-1].number) if len(found) > ASIDE else None,
        first=not after,
    )


def run_or_404(db: Connection, run_id: UUID) -> ImportRun:
    """This import, if it is there."""
    return import_runs.one(db, run_id) or abort(404)


def cases_of(found: list[Left]) -> list[UUID]:
    """The cases that these would have gone to: that they stand on a page is a look."""
    return [one.case_id for one in found if one.case_id]


def why_asked() -> str:
    """For which reason alone; empty is for any."""
    return request.args.get("why", "").replace("\0", "")


def because(why: str) -> str:
    """Why something did not come in. What a rule of the record speaks of is left out."""
    if why.endswith("."):
        return str(gettext(why)) % defaultdict(lambda: "…")
    head, colon, code = why.partition(": ")
    return f"{pgettext('put aside', head)}{colon}{code}"


def ended_by(why: str) -> str:
    """What ended it too early, by the kind of error."""
    said = str(pgettext("import ended", why))
    return said if said != why else str(gettext("Something went wrong: %(error)s.", error=why))


def called(kind: str) -> str:
    """What kind of import it is."""
    return str(pgettext("import", kind))


def _before() -> UUID | None:
    try:
        return UUID(request.args.get("before", ""))
    except ValueError:
        return None


def _after() -> int:
    said = request.args.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0  # noqa: PLR2004 - a column holds it


for speak in (because, ended_by, called):
    blueprint.add_app_template_global(speak, f"import_{speak.__name__}")
