"""What a reader does not get to read, though it is in the record: that it is there stays visible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

from domain.conversation import NetworkViewHeard
from domain.entry import Entry
from domain.kinds import WhyWithdrawn
from domain.plan import standing
from domain.record import EntryCorrected, EntryWithdrawn, ReadBack, StatementAdded
from domain.restricting import EntryRestricted

Hides = EntryWithdrawn | EntryRestricted | NetworkViewHeard
ABOUT = EntryCorrected | StatementAdded | ReadBack | EntryWithdrawn


def masked(entries: Iterable[Entry], team: str | None = None) -> dict[int, Hides]:
    """The numbers of what this reader does not read, each with the entry that hides it.

    Nobody reads what was written in the wrong case, what may not be used now (AVG art. 18), and what was
    later said about those entries. What a relative came with unasked is read by the team that wrote it down.
    Judged on all entries, whatever day is asked for: what is another person's is not shown on any day.
    """
    told = sorted(entries, key=lambda e: e.number)
    hidden: dict[int, Hides] = {e.number: e for e in told if _of_another_team(e, team)}
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


def _of_another_team(entry: Entry, team: str | None) -> TypeGuard[NetworkViewHeard]:
    return isinstance(entry, NetworkViewHeard) and entry.unasked and not (team and entry.by.team == team)
