"""What waits for somebody: how long, and whether anybody came back to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.days import Precision
from domain.entry import Entry
from domain.proposals import ProposalMade
from projections.signals.signal import Noticed, Observed


def waits(seen: Observed, entry: Entry, days: int) -> bool:
    """Whether more than so many days went by since an entry. No term runs from a day that is not known."""
    return entry.precision is Precision.DAY and seen.days_since(entry.day) > days


def came_back(seen: Observed, number: int) -> bool:
    """Whether a later entry is about this one. Putting a fact in it right does not come back to it."""
    return number in seen.answered


def open_proposals(seen: Observed, days: int) -> Iterator[ProposalMade]:
    """The proposals that got no answer within so many days."""
    for made in seen.of(ProposalMade):
        proposal = seen.plan.proposals.get(made.number)
        if proposal and proposal.open and waits(seen, made, days) and not came_back(seen, made.number):
            yield made


def noticed(seen: Observed, waiting: Iterable[Entry]) -> Noticed | None:
    """How many wait, and since when the first of them does."""
    numbers = {entry.number: entry.day for entry in waiting}
    if not numbers:
        return None
    since = min(numbers.values())
    return Noticed(since, tuple(sorted(numbers)), {"many": len(numbers), "days": seen.days_since(since)})
