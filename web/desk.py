"""What a page works with: the cases, the read models, and the reader's own last write."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from pathlib import Path

from flask import current_app, session

from domain.case import now
from domain.casework import Casework
from domain.days import local_day
from domain.store.database import APP, Database, open_database, settings_for
from domain.store.migrate import check_version
from domain.store.pool import Connection, open_pool
from projections.follower import WHO
from projections.position import Position

LAST_WRITE = "last_write"  # the place in the session
PATIENCE = 1.0  # seconds that a list waits for its reader's own last write


class Desk:
    """One process's own connections. Made after the fork, closed when the process ends."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = now) -> None:
        self.home = home
        with ExitStack() as opened:
            self.database: Database = opened.enter_context(open_database(home))
            check_version(self.database)
            self.casework = Casework(settings_for(self.database), clock)
            opened.callback(self.casework.close)
            self.casework.vault.listen()
            self.pool = opened.enter_context(open_pool(self.database))
            self.shown = opened.enter_context(Position(self.database.dsn(APP)))
            self._opened = opened.pop_all()

    def key(self, purpose: str) -> bytes:
        """A key for one purpose, the same in every process of this installation."""
        return self.database.secrets.key(purpose)

    def close(self) -> None:
        self._opened.close()


def desk() -> Desk:
    """The desk of this process."""
    found: Desk = current_app.extensions["draad"]
    return found


def casework() -> Casework:
    """All cases."""
    return desk().casework


def rows() -> AbstractContextManager[Connection]:
    """A connection to the read models, back in the pool afterwards."""
    return desk().pool.connection()


def today() -> date:
    """The day it is here."""
    return local_day(casework().clock())


def remember_write(position: int) -> None:
    """What this reader wrote last: lists wait until they show it."""
    session[LAST_WRITE] = max(position, session.get(LAST_WRITE, 0))


def wait_for_own_write(who: str = WHO) -> bool:
    """Whether the read models, or the signals, hold this reader's own last write. Waits for it, not long."""
    wrote = session.get(LAST_WRITE)
    return wrote is None or desk().shown.wait(wrote, PATIENCE, who)
