"""What a reader does not get to read, though it is in the record: that it is there stays visible."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeGuard

from domain.consent import may_ask
from domain.conversation import NetworkViewHeard
from domain.correcting import EntryCorrected
from domain.entry import Entry
from domain.kinds import WhyWithdrawn
from domain.plan import Plan, read, standing
from domain.record import EntryWithdrawn, ReadBack, StatementAdded
from domain.restricting import EntryRestricted

Hides = EntryWithdrawn | EntryRestricted | NetworkViewHeard
ABOUT = EntryCorrected | StatementAdded | ReadBack | EntryWithdrawn


def masked(entries: Iterable[Entry], team: str | None = None, today: date = date.max) -> dict[int, Hides]:
    """The numbers of what this reader does not read, each with the entry that hides it.

    Nobody reads what was written in the wrong case, what may not be used now (AVG art. 18), and what was
    later said about those entries. What a relative came with unasked, or was asked while the client does not
    allow that (any more) `today`, is read by the team that wrote it down.
    Judged on all entries, whatever day is asked for: what is another person's is not shown on any day.
    """
    told = sorted(entries, key=lambda e: e.number)
    hidden: dict[int, Hides] = {e.number: e for e in _of_another_team(told, team, today)}
    for entry in standing(told):
        if isinstance(entry, EntryRestricted) or in_wrong_case(entry):
            hidden[entry.entry] = entry
    for entry in told:
        if isinstance(entry, ABOUT) and (by := hidden.get(entry.entry)) and by.number != entry.number:
            hidden[entry.number] = by
    return hidden


def in_wrong_case(entry: Entry) -> TypeGuard[EntryWithdrawn]:
    """Whether it takes out what was written in the wrong case."""
    return isinstance(entry, EntryWithdrawn) and entry.reason is WhyWithdrawn.WRONG_CLIENT


def _of_another_team(told: list[Entry], team: str | None, today: date) -> list[NetworkViewHeard]:
    """What people around the client said to another team, that this reader may not read."""
    views = [e for e in told if isinstance(e, NetworkViewHeard) and not (team and e.by.team == team)]
    plan = read(told) if views else Plan()
    return [view for view in views if view.unasked or not may_ask(plan, view.person, today)]
