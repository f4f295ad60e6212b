"""Making read models anew: a copy is filled beside the table in use, and then takes its place."""

from __future__ import annotations

import atexit
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, closing
from itertools import islice
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from domain.casework import Casework
from domain.store.database import APP, Database, settings_for
from domain.store.recorder import NumberedEntry
from projections.follower import position_of
from projections.read_model import Db, Poison, ReadModel, Told, quarantine, show
from projections.streams import AT_A_TIME, keyed, whole

Progress = Callable[[int, int], None]
Share = tuple[UUID, UUID]  # the first and the last id
Filled = tuple[int, dict[tuple[UUID, str], Poison]]  # how many streams, and what could not be written
COPY = "_new"  # what shown.start_rebuild() calls it
PAYS = 20_000  # entries that are written while another process starts
SHARES = 64  # in which several processes divide the streams: enough to keep all of them busy to the end
IDS = 2**128
ALL = (UUID(int=0), UUID(int=IDS - 1))
ONE_AT_A_TIME = 5_701_734  # the number of our advisory lock; any will do
STORED = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id BETWEEN %(first)s AND %(last)s
       AND (%(since)s = 0
            OR originator_id IN (SELECT originator_id FROM draad.stored_events
                                  WHERE notification_id > %(since)s))
     ORDER BY originator_id, originator_version"""
# A copy that is lost is filled again. Its taking the place of another waits: it takes away files.
NO_WAIT = "SET synchronous_commit = off"
NEWEST = "SELECT coalesce(max(notification_id), 0) FROM draad.stored_events"
HOW_MANY = "SELECT count(*) FROM draad.stored_events WHERE originator_version = 1"


def rebuild(
    database: Database,
    casework: Casework,
    models: Sequence[ReadModel],
    progress: Progress = lambda *_: None,
    processes: int = 1,
) -> None:
    """Make these read models anew while they are in use. `progress` hears how many streams of how many.

    What comes meanwhile is shown again before the switch, under the lock on the position: the follower goes
    on from where it was, and what it then meets twice is the same as once. Stopped half-way, nothing changed.
    """
    dsn = database.dsn(APP)
    with psycopg.connect(dsn) as reading, psycopg.connect(dsn, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(%(lock)s)", {"lock": ONE_AT_A_TIME})
        copies = Copies(db, models)
        copies.begin()
        since, streams = _asked(db, NEWEST), _asked(db, HOW_MANY)
        source, others = Source(reading, casework), min(processes - 1, since // PAYS)
        filling = copies.fill_together(database, source, others) if others else copies.fill(source.streams())
        for done in filling:
            progress(done, streams)
        until = _asked(db, NEWEST)
        copies.catch_up(source, since)
        with db.transaction():
            position_of(db)
            copies.catch_up(source, until)
            copies.take_their_place()


class Source:
    """Where streams come from, whole; by a cursor of the server, for memory stays flat."""

    def __init__(self, db: Db, casework: Casework) -> None:
        self._db, self._learn, self._decode = db, casework.vault.learn, casework.mapper.to_domain_event

    def streams(self, since: int = 0, share: Share = ALL) -> Iterator[Told]:
        """Those in which something was told since."""
        asked = {"since": since, "first": share[0], "last": share[1]}
        with self._db.transaction(), self._db.cursor("stored", row_factory=class_row(NumberedEntry)) as rows:
            rows.itersize = 2000
            rows.execute(STORED, asked, binary=True)
            yield from whole(self._decode, keyed(self._learn, rows))


class Copies:
    """The tables that will take the place of those in use, and what could not be written in them."""

    def __init__(self, db: Db, models: Sequence[ReadModel]) -> None:
        self.db, self.models = db, models
        db.execute(NO_WAIT)
        self.poison: dict[tuple[UUID, str], Poison] = {}

    def begin(self) -> None:
        """Empty copies; what was left of an earlier time goes."""
        for model in self.models:
            self.db.execute("SELECT shown.start_rebuild(%(model)s)", {"model": model.name})

    def fill(self, streams: Iterator[Told]) -> Iterator[int]:
        """Write these streams; tells how many are done each time some are."""
        done = 0
        while told := list(islice(streams, AT_A_TIME)):
            self._write(told)
            done += len(told)
            yield done

    def fill_together(self, database: Database, source: Source, others: int) -> Iterator[int]:
        """Write all streams, with so many processes beside this one; tells how many are done each share.

        They need a while to begin, and go from the front; we begin at once, at the back.
        """
        done, shares = 0, deque(_shares())
        theirs: deque[Future[Filled]] = deque()
        with ProcessPoolExecutor(others, get_context("spawn"), _begin, (database, self.models)) as pool:
            while shares or theirs:
                while shares and len(theirs) < 2 * others:  # what each is at, and what it goes on with
                    theirs.append(pool.submit(_filled, shares.popleft()))
                if shares and not theirs[0].done():
                    done += max(self.fill(source.streams(share=shares.pop())), default=0)
                else:
                    streams, poison = theirs.popleft().result()
                    self.poison.update(poison)
                    done += streams
                yield done

    def catch_up(self, source: Source, since: int) -> None:
        """Write again the streams in which something was told after this position."""
        for _ in self.fill(source.streams(since)):
            pass

    def take_their_place(self) -> None:
        """From here on the copies are what is shown. What was left out before got its second chance."""
        names = [model.name for model in self.models]
        self.db.execute("DELETE FROM shown.poison WHERE read_model = ANY(%(names)s)", {"names": names})
        quarantine(self.db, self.poison.values())
        for name in names:
            self.db.execute("SELECT shown.finish_rebuild(%(model)s)", {"model": name})

    def _write(self, told: Sequence[Told]) -> None:
        for one in told:
            for model in self.models:
                self.poison.pop((one.stream, model.name), None)
        for poison in show(self.db, self.models, told, COPY):
            self.poison[poison.stream, poison.read_model] = poison


def _shares() -> list[Share]:
    """All ids, in as many stretches: they are random, so each holds about as many streams."""
    size = IDS // SHARES
    return [(UUID(int=at), UUID(int=at + size - 1)) for at in range(0, IDS, size)]


_here: list[tuple[Copies, Source]] = []  # of a process beside the one that was asked


def _begin(database: Database, models: Sequence[ReadModel]) -> None:
    """What such a process needs, for as long as it lives."""
    dsn, until = database.dsn(APP), ExitStack()
    atexit.register(until.close)
    casework = until.enter_context(closing(Casework(settings_for(database))))
    reading = until.enter_context(psycopg.connect(dsn))
    copies = Copies(until.enter_context(psycopg.connect(dsn, autocommit=True)), models)
    _here.append((copies, Source(reading, casework)))


def _filled(share: Share) -> Filled:
    """One share of the streams."""
    copies, source = _here[0]
    return max(copies.fill(source.streams(share=share)), default=0), copies.poison


def _asked(db: Db, query: str) -> int:
    row: Any = db.execute(query.encode()).fetchone()
    return int(row[0])
