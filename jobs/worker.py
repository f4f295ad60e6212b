"""The worker: follows the record and keeps the read models up to date, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from contextlib import closing

from domain.casework import Casework
from domain.store.database import APP, Database, settings_for
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.follower import Follower
from projections.say import SAY

FOLLOWED = (CASELOAD, CONTACTS, SAY)


def run(database: Database) -> None:
    """Follow until SIGTERM or SIGINT. A batch that was under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with closing(Casework(settings_for(database))) as casework:
        Follower(database.dsn(APP), casework.mapper.to_domain_event, FOLLOWED).follow(stop)
