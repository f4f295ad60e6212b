"""What `draad verify --deep` would say of an installation, without starting it."""

from __future__ import annotations

import time
from pathlib import Path

from domain.store.database import Database
from domain.store.log.verify import Verdict
from domain.store.pool import connect
from jobs.evidence import verdicts
from jobs.sequence import sequencers
from jobs.verify import _deep

PATIENCE = 10  # seconds until the server sees that a connection is gone, and lets go of what it held


def home_of(database: Database) -> Path:
    return database.secrets.folder.parent


def wrong(database: Database) -> list[str]:
    """Everything put on the logs and signed, and then looked at: what is not as it should be."""
    until, found = time.monotonic() + PATIENCE, signed(database)
    while any(verdict.waiting for verdict in found) and time.monotonic() < until:
        time.sleep(0.05)
        found = signed(database)
    bad = [str(verdict) for verdict in found if verdict.waiting or not verdict.ok]
    with connect(database) as db:
        return [*bad, *_deep(database, db)]


def signed(database: Database) -> list[Verdict]:
    """What is found after a worker's round."""
    home = home_of(database)
    with connect(database) as db:
        for sequencer in sequencers(db, database, home):
            while sequencer.step():
                pass
        return verdicts(db, home, {}, all_notes=True)
