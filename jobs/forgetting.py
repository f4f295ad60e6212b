"""Forgetting goes on by itself: swept before anybody comes in, and by the worker until it is finished."""

from __future__ import annotations

import logging
import math
import time
from contextlib import closing
from threading import Event
from typing import Any

from domain.store.database import APP, KEYS, Database
from domain.store.erasing import sweep
from domain.store.pool import UNREACHABLE, Connection, connect
from domain.store.vault import Vault

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks
AGAIN = 5.0  # seconds until it sweeps again, while something waits: for who remembers a key, or for the lists
TOLD = "SELECT count(*) FROM draad.stored_events WHERE topic IN ('erased', 'entry_destroyed')"


def before_opening(database: Database) -> None:
    """Whoever was forgotten is forgotten, also in tables that were put back from a backup."""
    with closing(a_vault(database)) as vault:
        sweep(database, vault)


def keep_forgetting(database: Database, vault: Vault, stop: Event) -> None:
    """Sweep when the record says that something was erased, until that is finished."""
    seen, again = -1, 0.0
    while not stop.is_set():
        try:
            with connect(database) as db:
                while not stop.wait(PAUSE):
                    if (told := _told(db)) != seen or time.monotonic() >= again:
                        left = sweep(database, vault)
                        seen, again = told, time.monotonic() + AGAIN if left else math.inf
        except UNREACHABLE as error:
            log.warning("the database is away: %s", type(error).__name__)


def a_vault(database: Database) -> Vault:
    """The keys, for who has no cases open."""
    return Vault(database.dsn(APP, KEYS), bytes.fromhex(database.secrets.read("master")))


def _told(db: Connection) -> int:
    row: Any = db.execute(TOLD).fetchone()
    return int(row[0])
