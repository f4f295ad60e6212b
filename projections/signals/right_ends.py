"""What somebody may do for the client, or the client themselves, changes on a day: is that near?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.nouns import AgreedRole, Consent, Representation
from projections.signals.deadlines import DEADLINES
from projections.signals.signal import Noticed, Observed, Weight, limit, signal

Until = TypeVar("Until", Consent, Representation, AgreedRole)
Ends = Iterator[tuple[date, date, int]]  # its last day, since when it is known, and the entry that tells it


@dataclass(frozen=True)
class Limits:
    """When it speaks up: so many days before."""

    days_ahead: int = limit(28, "days")


@signal(Weight.THIS_WEEK, limits=Limits)
def right_ends(seen: Observed, limits: Limits) -> Noticed | None:
    """Within %(days)s days this ends or changes: %(many)s. The first is on %(first)s.

    It is about consent, about who speaks for the client or does something for them, or about a birthday from
    which a young person decides more themselves: 12, 16 or 18. Talk with the client about what they want
    after that day, while it can still be arranged. When nothing is agreed, it simply ends.
    """
    ends = [*_consents(seen), *_representations(seen), *_roles(seen), *_birthdays(seen)]
    near = [end for end in ends if 0 <= (end[0] - seen.today).days <= limits.days_ahead]
    if not near:
        return None
    first = min(last for last, _, _ in near)
    since = min(max(known, _before(last, limits.days_ahead)) for last, known, _ in near)
    shown = tuple(sorted({number for _, _, number in near}))
    return Noticed(since, shown, {"days": limits.days_ahead, "many": len(near), "first": first})


def _consents(seen: Observed) -> Ends:
    held = [one for one in seen.plan.consents.values() if one.live(seen.today)]
    return _ends((one.entry, one) for one in held if not any(map(one.within, held)))


def _representations(seen: Observed) -> Ends:
    """Nobody is named anew before the end: each ends by itself."""
    held = (one for one in seen.plan.representations.values() if one.live(seen.today))
    return _ends((one.entry, one) for one in held)


def _roles(seen: Observed) -> Ends:
    """Of people who are still here."""
    here = seen.plan.here(seen.plan.people)
    return _ends(((one.person, one.what.casefold()), one) for one in seen.plan.roles if one.person in here)


def _birthdays(seen: Observed) -> Ends:
    """The ages that the table of terms names."""
    client = seen.plan.client
    if client.birth_date:
        for row in DEADLINES.values():
            if row.watched_by == right_ends.name:
                yield row.last_day(client.birth_date), client.since, client.entry


def _ends(held: Iterable[tuple[Hashable, Until]]) -> Ends:
    """What was agreed or allowed anew ends on the last of its days, or not at all."""
    longest = dict(sorted(held, key=lambda pair: pair[1].until or date.max))
    return ((one.until, one.since, one.entry) for one in longest.values() if one.until)


def _before(day: date, days: int) -> date:
    """So many days before it, in the calendar."""
    return date.fromordinal(max(day.toordinal() - days, date.min.toordinal()))
