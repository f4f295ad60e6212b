"""The feed: what was recorded, in the order in which it was, as far as one account may read it now.

Gapless: whoever records holds the lock of draad.append() from before its entries get their numbers until they
are committed. So an entry that can be read has no lower one still to come, and who goes on after the last
number they saw misses nothing; a number that never comes is of a save that was rolled back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TypeVar
from uuid import UUID

from psycopg.rows import class_row

from domain.access import Ground, ground_of, parts_shared
from domain.case import Case
from domain.casework import CATALOGUE, Casework
from domain.contacts import ContactCancelled, ContactHeld
from domain.days import local_day
from domain.entry import Actor, Entry, Role
from domain.errors import CaseIsErased, NoSuchCase
from domain.kinds import Part
from projections import review
from projections.contacts import Contact, by_entry
from projections.entries import TimelineEntry
from projections.masked import Teams, shared
from projections.position import newest
from projections.read_model import Db, poisonous
from projections.timeline import Lines, timeline

CAME = (ContactHeld.TOPIC, ContactCancelled.TOPIC)  # these stand in a log beside the case
TOPICS = sorted((*CAME, *(topic for topic, kind in CATALOGUE.items() if issubclass(kind, Entry))))
BATCH = 500
Read = TypeVar("Read")
LONG_ENOUGH = 2.0  # seconds: a page that looked at so many cases that are not theirs ends there
AFTER = """
    SELECT notification_id AS position, originator_id AS stream, originator_version AS number, topic
      FROM draad.stored_events
     WHERE notification_id > %(after)s AND notification_id <= %(until)s AND topic = ANY(%(topics)s)
     ORDER BY notification_id
     LIMIT %(limit)s"""


@dataclass(frozen=True)
class Place:
    """Where an entry stands: in the order of all entries, and in its case or its log of contacts."""

    position: int
    stream: UUID
    number: int
    topic: str


@dataclass(frozen=True)
class News:
    """What this account may read, as it stands now, and on what ground: an entry of a case, or a contact."""

    place: Place
    case_id: UUID
    ground: Ground
    recorded: datetime
    told: TimelineEntry | Contact

    @property
    def position(self) -> int:
        """Where it stands in the order of all entries."""
        return self.place.position

    @property
    def topic(self) -> str:
        """What kind of entry it is."""
        return self.place.topic if isinstance(self.told, Contact) else self.told.topic

    @property
    def is_contact(self) -> bool:
        """Whether it stands in the log of who came."""
        return isinstance(self.told, Contact)


@dataclass(frozen=True)
class Theirs:
    """A case that this account reads: on what ground, and which lines of it."""

    ground: Ground
    lines: Lines
    contacts: bool  # these too


@dataclass(frozen=True)
class Page:
    """What came by, and until where was looked: there the next page goes on, also when this one is empty."""

    news: list[News]
    position: int


def page(
    db: Db,
    casework: Casework,
    who: Actor,
    after: int,
    *,
    limit: int,
    seconds: float = LONG_ENOUGH,
    batch: int = BATCH,
) -> Page:
    """What was recorded after a position, and is theirs to read now."""
    readable, news, until = Readable(db, casework, who), list[News](), newest(db)
    began = time.monotonic()
    while after < until:
        places = _places(db, after, until, batch)
        for place in places:
            after = place.position
            if line := readable.line(place):
                news.append(line)
            if len(news) == limit or time.monotonic() - began > seconds:
                return Page(news, after)
        if len(places) < batch:
            after = until
    return Page(news, after)


class Readable:
    """What one account may read at this moment; each case is asked once."""

    def __init__(self, db: Db, casework: Casework, who: Actor) -> None:
        self._db, self._casework, self._who = db, casework, who
        self._of: Callable[[UUID], Theirs | None] = cache(self._theirs)
        self._came: Callable[[UUID], dict[int, Contact]] = cache(self._contacts)

    def line(self, place: Place) -> News | None:
        """What stands at this place; None when it is not theirs to read."""
        return self._contact(place) if place.topic in CAME else self._entry(place)

    def _entry(self, place: Place) -> News | None:
        theirs = self._of(place.stream)
        line = theirs and theirs.lines.of(place.number)
        if not theirs or not line:
            return None
        return News(place, place.stream, theirs.ground, line.recorded, TimelineEntry.of(line))

    def _contact(self, place: Place) -> News | None:
        contact = self._came(place.stream).get(place.number)
        theirs = contact and self._of(contact.case_id)
        if not contact or not theirs or not theirs.contacts:
            return None
        cancels = place.topic == ContactCancelled.TOPIC
        recorded = contact.cancelled if cancels and contact.cancelled else contact.recorded
        return News(place, contact.case_id, theirs.ground, recorded, contact)

    def _contacts(self, stream: UUID) -> dict[int, Contact]:
        log = self._read(self._casework.contact_log, stream)
        return by_entry(log) if log else {}

    def _theirs(self, case_id: UUID) -> Theirs | None:
        case, today = self._read(self._casework.history, case_id), local_day(self._casework.clock())
        if case is None or (ground := self._ground(case)) is None:
            return None
        entries, parts = case.entries, frozenset(Part)
        if ground is Ground.CONSENT:
            parts = parts_shared(self._who, case, today)
            entries = shared(self._who, entries, parts, today)
        team = Teams.ALL if self._who.role is Role.REVIEWER else self._who.team
        return Theirs(ground, timeline(entries, team=team, today=today), Part.PEOPLE in parts)

    def _read(self, read: Callable[[UUID], Read], id: UUID) -> Read | None:
        """None when it is not there; one that nobody can read is left out, as on the lists."""
        try:
            return read(id)
        except (NoSuchCase, CaseIsErased):
            return None
        except Exception as error:
            if not poisonous(error):
                raise
            return None

    def _ground(self, case: Case) -> Ground | None:
        """As on their list of cases: an emergency opens one case by its address, and no list."""
        now = self._casework.clock()
        if self._who.role is Role.REVIEWER:
            held = review.live_for(self._db, self._casework, self._who.user, case.id, now)
            return Ground.MANDATE if held else None
        ground = ground_of(self._who, case, local_day(now))
        return None if ground is Ground.EMERGENCY else ground


def _places(db: Db, after: int, until: int, limit: int) -> list[Place]:
    with db.cursor(row_factory=class_row(Place)) as rows:
        asked = {"after": after, "until": until, "topics": TOPICS, "limit": limit}
        return rows.execute(AFTER, asked).fetchall()
