"""Reading streams for the read models: cases whole, remembering the latest; of contacts what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from domain.contacts import ContactCancelled
from domain.entry import Entry
from domain.gaps import with_gaps
from domain.review import Reviewed
from domain.store.mapper import Redacted
from domain.store.recorder import NumberedEntry
from projections.read_model import Db, Told, poisonous

Decode = Callable[[NumberedEntry], Any]
Learn = Callable[[set[UUID]], object]  # ask for the keys of these streams at once, before they are decoded
AT_A_TIME = 100  # streams that are read and shown together: so many whole cases lie in memory
BEFORE = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id = ANY(%(streams)s)
       AND (originator_version = 1 OR originator_id = ANY(%(cases)s))
       AND notification_id < %(before)s
     ORDER BY originator_id, originator_version"""


@dataclass(frozen=True)
class Stretch:
    """Entries of one stream that follow each other, up to the first that cannot be read."""

    stream: UUID
    first: int
    position: int
    events: list[Any]
    broken: Exception | None

    @property
    def needs_all(self) -> bool:
        """Whether it makes sense only with all before it: a case, a review, a cancelled contact."""
        if self.events and isinstance(self.events[0], Entry | Reviewed | Redacted):
            return True
        return any(isinstance(event, ContactCancelled) for event in self.events)


class Streams:
    """What was told before a batch. `room`: how many events of the latest cases are remembered."""

    def __init__(self, decode: Decode, learn: Learn, room: int = 50_000) -> None:
        self._decode, self._learn, self._room, self._held = decode, learn, room, 0
        self._known: dict[UUID, list[Any]] = {}

    def told(self, db: Db, batch: Sequence[NumberedEntry]) -> Iterator[list[Told]]:
        """The streams of a batch of the record, some at a time, each with what was told in it before."""
        stored = keyed(self._learn, sorted(batch, key=attrgetter("originator_id")))
        by_stream = stretches(self._decode, stored)
        while new := list(islice(by_stream, AT_A_TIME)):
            before = {old.stream: old for old in self._before(db, new, batch[0].id)}
            yield [self._joined(before.get(stretch.stream), stretch) for stretch in new]

    def _before(self, db: Db, new: Sequence[Stretch], position: int) -> list[Stretch]:
        unknown = [stretch for stretch in new if not self._knows(stretch)]
        asked = {
            "streams": [stretch.stream for stretch in unknown],
            "cases": [stretch.stream for stretch in unknown if stretch.needs_all],
            "before": position,
        }
        if not unknown:
            return []
        with db.cursor(binary=True, row_factory=class_row(NumberedEntry)) as rows:
            return list(stretches(self._decode, rows.execute(BEFORE, asked, prepare=True)))

    def _knows(self, new: Stretch) -> bool:
        known = len(self._known.get(new.stream, ()))
        return known >= (new.first - 1 if new.needs_all else min(new.first - 1, 1))

    def _joined(self, before: Stretch | None, new: Stretch) -> Told:
        # We may know of entries after these: then this batch was rolled back before, and comes again.
        earlier = before.events if before else self._known.get(new.stream, [])[: new.first - 1]
        broken = before.broken if before and before.broken else new.broken
        told = Told(new.stream, with_gaps(earlier + new.events), new.events, new.position, broken)
        kept = told.events if new.needs_all else told.events[:1]
        self._remember(new.stream, [] if told.broken or told.gone else kept)
        return told

    def _remember(self, stream: UUID, events: Sequence[Any]) -> None:
        self._held -= len(self._known.pop(stream, ()))
        if events:
            self._known[stream] = list(events)
            self._held += len(events)
        while self._held > self._room:
            self._held -= len(self._known.pop(next(iter(self._known))))


def keyed(learn: Learn, stored: Iterable[NumberedEntry]) -> Iterator[NumberedEntry]:
    """The same, while their keys are asked for some thousands of entries at a time."""
    rest = iter(stored)
    while some := list(islice(rest, 2000)):
        learn(set(map(attrgetter("originator_id"), some)))
        yield from some


def whole(decode: Decode, stored: Iterable[NumberedEntry]) -> Iterator[Told]:
    """Whole streams, from stored entries that lie together by stream: all that was told in each is new."""
    for stretch in stretches(decode, stored):
        told = with_gaps(stretch.events)
        yield Told(stretch.stream, told, told, stretch.position, stretch.broken)


def stretches(decode: Decode, stored: Iterable[NumberedEntry]) -> Iterator[Stretch]:
    """Read stored entries that lie together by stream."""
    for stream, run in groupby(stored, attrgetter("originator_id")):
        entries = list(run)
        events, broken = _readable(decode, entries)
        first, position = entries[0].originator_version, entries[-1].id
        yield Stretch(UUID(str(stream)), first, position, events, broken)


def _readable(decode: Decode, stored: Iterable[NumberedEntry]) -> tuple[list[Any], Exception | None]:
    events: list[Any] = []
    for entry in stored:
        try:
            events.append(decode(entry))
        except Exception as error:
            if not poisonous(error):
                raise
            return events, error
    return events, None
