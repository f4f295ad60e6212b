"""Making read models anew: a copy is filled beside the table in use, and then takes its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
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
from projections.streams import Decode, whole

Progress = Callable[[int, int], None]
Share = tuple[UUID, UUID]  # the first and the last id
COPY = "_new"  # what shown.start_rebuild() calls it
AT_A_TIME = 100  # streams written together, and held in memory
SHARES = 16  # in which several processes divide the streams: enough to keep all of them busy to the end
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
    dsn, decode = database.dsn(APP), casework.mapper.to_domain_event
    with psycopg.connect(dsn) as reading, psycopg.connect(dsn, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(%(lock)s)", {"lock": ONE_AT_A_TIME})
        copies = Copies(db, models)
        copies.begin()
        since, streams = _asked(db, NEWEST), _asked(db, HOW_MANY)
        alone = copies.fill(_stored(reading, decode))
        for done in alone if processes == 1 else copies.fill_together(database, processes):
            progress(done, streams)
        reading.rollback()  # the snapshot that was read
        until = _asked(db, NEWEST)
        copies.catch_up(reading, decode, since)
        with db.transaction():
            position_of(db)
            copies.catch_up(reading, decode, until)
            copies.take_their_place()


class Copies:
    """The tables that will take the place of those in use, and what could not be written in them."""

    def __init__(self, db: Db, models: Sequence[ReadModel]) -> None:
        self.db, self.models = db, models
        self.poison: dict[tuple[UUID, str], Poison] = {}

    def begin(self) -> None:
        """Empty copies; what was left of an earlier time goes."""
        for model in self.models:
            self.db.execute("SELECT shown.start_rebuild(%(model)s)", {"model": model.name})

    def fill(self, streams: Iterator[Told]) -> Iterator[int]:
        """Write these streams; tells how many are done each time some are."""
        done = 0
        while told := list(islice(streams, AT_A_TIME)):
            for model in self.models:
                self._write(model, told)
            done += len(told)
            yield done

    def fill_together(self, database: Database, processes: int) -> Iterator[int]:
        """Write all streams, by so many processes at once; tells how many are done after each share."""
        done, fill = 0, partial(_filled, database, self.models)
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            for streams, poison in pool.map(fill, _shares()):
                self.poison.update(poison)
                done += streams
                yield done

    def catch_up(self, reading: Db, decode: Decode, since: int) -> None:
        """Write again the streams in which something was told after this position."""
        for _ in self.fill(_stored(reading, decode, since)):
            pass
        reading.rollback()

    def take_their_place(self) -> None:
        """From here on the copies are what is shown. What was left out before got its second chance."""
        names = [model.name for model in self.models]
        self.db.execute("DELETE FROM shown.poison WHERE read_model = ANY(%(names)s)", {"names": names})
        quarantine(self.db, self.poison.values())
        for name in names:
            self.db.execute("SELECT shown.finish_rebuild(%(model)s)", {"model": name})

    def _write(self, model: ReadModel, told: Sequence[Told]) -> None:
        for one in told:
            self.poison.pop((one.stream, model.name), None)
        for poison in show(self.db, model, told, COPY):
            self.poison[poison.stream, model.name] = poison


def _shares() -> list[Share]:
    """All ids, in as many stretches: they are random, so each holds about as many streams."""
    size = IDS // SHARES
    return [(UUID(int=at), UUID(int=at + size - 1)) for at in range(0, IDS, size)]


def _filled(
    database: Database, models: Sequence[ReadModel], share: Share
) -> tuple[int, dict[tuple[UUID, str], Poison]]:
    """One share of the streams, written by a process of its own; gives how many, and what could not be."""
    dsn = database.dsn(APP)
    with (
        closing(Casework(settings_for(database))) as casework,
        psycopg.connect(dsn) as reading,
        psycopg.connect(dsn, autocommit=True) as db,
    ):
        copies = Copies(db, models)
        streams = _stored(reading, casework.mapper.to_domain_event, share=share)
        return max(copies.fill(streams), default=0), copies.poison


def _stored(reading: Db, decode: Decode, since: int = 0, share: Share = ALL) -> Iterator[Told]:
    """Streams in which something was told since, whole; by a cursor of the server, for memory stays flat."""
    with reading.cursor("stored", row_factory=class_row(NumberedEntry)) as rows:
        rows.itersize = 2000
        rows.execute(STORED, {"since": since, "first": share[0], "last": share[1]})
        yield from whole(decode, rows)


def _asked(db: Db, query: str) -> int:
    row: Any = db.execute(query.encode()).fetchone()
    return int(row[0])
