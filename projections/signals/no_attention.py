"""Was anybody there, and did anybody ask how they are?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from domain.case import CaseOpened
from domain.closing import CaseReopened
from domain.conversation import ConversationHeld
from domain.days import Precision, local_day
from domain.entry import Entry
from domain.experience import WellbeingAsked
from domain.kinds import ContactKind
from domain.noticed import ActionTaken
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up: after so many days without a contact, or without being asked."""

    days: int = limit(28, "days")
    unasked_days: int = limit(91, "days")


ONLY_UNASKED = "For %(unasked)s days nothing says that the client was asked how they are."
BOTH = (
    "No personal contact was written down for %(days)s days, and for %(unasked)s days nothing says that the "
    "client was asked how they are."
)


@dataclass(frozen=True)
class Last:
    """When it was so for the last time, and what tells that."""

    day: date
    entries: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def no_attention(seen: Observed, limits: Limits) -> Noticed | None:
    """No personal contact was written down for %(days)s days.

    Help is more than what gets done: being seen is part of it. Call or go by, also when nothing has to be
    done, and ask how they are. Not wanting to say is an answer too. Was somebody there already? Then write
    that down on the day it was.
    """
    found = {"days": (_contact(seen), limits.days), "unasked": (_asked(seen), limits.unasked_days)}
    late = {name: last for name, (last, days) in found.items() if last and seen.days_since(last.day) > days}
    if not late:
        return None
    says = (BOTH if "days" in late else ONLY_UNASKED) if "unasked" in late else ""
    entries = {number for last in late.values() for number in last.entries}
    contacts = {number for last in late.values() for number in last.contacts}
    facts = {name: seen.days_since(last.day) for name, last in late.items()}
    since = min(last.day for last in late.values())
    return Noticed(since, tuple(sorted(entries)), facts, tuple(sorted(contacts)), says)


def _contact(seen: Observed) -> Last | None:
    """The last time somebody came for the client, or was with them; else the opening."""
    told = _last(seen, filter(_with_client, seen.counting))
    came = [(local_day(c.started_at), c.entry) for c in seen.contacts if c.kind == ContactKind.PERSONAL]
    day, number = max((one for one in came if one[0] <= seen.today), default=(date.min, 0))
    if number and (told is None or told.day <= day):
        return Last(day, contacts=(number,))
    return _known(told)


def _with_client(entry: Entry) -> bool:
    """A conversation, a daily note or a question that tells that somebody was with the client."""
    match entry:
        case ConversationHeld():
            return entry.client_present
        case ActionTaken():
            return entry.with_client is True
    return isinstance(entry, WellbeingAsked)


def _asked(seen: Observed) -> Last | None:
    """When the client was last asked how they are; else the opening."""
    return _known(_last(seen, seen.of(WellbeingAsked)))


def _last(seen: Observed, told: Iterable[Entry]) -> Entry | None:
    """The last of these, since the opening."""
    both = chain(seen.of(CaseOpened, CaseReopened), told)
    return max(both, key=lambda e: (e.day, e.number), default=None)


def _known(last: Entry | None) -> Last | None:
    """No term runs from a day that is not known."""
    return Last(last.day, (last.number,)) if last and last.precision is Precision.DAY else None
