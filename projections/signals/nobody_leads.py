"""Somebody must hold the lead, and one is enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from domain.case import CaseOpened
from domain.closing import CaseReopened
from domain.days import Precision
from domain.entry import Entry
from domain.people import LeadEnded, LeadNamed, PersonLeft
from domain.plan import Plan, read
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.too_many_parties import others


@dataclass(frozen=True)
class Limits:
    """When it speaks up; and from how many parties, our own included, it is for now."""

    days: int = limit(7, "days")
    parties: int = limit(3, "parties")


TWO_LEAD = "%(leads)s people hold the lead side by side, for %(days)s days."


@signal(Weight.THIS_WEEK, limits=Limits, again=28, asks_for=("name_lead", "end_lead"))
def nobody_leads(seen: Observed, limits: Limits) -> Noticed | None:
    """Nobody has held the lead for %(days)s days.

    When nobody holds the lead, or two do, the client does not know whom to call, and things are asked twice.
    More parties make that worse. Name one lead, together with the client.
    """
    leads, turn = seen.plan.leads.values(), _turn(seen)
    if len(leads) == 1 or turn is None or turn.precision is not Precision.DAY:
        return None
    days = seen.days_since(turn.counts_from)
    if days <= limits.days:
        return None
    crowded = len(others(seen)) + 1 >= limits.parties
    shown = tuple(sorted(lead.entry for lead in leads)) or (turn.number,)
    says, weight = TWO_LEAD if leads else "", Weight.NOW if crowded else None
    return Noticed(turn.counts_from, shown, {"leads": len(leads), "days": days}, says=says, weight=weight)


def _turn(seen: Observed) -> Entry | None:
    """What made it as it is: since the day of this entry nobody leads, or one, or more than one."""
    start = max((e.counts_from for e in seen.of(CaseOpened, CaseReopened)), default=seen.today)
    turns = seen.of(CaseOpened, CaseReopened, LeadNamed, LeadEnded, PersonLeft)
    last_first = sorted((e for e in turns if e.counts_from >= start), key=_place, reverse=True)
    now = _holding(seen.plan)
    same = takewhile(lambda e: _holding(read(seen.entries, on=e.counts_from)) == now, last_first)
    return min(same, key=_place, default=None)


def _place(entry: Entry) -> tuple[date, int]:
    return entry.counts_from, entry.number


def _holding(plan: Plan) -> int:
    """Nobody, one, or more."""
    return min(len(plan.leads), 2)
