"""What the client waits for, on top of their case: for who answers it."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext, ngettext

from domain.case import Case
from projections.case_row import CaseRow
from projections.waits_for_us import Waits, waits_for_us
from web.access import can
from web.desk import today


def waits_in(case: Case) -> list[Waits]:
    """The longest waiting first. What may not be used now is in no plan, and not here."""
    plan = case.plan_on(today())
    return waits_for_us(plan, case.entries) if can("read_signals") and not plan.closed_on else []


def of_the_client(row: CaseRow, day: date) -> list[tuple[date | None, str]]:
    """What the client waits for: since when the first of each kind does, and words with its age."""

    def waits(since: date | None, one: str, more: str, new: str) -> tuple[date | None, str]:
        days = (day - (since or day)).days
        return since, str(ngettext(one, more, days) if days else gettext(new))

    return [
        waits(
            row.complaints_since,
            "A complaint of the client waits %(num)s day",
            "A complaint of the client waits %(num)s days",
            "A complaint of the client waits since today",
        ),
        waits(
            row.requests_since,
            "A request of the client waits %(num)s day",
            "A request of the client waits %(num)s days",
            "A request of the client waits since today",
        ),
        waits(
            row.proposals_since,
            "A proposal of the client waits %(num)s day",
            "A proposal of the client waits %(num)s days",
            "A proposal of the client waits since today",
        ),
        waits(
            row.talks_since,
            "The client wants to talk first, and waits %(num)s day",
            "The client wants to talk first, and waits %(num)s days",
            "The client wants to talk first, since today",
        ),
        waits(
            row.yeses_since,
            "The client said yes, and waits %(num)s day for what comes of it",
            "The client said yes, and waits %(num)s days for what comes of it",
            "The client said yes today, and waits for what comes of it",
        ),
    ]
