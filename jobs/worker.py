"""The worker: follows the record, keeps to the timetable, until it is told to stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

from domain.case import now
from domain.casework import Casework
from domain.store.database import APP, Database, settings_for
from domain.store.pool import connect
from jobs.exporting import keep_making
from jobs.forgetting import before_opening, keep_forgetting
from jobs.schedule import keeping
from jobs.sequence import sequence
from jobs.webhooks import Post, keep_telling
from jobs.work import Means
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.erasures import ERASURES
from projections.follower import ALL, Follower, Part, keep_on
from projections.report.counted import COUNTED
from projections.retention.kept import RETENTION
from projections.review import REVIEWS
from projections.say import SAY
from projections.signals import looking
from projections.streams import Decode

FOLLOWED = (CASELOAD, CONTACTS, SAY, COUNTED, REVIEWS, ERASURES, RETENTION)


# Who writes several things one after another is looked at once, and meanwhile does not wait for the looker.
BREATH = 0.02
SWITCH = 0.0005  # seconds after which another thread may go on: a follower waits for no longer look


def run(database: Database, home: Path, part: Part = ALL) -> None:
    """Follow until SIGTERM or SIGINT. A batch that was under way is finished first.

    Several workers may run: each follows its part, and whoever comes first does the rest.
    """
    sys.setswitchinterval(SWITCH)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    dsn = database.dsn(APP)
    before_opening(database)
    with closing(Casework(settings_for(database))) as casework:
        casework.vault.listen()
        decode = casework.mapper.to_domain_event
        looker = threading.Thread(target=look, args=(dsn, decode, stop), name="looker")
        maker = threading.Thread(target=make, args=(dsn, casework, stop), name="maker")
        teller = threading.Thread(
            target=tell, args=(Post(database, casework, os.environ, stop),), name="teller"
        )
        signer = threading.Thread(target=sign, args=(database, home, stop), name="signer")
        forgetter = threading.Thread(target=forget, args=(database, casework, stop), name="forgetter")
        looker.start()
        forgetter.start()
        maker.start()
        teller.start()
        signer.start()
        try:
            with keeping(database, Means(decode, home, os.environ), stop):
                Follower(dsn, decode, FOLLOWED, learn=casework.vault.learn, part=part).follow(stop)
                # here the schedule waits for a job that is under way: it hears the stop, or finishes
        finally:
            stop.set()
            looker.join()
            forgetter.join()
            maker.join()
            teller.join()
            signer.join()


def catch_up(database: Database, casework: Casework) -> None:
    """Show all that is recorded by now, for a command that asks the read models. A worker may run beside."""
    decode, learn = casework.mapper.to_domain_event, casework.vault.learn
    follower = Follower(database.dsn(APP), decode, FOLLOWED, learn=learn)
    with connect(database) as db:
        while follower.step(db):
            pass


def look(dsn: str, decode: Decode, stop: threading.Event) -> None:
    """Look at what the follower asks to look at. When this falls over, the worker stops: so it is seen."""
    try:
        keep_on(dsn, "position", lambda db: looking.look(db, decode, now()), stop, after=BREATH)
    finally:
        stop.set()


def make(dsn: str, casework: Casework, stop: threading.Event) -> None:
    """Make the files that were asked for. When this falls over, the worker stops too."""
    try:
        keep_making(dsn, casework, stop)
    finally:
        stop.set()


def tell(by: Post) -> None:
    """Tell subscribers elsewhere what is recorded. When this falls over, the worker stops too."""
    try:
        keep_telling(by)
    finally:
        by.stop.set()


def forget(database: Database, casework: Casework, stop: threading.Event) -> None:
    """Let go what was erased. When this falls over, the worker stops too."""
    try:
        keep_forgetting(database, casework.vault, stop)
    finally:
        stop.set()


def sign(database: Database, home: Path, stop: threading.Event) -> None:
    """Put on the logs what comes in. When this falls over, the worker stops too."""
    try:
        sequence(database, home, stop)
    except Exception:
        stop.set()
        raise
