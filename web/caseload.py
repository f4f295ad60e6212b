"""The caseload: all clients of the one who is here, what waits first."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain.entry import Role
from domain.store.access_log import Code
from projections import caseload, review
from projections.case_row import CaseRow
from projections.caseload import CASELOAD, Filters, Sort, Who
from projections.read_model import left_out
from projections.signals import lists, looking
from web.access import may, open_to_all, signed_in, who_is_here
from web.asking.waits import of_the_client
from web.coming_in.signin import first_page
from web.desk import casework, rows, today, wait_for_own_write
from web.forms.fields import day_from
from web.logs.looks import listed
from web.spreadsheet import spreadsheet

blueprint = Blueprint("caseload", __name__)
SEARCH = "search"  # the place in the session: no name ever stands in an address
TOLD = ["decided_without_say", "unanswered_proposal", "evaluation_overdue", "door_not_left_open"]  # by _facts
TICKED = [field.name for field in fields(Filters) if field.type in {"bool", bool}]


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with the search of this session."""

    filters: Filters
    sort: Sort
    page: int
    before: str  # the day as it was typed
    wrong_day: bool

    @classmethod
    def now(cls) -> Asked:
        """What this request asks. What cannot be read is not asked."""
        typed = request.args
        before = typed.get("evaluation_before", "").strip()
        ticked = {name: typed.get(name) == "1" for name in TICKED}
        filters = Filters(
            text=session.get(SEARCH, ""),
            worker=typed.get("worker", ""),
            evaluation_before=day_from(before),
            **ticked,
        )
        sort = next((sort for sort in Sort if sort == typed.get("sort")), Sort.URGENCY)
        return cls(
            filters, sort, page_number(typed.get("page", "")), before, bool(before) and not day_from(before)
        )

    def address(self, to: str = "caseload.cases", **other: Any) -> str:
        """The same question with something else in it, on page 1."""
        same: dict[str, Any] = {name: "1" for name in TICKED if getattr(self.filters, name)}
        same |= {"worker": self.filters.worker, "evaluation_before": self.before}
        same |= {"sort": self.sort.value if self.sort is not Sort.URGENCY else ""}
        return url_for(to, **{name: value for name, value in (same | other).items() if value})

    def at_page(self, number: int) -> str:
        """Another page of the same."""
        return self.address(page=number)


@blueprint.get("/")
@open_to_all
def first() -> Any:
    """Where the one who is here begins."""
    account = who_is_here()
    return redirect(first_page(account) if account else url_for("caseload.cases"), 303)


@blueprint.get("/cases")
@may("read_caseload")
def cases() -> str:
    asked, up_to_date = Asked.now(), wait_for_own_write(looking.WHO)
    with rows() as db:
        page = caseload.page(db, who_sees(), asked.filters, asked.sort, asked.page, today=today())
        signals = lists.worst(db, who_sees(), [row.case_id for row in page.rows], TOLD)
        reviewed = review.waiting(db, [row.case_id for row in page.rows], today())
        missing = left_out(db, CASELOAD.name)
    listed((row.case_id for row in page.rows), Code.SEARCH if asked.filters.text else Code.LIST)
    return render_template(
        "caseload.html",
        asked=asked,
        page=page,
        missing=missing,
        sorts=Sort,
        up_to_date=up_to_date,
        now=casework().clock(),
        today=today(),
        facts=_facts,
        ticked=TICKED,
        a_page=caseload.ROWS,
        tiles=_tiles(page.counts),
        signals=signals,
        reviewed=reviewed,
    )


@blueprint.post("/cases/search")
@may("read_caseload")
def search() -> Any:
    """The search is kept in the session. Which filters were chosen comes along in the address."""
    session[SEARCH] = request.form.get("q", "").replace("\0", "").strip()[:200]
    return redirect(Asked.now().address(), 303)


@blueprint.get("/cases.csv")
@may("export_caseload")
def save() -> Response:
    asked = Asked.now()
    wait_for_own_write()
    with rows() as db:
        found = caseload.every(db, who_sees(), asked.filters, asked.sort, today=today())
    listed((row.case_id for row in found), Code.EXPORT)
    return spreadsheet(f"draad-{today()}", [gettext(head) for head in COLUMNS], map(_cells, found))


def who_sees() -> Who:
    """Whose cases are asked for. The rule of domain.access.may_see, but for emergencies."""
    account = signed_in()
    team = account.team if account.role is Role.COORDINATOR else None
    return Who(account.id, team, sees_all=account.role is Role.MANAGER)


def page_number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1  # noqa: PLR2004 - fits any table


def _tiles(counts: caseload.Counts) -> list[tuple[str, str, int, str]]:
    """What can wait: filter, look, count and words."""
    return [
        ("without_say", "alert", counts.without_say, gettext("Plan changed without the client's say")),
        ("waiting", "voice", counts.waiting, gettext("A question of the client waits")),
        ("refused", "warn", counts.refused, gettext("A no that nothing was done with yet")),
        ("late", "warn", counts.late, gettext("Evaluation is late")),
        ("signals", "warn", counts.signals, gettext("With signals")),
    ]


def _facts(row: CaseRow, day: date, *, reviewed: bool) -> list[tuple[str, str, str]]:
    """What waits in this case: look, icon and words. `reviewed`: a reviewer asked something."""
    late = row.next_evaluation is not None and row.next_evaluation < day
    waits = [
        (row.without_say > 0, "alert", "warn", gettext("Plan changed without the client's say")),
        (row.refusals > 0, "warn", "cross", gettext("A no that nothing was done with yet")),
        *((since is not None, "voice", "say", text) for since, text in of_the_client(row, day)),
        (reviewed, "info", "say", gettext("A question of a reviewer waits")),
        (late, "warn", "clock", gettext("Evaluation is late")),
    ]
    return [(look, icon, text) for is_so, look, icon, text in waits if is_so]


COLUMNS = (
    "Client",
    "Case number",
    "Lead",
    "Usual workers",
    "Plan version",
    "Version of",
    "Goals",
    "Agreed",
    "Disagreed",
    "Not now, or wants to talk first",
    "Not asked",
    "Unknown what the client thinks",
    "No answer",
    "Two answers",
    "Support that runs",
    "Agreed with support",
    "Disagreed with support",
    "Support: not now, or wants to talk first",
    "Support: not asked",
    "Support: unknown what the client thinks",
    "Support: no answer",
    "Support: two answers",
    "Decisions without say",
    "Proposals that wait",
    "Requests that wait",
    "Complaints that wait",
    "Talks that the client wants first",
    "Yeses that wait for what comes of them",
    "Refusals that wait",
    "Next evaluation",
    "Closed on",
)


def _cells(row: CaseRow) -> list[object]:
    return [
        row.name,
        row.case_number,
        row.lead,
        ", ".join(row.workers),
        row.version,
        row.version_on,
        row.goals,
        row.goals_agreed,
        row.goals_disagreed,
        row.goals_not_yet,
        row.goals_not_asked,
        row.goals_unknown,
        row.goals_unanswered,
        row.goals_contradictory,
        row.supports,
        row.supports_agreed,
        row.supports_disagreed,
        row.supports_not_yet,
        row.supports_not_asked,
        row.supports_unknown,
        row.supports_unanswered,
        row.supports_contradictory,
        row.without_say,
        row.proposals,
        row.requests,
        row.complaints,
        row.talks,
        row.yeses,
        row.refusals,
        row.next_evaluation,
        row.closed_on,
    ]
