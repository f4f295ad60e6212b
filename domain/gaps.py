"""The place of an entry that was destroyed: it stays, with what is known of it, and all else reads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY
from datetime import date
from typing import Any
from uuid import UUID

from domain.days import Precision, local_day
from domain.entry import Actor, Entry, Role
from domain.erasing import EntryDestroyed, Erased
from domain.kinds import WhyErased
from domain.store.mapper import Redacted

NOBODY = Actor(UUID(int=0), Role.ADMINISTRATOR)


class EntryGone(Entry):
    """Here was an entry that was destroyed. Made while reading, never kept: see EntryDestroyed."""

    TOPIC = "entry_gone"
    _: KW_ONLY
    ground: WhyErased = WhyErased.UNKNOWN
    gone_on: date | None = None

    @classmethod
    def at(cls, event: Any, before: Entry, told: EntryDestroyed | None) -> EntryGone:
        """In its place. When it was recorded went with it: not before the entry before it."""
        known = {"ground": told.ground, "gone_on": told.happened_on} if told else {}
        return cls(
            originator_id=event.originator_id,
            originator_version=event.originator_version,
            timestamp=before.timestamp,
            by=told.by if told else NOBODY,
            happened_on=local_day(before.timestamp),
            precision=Precision.UNKNOWN,
            **known,
        )  # type: ignore[call-arg]  # the library makes it a dataclass


def with_gaps(events: Sequence[Any]) -> list[Any]:
    """The events of a case, with a gap where one was destroyed: also while somebody still has its key."""
    if not {EntryDestroyed, Redacted} & set(map(type, events)):  # nearly always
        return list(events)
    told = {event.entry: event for event in events if isinstance(event, EntryDestroyed)}
    filled: list[Any] = []
    for event in events:
        gone = isinstance(event, Redacted) or event.originator_version in told
        if gone and filled and isinstance(filled[0], Entry):
            filled.append(EntryGone.at(event, filled[-1], told.get(event.originator_version)))
        else:
            filled.append(event)
    return filled


def is_erased(events: Sequence[Any]) -> bool:
    """Whether these are of a client who was forgotten. Also while somebody still has their key."""
    return bool({Erased, Redacted} & set(map(type, events)))
