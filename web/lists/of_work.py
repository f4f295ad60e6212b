"""The lists beside the cases, as files for a spreadsheet: accounts, jobs, reviews, drafts, files."""

from __future__ import annotations

from flask import Blueprint, Response, session
from flask_babel import gettext

from domain.review import Review
from domain.store.access_log import Code
from domain.store.account_list import Listed, staff
from domain.store.jobs import FAILED, OK, Run
from projections import access_review
from projections.condition import standings
from projections.export.log.asked import AskedLog
from projections.review import Named, ReviewRow
from web import drafts, exports, shared
from web.access import may
from web.accounts.pages import SEARCH
from web.desk import casework, rows, today
from web.jobs import called, counted
from web.logs.access_log import month_called
from web.logs.looks import listed, used_log
from web.report.page import asked_behind, cases_behind
from web.reviewing.mandates_page import mandates_shown
from web.spreadsheet import every_page, heads, spreadsheet, when
from web.words import who, word

blueprint = Blueprint("lists_of_work", __name__)
OUTCOMES = {OK: "Went well", FAILED: "Did not go well"}


@blueprint.get("/users.csv")
@may("manage_accounts")
def accounts() -> Response:
    """All that answer what is searched for."""
    with rows() as db:
        found = list(every_page(lambda page: staff(db, session.get(SEARCH, ""), page)[0]))
    head = heads("Name", "User name", "Role", "Team", "Organisation", "E-mail", "Last sign-in", "State")
    return spreadsheet(f"draad-accounts-{today()}", head, map(_account, found))


def _account(one: Listed) -> tuple[object, ...]:
    where = word(one.role), one.team, one.organisation
    return one.name, one.user_name, *where, one.email, when(one.signed_in_at), word(one.state)


@blueprint.get("/jobs.csv")
@may("read_jobs")
def jobs() -> Response:
    with rows() as db:
        found = standings(db, casework().clock())
    cells = [(called(one.job.name), *_last(one.last), when(one.next)) for one in found]
    head = heads("What", "Last time", "State", "What was done", "Next time")
    return spreadsheet(f"draad-jobs-{today()}", head, cells)


def _last(run: Run | None) -> tuple[object, ...]:
    if run is None:
        return "", "", ""
    done = ", ".join(f"{counted(name)}: {many}" for name, many in run.counts.items())
    return when(run.started_at), gettext(OUTCOMES.get(run.outcome or "", "Not finished")), done


@blueprint.get("/reviews.csv")
@may("read_reviews")
def reviews() -> Response:
    """A line for each case of a mandate."""
    found, names = mandates_shown(casework().clock(), Code.EXPORT)
    cells = [
        (*_mandate(one), *_called(names.get(row.case_id)), *_found(row)) for one, of in found for row in of
    ]
    head = heads("Reviewer", "What for", "Until", "Client", "Case number")
    head += heads("Findings", "Questions", "Not answered")
    return spreadsheet(f"draad-reviews-{today()}", head, cells)


def _mandate(one: Review) -> tuple[object, ...]:
    return one.reviewer.name, one.purpose, one.until


def _found(row: ReviewRow) -> tuple[object, ...]:
    return row.findings, row.questions, row.unanswered


def _called(case: Named | None) -> tuple[str, str]:
    return (case.name, case.case_number) if case else ("", "")


@blueprint.get("/drafts.csv")
@may("record")
def kept_drafts() -> Response:
    cells = [
        (one.what, one.case and who(None, one.case.plan), when(one.draft.changed_at), when(one.draft.until))
        for one in drafts.lines()
    ]
    return spreadsheet(f"draad-drafts-{today()}", heads("What", "Client", "Kept on", "Until"), cells)


@blueprint.get("/exports.csv")
@may("export_dossier")
def files() -> Response:
    cells = [
        (_of(one), when(one.export.asked_at), word(one.export.state), one.export.size, when(one.export.until))
        for one in exports.lines()
    ]
    head = heads("What", "Asked for", "State", "Bytes", "Until")
    return spreadsheet(f"draad-files-{today()}", head, cells)


def _of(line: exports.Line) -> str:
    if isinstance(line.asked, AskedLog):
        return str(gettext("What happened in all cases"))
    return ", ".join(filter(None, _called(line.of))) or str(gettext("Dossier"))


@blueprint.get("/shared.csv")
@may("read_shared")
def shared_with_them() -> Response:
    cells = [(one.name, one.case_number) for one in shared.theirs(Code.EXPORT)]
    return spreadsheet(f"draad-shared-{today()}", heads("Client", "Case number"), cells)


@blueprint.get("/access-log/reviews.csv")
@may("read_access_log")
def log_reviews() -> Response:
    """A line for each time that somebody went through a month that is over, and for a month still to do."""
    with rows() as db:
        found = access_review.months(db, today())
    used_log(Code.EXPORT_LOG)
    cells: list[tuple[object, ...]] = []
    for month in found:
        name = month_called(month.first)
        cells += [(name, one.by_name, when(one.done_at), one.finding) for one in month.found] or [(name,)]
    return spreadsheet(f"draad-log-reviews-{today()}", heads("Month", "Who", "When", "Findings"), cells)


@blueprint.get("/report/<name>/cases.csv")
@may("read_report")
def behind_a_figure(name: str) -> Response:
    """The cases behind a figure that is shown."""
    _, found = cases_behind(*asked_behind(name))
    listed((one.case_id for one in found), Code.EXPORT)
    cells = [(one.name, one.case_number, one.many, one.latest) for one in found]
    head = heads("Client", "Case number", "How often", "Last on")
    return spreadsheet(f"draad-{name}-{today()}", head, cells)
