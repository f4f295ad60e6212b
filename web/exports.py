"""Files with a whole record: asked for on a page, made by the worker, fetched here by who asked."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import get_locale, gettext

from domain.case import Case
from domain.days import local_day
from domain.entry import Role
from domain.errors import Refused
from domain.store import exports
from domain.store.access_log import Code
from domain.store.exports import Export
from domain.store.vault import KeyGone
from projections.export.dossier.asked import Asked, Length
from projections.export.log.asked import AskedLog
from projections.masked import masked
from projections.review import Named, named
from web.access import actor, case_or_404, is_theirs, may, reads_for, signed_in, who_is_here
from web.desk import casework, rows, today
from web.forms.fields import day_from
from web.logs.looks import listed, wrote
from web.mine.reader import Reader
from web.pdf import missing
from web.reviewing.moments import moment_from
from web.saving import Errors, Sent, Typed, fresh, sentence
from web.words import client_name

blueprint = Blueprint("exports", __name__)
LOOKS = {Role.MANAGER, Role.REVIEWER}  # who looked is for who checks the work, not for a colleague
LONGEST = 300  # characters of what it is for


@dataclass(frozen=True)
class Line:
    """One file on the list. `asked` is None when the client was forgotten, `of` when it is not theirs now."""

    export: Export
    asked: Asked | AskedLog | None
    of: Named | None


@blueprint.get("/exports")
@may("export_dossier")
def mine() -> str:
    """What they asked for, and how far it is; whose it is, while they may still see that."""
    return overview(request.args, {})


def overview(typed: Typed, errors: Errors) -> str:
    """The list, and what was typed to have a log of all cases."""
    return render_template(
        "exports.html", lines=lines(), missing=missing(), typed=typed, errors=errors, posted=fresh()
    )


def lines() -> list[Line]:
    """What they asked for, each with whose it is."""
    found = kept()
    of = {export.case_id for export in found if not export.of_all}
    theirs = [case_id for case_id in of if is_theirs(case_id)]
    with rows() as db:
        names = named(db, theirs)
    listed(theirs, Code.LIST)
    return [Line(export, asked_of(export), names.get(export.case_id)) for export in found]


@blueprint.get("/cases/<uuid:case_id>/export")
@may("export_dossier")
def choose(case_id: UUID) -> str:
    """What it has to hold."""
    return _form(case_or_404(case_id), request.args, {})


@blueprint.post("/cases/<uuid:case_id>/export")
@may("export_dossier")
def ask(case_id: UUID) -> Any:
    """Put it in the row of the worker. The same form twice is one file."""
    case, typed, errors = case_or_404(case_id), request.form, Errors()
    asked = _from_form(typed, errors)
    if errors:
        return _form(case, typed, errors), 422
    try:
        _ask(case, asked)
    except Refused as error:
        return _form(case, typed, {"": [sentence(error)]}), 422
    flash(gettext("The file is being made. Look here again in a moment."))
    return redirect(url_for("exports.mine"), 303)


@blueprint.get("/exports/<uuid:export_id>")
@may("export_dossier")
def download(export_id: UUID) -> Any:
    """The file, while they may still see the case."""
    return _download(export_id)


@blueprint.get("/my-plan/<uuid:case_id>/everything")
@may("read_own_plan")
def own(case_id: UUID) -> str:
    """Everything that was written down about them: to ask for, and to fetch."""
    me = Reader.of(case_id)
    found = [export for export in kept() if export.case_id == case_id]
    return render_template(
        "my-everything.html", me=me, you=me.you, case_id=case_id, exports=found, posted=fresh()
    )


@blueprint.post("/my-plan/<uuid:case_id>/everything")
@may("read_own_plan")
def ask_own(case_id: UUID) -> Any:
    """In plain words, with who came and who looked."""
    now = casework().clock()
    asked = Asked(today(), now, Length.OWN, looks=True, language=str(get_locale()))
    try:
        _ask(Reader.of(case_id).case, asked)
    except Refused as error:
        flash(sentence(error), "warn")
    return redirect(url_for("exports.own", case_id=case_id), 303)


@blueprint.get("/my-plan/everything/<uuid:export_id>")
@may("read_own_plan")
def download_own(export_id: UUID) -> Any:
    """The file, while the plan is still theirs to read."""
    return _download(export_id)


def _ask(case: Case, asked: Asked) -> None:
    """That it was asked for is a look too."""
    wanted = Export(Sent.of(request.form).posted, signed_in().id, case.id, casework().clock())
    with rows() as db:
        exports.ask(db, casework().vault, wanted, msgspec.json.encode(asked))
    wrote(case.id, 0, Code.EXPORT)


def _download(export_id: UUID) -> Any:
    export = next((one for one in kept() if one.id == export_id), None) or abort(404)
    case, asked = case_or_404(export.case_id), asked_of(export)
    if not isinstance(asked, Asked):
        abort(404)
    with rows() as db:
        content = exports.content_of(db, casework().vault, export) or abort(404)
    if _hidden_since(case, export):
        flash(
            gettext("Since this file was made, something in it may not be read any more. Ask for it again."),
            "warn",
        )
        own = asked.length is Length.OWN
        return redirect(url_for(".own", case_id=case.id) if own else url_for(".mine"), 303)
    name = f"{asked.name}.zip"
    return send_file(BytesIO(content), "application/zip", as_attachment=True, download_name=name, etag=False)


def _hidden_since(case: Case, export: Export) -> bool:
    """Whether it can hold what this reader may not read now: written in the wrong case, or restricted."""
    made = export.made_at or export.asked_at
    told = [entry for entry in case.entries if entry.timestamp <= made]
    then, now = masked(told, reads_for(), local_day(made)), masked(case.entries, reads_for(), today())
    return any(entry.number in now and entry.number not in then for entry in told)


def kept() -> list[Export]:
    """What the one who is here asked for."""
    with rows() as db:
        return exports.of_account(db, signed_in().id, casework().clock())


def asked_of(export: Export) -> Asked | AskedLog | None:
    """What was asked; None when it cannot be opened any more."""
    try:
        with rows() as db:
            asked = exports.asked_of(db, casework().vault, export)
        if export.of_all:
            return msgspec.json.decode(asked, type=AskedLog)
        return msgspec.json.decode(asked, type=Asked)
    except (KeyGone, InvalidTag):
        return None


def _from_form(typed: Typed, errors: Errors) -> Asked:
    """What it has to hold; what cannot be read is in `errors`."""
    given = {name: typed.get(name, "").strip() for name in ("on", "known", "why")}
    on, known = day_from(given["on"]), moment_from(given["known"])
    if given["on"] and on is None:
        errors["on"] = [gettext("This day cannot be read. Write it as 22-11-2026.")]
    if given["known"] and known is None:
        errors["known"] = [gettext("This moment cannot be read. Write it as 22-11-2026 or 22-11-2026 14:30.")]
    return Asked(
        on or today(),
        known or casework().clock(),
        Length.SHORT if typed.get("length") == Length.SHORT else Length.FULL,
        bool(typed.get("without_names")),
        bool(typed.get("looks")) and actor().role in LOOKS,
        given["why"][:LONGEST],
        str(get_locale()),
    )


def _form(case: Case, typed: Typed, errors: Errors) -> str:
    now = case.plan_on(today())
    return render_template(
        "case-export.html",
        case=case,
        case_id=case.id,
        client=now.client,
        called=client_name(now.client),
        plan=now,
        now=now,
        today=today(),
        typed=typed,
        errors=errors,
        version=case.version,
        posted=typed.get("posted", fresh()),
        missing=missing(),
        looks=actor().role in LOOKS,
    )


def files_kept() -> int:
    """How many files are there or on their way for the one who is here."""
    return len(kept()) if who_is_here() else 0


def gone_on(export: Export) -> Any:
    """The day on which the file goes away."""
    return local_day(export.until)


blueprint.add_app_template_global(files_kept)
blueprint.add_app_template_global(gone_on)
