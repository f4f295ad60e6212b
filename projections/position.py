"""Waiting until one's own write is shown, or until something is recorded: one thread a process listens, any
request waits.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any, Self

import psycopg

from domain.store.database import APP, Database
from projections.follower import WHO

PATIENCE = 0.5  # seconds until it looks whether to stop; a move wakes it at once
REACHED = "SELECT follower, notification_id FROM shown.position"
NEWEST = "SELECT coalesce(max(notification_id), 0) FROM draad.stored_events"


class Position:
    """How far the read models are. Made in each process, after the fork."""

    def __init__(self, dsn: str) -> None:
        self._dsn, self._moved = dsn, threading.Condition()
        self._at: dict[str, int] = {}
        self.heard = 0  # how often something was recorded, or may have been while we did not listen
        self._stop = threading.Event()
        self._ears = threading.Thread(target=self._listen, name="position", daemon=True)
        self._ears.start()

    def wait(self, position: int, seconds: float = 1.0, who: str = WHO) -> bool:
        """Whether the read models show this position, or signals do, at the latest after so many seconds."""
        with self._moved:
            return self._moved.wait_for(lambda: self._at.get(who, 0) >= position, seconds)

    def wait_for_entry(self, heard: int, seconds: float) -> bool:
        """Whether something was recorded since that was `heard`, at the latest after so many seconds."""
        with self._moved:
            return self._moved.wait_for(lambda: self.heard != heard, seconds)

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        self._ears.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _listen(self) -> None:
        while not self._stop.is_set():
            with suppress(psycopg.OperationalError):
                self._hear()
            self._stop.wait(0.2)

    def _hear(self) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as db:
            db.execute("LISTEN position")  # before looking: what moves after the look is heard
            db.execute("LISTEN stored_events")
            self._recorded()
            for who, at in db.execute(REACHED):
                self._reached(who, at)
            while not self._stop.is_set():
                for heard in db.notifies(timeout=PATIENCE):
                    if heard.channel == "stored_events":
                        self._recorded()
                        continue
                    who, at = heard.payload.split()
                    self._reached(who, int(at))

    def _recorded(self) -> None:
        with self._moved:
            self.heard += 1
            self._moved.notify_all()

    def _reached(self, who: str, at: int) -> None:
        with self._moved:
            self._at[who] = at
            self._moved.notify_all()


def wait_until(database: Database, position: int, seconds: float = 60.0) -> bool:
    """For a command: whether the read models come to show this position within so many seconds."""
    with Position(database.dsn(APP)) as shown:
        return shown.wait(position, seconds)


def newest(db: psycopg.Connection[Any]) -> int:
    """The position of what was recorded last."""
    return int((db.execute(NEWEST).fetchone() or (0,))[0])
