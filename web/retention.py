"""How long records are kept: which the law lets go of, which soon, and which are held. It only proposes."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, Response, render_template
from flask_babel import gettext, ngettext

from domain.store import jobs
from domain.store.access_log import Code
from domain.store.pool import Connection
from projections.retention import due
from projections.retention.due import Due
from projections.retention.rules import rule_of
from projections.signals.terms import Span, Term
from web.access import may
from web.desk import casework, rows, today, wait_for_own_write
from web.logs.looks import listed
from web.spreadsheet import spreadsheet
from web.terms import asked_to_forget

blueprint = Blueprint("retention", __name__)
COLUMNS = (
    "Client",
    "Case number",
    "Law",
    "Article",
    "The clock started on",
    "Entry",
    "May go from",
    "Held by",
)


@blueprint.get("/retention")
@may("read_retention")
def overview() -> str:
    """The list as the job made it last, and the rules it goes by."""
    up_to_date = wait_for_own_write()
    with rows() as db:
        found, made = due.on_the_list(db), _made(db)
    listed((one.case_id for one in found), Code.LIST)
    parts = _parts(found, today())
    return render_template(
        "retention.html",
        parts=parts,
        asked=len({one.case_id for one in asked_to_forget()}),
        made=made,
        up_to_date=up_to_date,
        rule_of=rule_of,
        term=_term,
    )


@blueprint.get("/retention.csv")
@may("read_retention")
def save() -> Response:
    with rows() as db:
        found = due.on_the_list(db)
    listed((one.case_id for one in found), Code.EXPORT)
    return spreadsheet(f"draad-retention-{today()}", [gettext(head) for head in COLUMNS], map(_cells, found))


def _made(db: Connection) -> datetime | None:
    """When the list was made. That can be hours after the moment of the job, which is all that is known when
    it did not go well since.
    """
    now = casework().clock()
    ran = jobs.last(db, now).get("retention")
    return ran.finished_at if ran and ran.outcome == jobs.OK else jobs.done(db, now).get("retention")


def _parts(found: list[Due], day: date) -> list[tuple[str, list[Due]]]:
    """What may go, what soon, and what somebody wants to keep."""
    free = [one for one in found if one.held is None]
    return [
        ("due", [one for one in free if one.may_go_on <= day]),
        ("soon", [one for one in free if one.may_go_on > day]),
        ("held", [one for one in found if one.held is not None]),
    ]


def _term(term: Term) -> str:
    """How long, in words."""
    if term.span is Span.WEEKS:
        return str(ngettext("%(num)s week", "%(num)s weeks", term.number))
    return str(ngettext("%(num)s year", "%(num)s years", term.number))


def _cells(one: Due) -> list[object]:
    rule = rule_of(one.rule, one.version)
    return [
        one.name,
        one.case_number,
        rule.law,
        rule.article,
        one.starts_on,
        one.starts_in or "",
        one.may_go_on,
        one.held or "",
    ]
