"""The worker: follows the record, keeps to the timetable, until it is told to stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from domain.case import now
from domain.casework import Casework
from domain.store.database import APP, Database, settings_for
from jobs.exports.queue import keep_making
from jobs.following import FOLLOWED
from jobs.forgetting import before_opening, keep_forgetting
from jobs.schedule import keeping
from jobs.sequence import sequence
from jobs.webhooks import Post, keep_telling
from jobs.work import Means
from projections.follower import ALL, Follower, Part, keep_on
from projections.signals import looking
from projections.streams import Decode

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
        post = Post(database, casework, os.environ, stop)
        with (
            beside("looker", stop, lambda: look(dsn, decode, stop)),
            beside("forgetter", stop, lambda: keep_forgetting(database, casework.vault, stop)),
            beside("maker", stop, lambda: keep_making(dsn, casework, stop)),
            beside("teller", stop, lambda: keep_telling(post)),
            beside("signer", stop, lambda: sequence(database, home, stop)),
            keeping(database, Means(decode, home, os.environ), stop),
        ):
            Follower(dsn, decode, FOLLOWED, learn=casework.vault.learn, part=part).follow(stop)
            # here the schedule waits for a job that is under way: it hears the stop, or finishes


@contextmanager
def beside(name: str, stop: threading.Event, work: Callable[[], None]) -> Iterator[None]:
    """Do this in a thread while the block lasts. When it falls over, the worker stops: so it is seen.

    Who returns is done, and stops nobody: a log that is not as it was signed is left alone.
    """

    def until_it_falls() -> None:
        try:
            work()
        except BaseException:
            stop.set()
            raise

    thread = threading.Thread(target=until_it_falls, name=name)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def look(dsn: str, decode: Decode, stop: threading.Event) -> None:
    """Look at what the follower asks to look at."""
    keep_on(dsn, "position", lambda db: looking.look(db, decode, now()), stop, after=BREATH)
