"""The feed: what was recorded, in the order in which it was, as far as one account may read it now.

Gapless: whoever records holds the lock of draad.append() from before its entries get their numbers until they
are committed. So an entry that can be read has no lower one still to come, and who goes on after the last
number they saw misses nothing; a number that never comes is of a save that was rolled back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from psycopg.rows import class_row

from domain.access import Ground, ground_of, parts_shared
from domain.case import Case
from domain.casework import CATALOGUE, Casework
from domain.days import local_day
from domain.entry import Actor, Entry, Role
from domain.errors import CaseIsErased, NoSuchCase
from projections import review
from projections.entries import TimelineEntry
from projections.masked import Teams, shared
from projections.position import newest
from projections.read_model import Db, poisonous
from projections.timeline import Lines, timeline

TOPICS = sorted(topic for topic, kind in CATALOGUE.items() if issubclass(kind, Entry))  # of cases
BATCH = 500
LONG_ENOUGH = 2.0  # seconds: a page that looked at so many cases that are not theirs ends there
AFTER = """
    SELECT notification_id AS position, originator_id AS case_id, originator_version AS number
      FROM draad.stored_events
     WHERE notification_id > %(after)s AND notification_id <= %(until)s AND topic = ANY(%(topics)s)
     ORDER BY notification_id
     LIMIT %(limit)s"""


@dataclass(frozen=True)
class Place:
    """Where an entry stands: in the order of all entries, and in its case."""

    position: int
    case_id: UUID
    number: int


@dataclass(frozen=True)
class News:
    """An entry that this account may read, as it stands now, and on what ground."""

    position: int
    case_id: UUID
    ground: Ground
    entry: TimelineEntry


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
        self._of: Callable[[UUID], tuple[Ground, Lines] | None] = cache(self._lines)

    def line(self, place: Place) -> News | None:
        """The entry at this place; None when it is not theirs to read."""
        found = self._of(place.case_id)
        line = found and found[1].of(place.number)
        if not found or not line:
            return None
        return News(place.position, place.case_id, found[0], TimelineEntry.of(line))

    def _lines(self, case_id: UUID) -> tuple[Ground, Lines] | None:
        try:
            case = self._casework.history(case_id)
        except (NoSuchCase, CaseIsErased):
            return None
        except Exception as error:  # one that nobody can read is left out, as on the lists
            if not poisonous(error):
                raise
            return None
        ground, today = self._ground(case), local_day(self._casework.clock())
        if ground is None:
            return None
        entries = case.entries
        if ground is Ground.CONSENT:
            entries = shared(self._who, entries, parts_shared(self._who, case, today), today)
        team = Teams.ALL if self._who.role is Role.REVIEWER else self._who.team
        return ground, timeline(entries, team=team, today=today)

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
