"""The schedule: what is due by the clock and not done by the table is done, once, whoever comes first.

APScheduler wakes each job in a thread of its own, so that a long one holds up no other. It remembers nothing:
a machine that was off, a second schedule, a clock that jumps and a job that was cut off all come down to the
same question to the table.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.case import now
from domain.store import jobs
from domain.store.database import Database
from domain.store.jobs import FAILED, Run
from domain.store.pool import UNREACHABLE, connect
from domain.store.timetable import JOBS, Job, Owed
from jobs.work import WORK, Means, NotYet, Progress, Round

PULSE = 20  # seconds between two looks at the clock
AGAIN = timedelta(minutes=15)  # until what failed is tried once more
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


class RunsNow(Exception):
    """This job runs at this moment, in another process."""


class Stopped(Exception):
    """The worker was told to stop. The job is taken up again after its next start."""


@contextmanager
def keeping(database: Database, means: Means, stop: threading.Event) -> Iterator[None]:
    """Keep to the timetable for as long as the block lasts; what was missed before is made up for at once."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a job may still run at the next pulse
    scheduler = BackgroundScheduler(timezone=UTC)
    for job in JOBS:
        scheduler.add_job(
            take_up,
            IntervalTrigger(seconds=PULSE, timezone=UTC),
            (database, job, means, now, _until(stop)),
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # a late pulse is as good
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()


def take_up(
    database: Database, job: Job, means: Means, clock: Clock, progress: Progress = lambda *_: None
) -> None:
    """Do what this job has to do by now, unless somebody is at it. A database that is away is asked later."""
    with suppress(NotYet, Stopped, *UNREACHABLE), connect(database) as db:
        if not jobs.claim(db, job.name):
            return
        moment = clock()
        owed = job.owed(jobs.done(db, moment).get(job.name), moment)
        if owed and not _failed_just_now(jobs.last(db, moment).get(job.name), moment):
            _run(Round(db, job.name, owed, moment, means, clock, progress))


def by_hand(database: Database, name: str, means: Means, progress: Progress, clock: Clock = now) -> Run:
    """Do a job now, whatever the clock says; gives how it went. RunsNow, NotYet."""
    with connect(database) as db:
        if not jobs.claim(db, name):
            raise RunsNow
        moment = clock()
        _run(Round(db, name, Owed(moment, 0), moment, means, clock, progress))
        return jobs.last(db, moment)[name]


def _run(at: Round) -> None:
    if at.owed.missed:
        log.warning("%s: %s moments were missed, this round makes up for them", at.job, at.owed.missed)
    jobs.begin(at.db, at.job, at.owed, at.now)
    try:
        WORK[at.job](at)
    except (NotYet, Stopped, *UNREACHABLE):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the next job goes on
        log.error("%s failed: %s", at.job, type(error).__name__)  # noqa: TRY400 - its words may be a client's
        jobs.fail(at.db, at.job, at.owed.due, at.clock(), error)


def _failed_just_now(run: Run | None, moment: datetime) -> bool:
    return run is not None and run.outcome == FAILED and moment < run.started_at + AGAIN


def _until(stop: threading.Event) -> Progress:
    def go_on(*_: int) -> None:
        if stop.is_set():
            raise Stopped

    return go_on
