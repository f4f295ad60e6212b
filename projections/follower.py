"""The follower: a batch of the record becomes rows in every read model, in one transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from domain.store.recorder import read_after
from projections.read_model import Db, ReadModel, Told, quarantine, show
from projections.signals import looking
from projections.streams import Decode, Streams

WHO = "shown"  # one position for all read models: they show the same moment
PATIENCE = 0.5  # seconds until it looks whether to stop; an entry wakes it at once
log = logging.getLogger(__name__)


class Follower:
    """Keeps the read models up to date. KeysBehind stops it: a record without its keys is not shown."""

    def __init__(
        self, dsn: str, decode: Decode, models: Sequence[ReadModel], *, batch: int = 500, room: int = 50_000
    ) -> None:
        self.dsn, self.models, self.batch = dsn, models, batch
        self._streams = Streams(decode, room)

    def follow(self, stop: threading.Event) -> None:
        """Follow until told to stop."""
        keep_on(self.dsn, "stored_events", self.step, stop)

    def step(self, db: Db) -> int:
        """Show the next batch; gives how many entries it had. All of it, or nothing."""
        with db.transaction():
            batch = read_after(db, position_of(db), self.batch)
            if batch:
                told = self._streams.told(db, batch)
                for model in self.models:
                    quarantine(db, show(db, model, _shown_by(db, model, told)))
                looking.put(db, told, batch[0].id)
                move(db, batch[-1].id)
        return len(batch)


def keep_on(dsn: str, wakes: str, step: Callable[[Db], int], stop: threading.Event) -> None:
    """Take steps until there is nothing to do, and again when woken. Waits for a database that went away."""
    while not stop.is_set():
        try:
            _keep_on(dsn, wakes, step, stop)
        except psycopg.OperationalError as error:
            log.warning("the database is away: %s", type(error).__name__)
            stop.wait(PATIENCE)


def _keep_on(dsn: str, wakes: str, step: Callable[[Db], int], stop: threading.Event) -> None:
    with psycopg.connect(dsn, autocommit=True) as ears, psycopg.connect(dsn, autocommit=True) as db:
        ears.execute(SQL("LISTEN {}").format(Identifier(wakes)))  # before looking: what comes later is heard
        while not stop.is_set():
            while step(db) and not stop.is_set():
                pass
            for _ in ears.notifies(timeout=PATIENCE, stop_after=1):
                pass


def position_of(db: Db) -> int:
    """How far the read models are, held until the transaction ends: whoever writes them asks this first."""
    db.execute("INSERT INTO shown.position VALUES (%(who)s, 0) ON CONFLICT DO NOTHING", {"who": WHO})
    at: Any = db.execute(
        "SELECT notification_id FROM shown.position WHERE follower = %(who)s FOR UPDATE", {"who": WHO}
    ).fetchone()
    return int(at[0])


def move(db: Db, position: int) -> None:
    """The read models show everything up to here; who waits for that is woken when it is committed."""
    db.execute(
        "UPDATE shown.position SET notification_id = %(at)s WHERE follower = %(who)s",
        {"at": position, "who": WHO},
    )
    db.execute("SELECT pg_notify('position', %(at)s)", {"at": f"{WHO} {position}"})


def _shown_by(db: Db, model: ReadModel, told: Sequence[Told]) -> list[Told]:
    """Without what this read model could not take before: it is left out until the next rebuild."""
    held = db.execute(
        """
        SELECT originator_id
          FROM shown.poison
         WHERE read_model = %(model)s AND originator_id = ANY(%(streams)s)""",
        {"model": model.name, "streams": [one.stream for one in told]},
    ).fetchall()
    return [one for one in told if (one.stream,) not in held]
