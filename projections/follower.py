"""The follower: a batch of the record becomes rows in every read model, in one transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from domain.store.mapper import stream_of
from domain.store.recorder import NumberedEntry, read_after
from projections.read_model import Db, ReadModel, left_out_of, quarantine, show
from projections.signals import looking
from projections.streams import Decode, Learn, Streams

WHO = "shown"  # one position for all read models: they show the same moment
THEM = "shown %"  # those who share the work, each with a position of its own
PATIENCE = 0.5  # seconds until it looks whether to stop; an entry wakes it at once
# What a step writes is lost together, if the server falls within a second: then it is taken again. A standby
# never has it before the entries that it tells of.
NO_WAIT = "SET LOCAL synchronous_commit = off"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """The share of one follower, when `of` of them work side by side: whole streams."""

    nr: int = 1
    of: int = 1

    @property
    def who(self) -> str:
        return WHO if self.of == 1 else f"{WHO} {self.nr}/{self.of}"

    def holds(self, stream: UUID) -> bool:
        return stream.int % self.of == self.nr - 1


ALL = Part()


class Follower:
    """Keeps the read models up to date. KeysBehind stops it: a record without its keys is not shown."""

    def __init__(
        self,
        dsn: str,
        decode: Decode,
        models: Sequence[ReadModel],
        *,
        learn: Learn = lambda _: None,
        batch: int = 10_000,
        room: int = 50_000,
        part: Part = ALL,
    ) -> None:
        self.dsn, self.models, self.batch, self.part = dsn, models, batch, part
        self._streams = Streams(decode, learn, room)

    def follow(self, stop: threading.Event) -> None:
        """Follow until told to stop. After less than a batch nothing waits: what comes later is heard."""
        keep_on(self.dsn, "stored_events", lambda db: self.step(db) == self.batch, stop)

    def step(self, db: Db) -> int:
        """Show the next batch; gives how many entries it had. All of it, or nothing."""
        with db.pipeline(), db.transaction():
            db.execute(NO_WAIT)
            batch = read_after(db, position_of(db, self.part), self.batch)
            if batch:
                self._show(db, [entry for entry in batch if self.part.holds(stream_of(entry))])
                move(db, batch[-1].id, self.part)
        if self.part != ALL:
            move_all(db, self.part.of)  # by itself: a rebuild that holds it may wait for us
        return len(batch)

    def _show(self, db: Db, ours: Sequence[NumberedEntry]) -> None:
        if ours:
            cases: set[UUID] = set()
            for told in self._streams.told(db, ours):
                quarantine(db, show(db, self.models, told, but=left_out_of(db, told)))
                cases |= {one.case_id for one in told if one.events}
            looking.put(db, cases, ours[0].id)


def keep_on(
    dsn: str, wakes: str, step: Callable[[Db], int], stop: threading.Event, *, after: float = 0.0
) -> None:
    """Take steps until there is nothing to do, and again when woken. Waits for a database that went away.

    `after`: whoever is woken with it goes first: it waits until it was quiet for so many seconds.
    """
    while not stop.is_set():
        try:
            _keep_on(dsn, wakes, step, stop, after)
        except psycopg.OperationalError as error:
            log.warning("the database is away: %s", type(error).__name__)
            stop.wait(PATIENCE)


def _keep_on(dsn: str, wakes: str, step: Callable[[Db], int], stop: threading.Event, after: float) -> None:
    with psycopg.connect(dsn, autocommit=True) as ears, psycopg.connect(dsn, autocommit=True) as db:
        ears.execute(SQL("LISTEN {}").format(Identifier(wakes)))  # before looking: what comes later is heard
        while not stop.is_set():
            while step(db) and not stop.is_set():
                pass
            if list(ears.notifies(timeout=PATIENCE, stop_after=1)) and after:
                _until_quiet(ears, after)


def _until_quiet(ears: Db, seconds: float) -> None:
    """Whoever writes one thing after another is waited for; not longer than anybody has patience."""
    enough = monotonic() + PATIENCE
    while monotonic() < enough and list(ears.notifies(timeout=seconds, stop_after=1)):
        pass


def position_of(db: Db, part: Part = ALL) -> int:
    """How far the read models are, held until the transaction ends: whoever writes them asks this first.

    Who writes for all holds it for those who share the work too; they go on where all were.
    """
    db.execute("INSERT INTO shown.position VALUES (%(who)s, 0) ON CONFLICT DO NOTHING", {"who": part.who})
    held = db.execute(
        """
        SELECT greatest(notification_id,
                        (SELECT notification_id FROM shown.position WHERE follower = %(all)s))
          FROM shown.position
         WHERE follower = %(who)s OR %(who)s = %(all)s AND follower LIKE %(them)s
         ORDER BY follower
           FOR UPDATE""",
        {"who": part.who, "all": WHO, "them": THEM},
    ).fetchall()
    return int(held[0][0])


def move(db: Db, position: int, part: Part = ALL) -> None:
    """The read models show everything up to here; who waits for that is woken when it is committed."""
    db.execute(
        "UPDATE shown.position SET notification_id = %(at)s WHERE follower = %(who)s",
        {"at": position, "who": part.who},
    )
    if part == ALL:
        db.execute("SELECT pg_notify('position', %(at)s)", {"at": f"{WHO} {position}"})


def move_all(db: Db, of: int) -> None:
    """What all `of` of them show, the read models show. One who did not begin yet shows nothing."""
    db.execute("INSERT INTO shown.position VALUES (%(all)s, 0) ON CONFLICT DO NOTHING", {"all": WHO})
    db.execute(
        """
        UPDATE shown.position
           SET notification_id = upto.position
          FROM (SELECT min(notification_id) AS position
                  FROM shown.position
                 WHERE follower LIKE %(them)s
                HAVING count(*) = %(of)s) AS upto
         WHERE follower = %(all)s AND notification_id < upto.position
        RETURNING pg_notify('position', follower || ' ' || notification_id)""",
        {"all": WHO, "them": f"{THEM}/{of}", "of": of},
    )
