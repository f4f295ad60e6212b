"""The schedule: each job once a moment, whoever runs it, and however often somebody is cut off."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.entry import Role
from domain.settings import DRAFTS_LAST
from domain.store import jobs
from domain.store.accounts import add_account
from domain.store.database import Database
from domain.store.jobs import Run
from domain.store.pool import Connection, connect
from domain.store.timetable import JOBS
from jobs.schedule import AGAIN, RunsNow, by_hand, keeping, take_up
from jobs.work import WORK, Means, Round
from projections.signals import looking
from tests.jobs.conftest import Clock

NIGHT, DIGEST, CLEANING, *_ = JOBS
TAKE_UP = """
import os, signal, sys, time
from pathlib import Path
from domain.store.database import open_database
from domain.store.timetable import JOBS
from jobs.schedule import take_up
from jobs.work import WORK, Means, clean_up
from tests.jobs.conftest import Clock

home, sort = Path(sys.argv[1]), sys.argv[2]

def slow(at):
    print("ran", flush=True)
    time.sleep(1.5)
    at.finish(ran=1)

class Cut:
    "A connection whose owner is killed before its transaction ends."
    def __init__(self, at): self.at = at
    def __getattr__(self, name): return getattr(self.at, name)
    def finish(self, **counts):
        self.at.finish(**counts)
        os.kill(os.getpid(), signal.SIGKILL)

def killed(at):
    clean_up(Cut(at))

if sort != "real":
    WORK["clean_up"] = {"slow": slow, "killed": killed}[sort]
with open_database(home) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    take_up(database, JOBS[2], Means(None, home, {}), Clock())
"""


@pytest.fixture
def doing() -> Iterator[Any]:
    """Gives a job other work, until the test ends."""
    before = dict(WORK)
    yield WORK.__setitem__
    WORK.update(before)


def a_process(database: Database, sort: str) -> subprocess.Popen[str]:
    """Another process that waits for a sign to take up the clean-up."""
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE_UP, str(database.secrets.folder.parent), sort],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def ran(db: Connection, clock: Clock, job: str) -> Run:
    return jobs.last(db, clock())[job]


def rows(db: Connection) -> list[tuple[Any, ...]]:
    return db.execute("SELECT job, due, missed, outcome FROM draad.job ORDER BY due, job").fetchall()


def an_old_draft(db: Connection, clock: Clock) -> None:
    """One that has had its time."""
    writer = add_account(db, f"noor-{uuid4()}", "zes paarden", name="Noor", role=Role.WORKER)
    db.execute(
        """
        INSERT INTO draad.draft (account, id, case_id, page, sealed, changed_at)
        VALUES (%(account)s, %(id)s, %(id)s, '', '', %(at)s)""",
        {"account": writer.id, "id": uuid4(), "at": clock() - DRAFTS_LAST - timedelta(days=1)},
    )


def old_drafts(db: Connection, clock: Clock) -> int:
    first = {"first": clock() - DRAFTS_LAST}
    row = db.execute("SELECT count(*) FROM draad.draft WHERE changed_at <= %(first)s", first).fetchone()
    return int(row[0]) if row else 0


def test_every_job_has_its_work() -> None:
    assert {job.name for job in JOBS} == set(WORK)


def test_a_job_runs_once_a_moment(
    fresh: Database, db: Connection, clock: Clock, means: Means, doing: Any
) -> None:
    times: list[datetime] = []

    def send(at: Round) -> None:
        times.append(at.now)
        at.finish(sent=1)

    doing("digest", send)
    for minute in (0, 1, 30):
        clock.to(22, 9, minute)
        take_up(fresh, DIGEST, means, clock)
    assert len(times) == 1
    clock.to(23, 6, 0)
    take_up(fresh, DIGEST, means, clock)
    assert len(times) == 2
    assert ran(db, clock, "digest").due == datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_two_schedules_at_once_run_a_job_once(fresh: Database, db: Connection, clock: Clock) -> None:
    both = [a_process(fresh, "slow") for _ in range(2)]
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=30)[0] for process in both]
    assert sorted(said) == ["", "ran\n"]
    assert ran(db, clock, "clean_up").outcome == "ok"


def test_who_comes_later_finds_it_done(fresh: Database, db: Connection, clock: Clock) -> None:
    said = [a_process(fresh, "slow").communicate("go\n", timeout=30)[0] for _ in range(2)]
    assert said == ["ran\n", ""]


def test_what_was_killed_before_it_was_done_is_done_by_the_next_once(
    fresh: Database, db: Connection, clock: Clock, means: Means
) -> None:
    an_old_draft(db, clock)
    before = old_drafts(db, clock)
    process = a_process(fresh, "killed")
    process.communicate("go\n", timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert old_drafts(db, clock) == before
    assert ran(db, clock, "clean_up").outcome is None
    eventually(lambda: taken_up(fresh, db, clock, means))
    assert old_drafts(db, clock) == 0
    assert ran(db, clock, "clean_up").counts == {"drafts": before, "exports": 0}
    assert len(rows(db)) == 1


def taken_up(database: Database, db: Connection, clock: Clock, means: Means) -> bool:
    """The server notices after a moment that the other has gone."""
    take_up(database, CLEANING, means, clock)
    return ran(db, clock, "clean_up").outcome == "ok"


def eventually(so: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_missed_nights_are_made_up_for_once_and_it_is_said(
    fresh: Database, db: Connection, clock: Clock, means: Means, caplog: pytest.LogCaptureFixture
) -> None:
    clock.to(22, 1, 30)
    take_up(fresh, NIGHT, means, clock)
    clock.to(25, 9)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            take_up(fresh, NIGHT, means, clock)
    assert [(due.day, missed, outcome) for _, due, missed, outcome in rows(db)] == [
        (22, 0, "ok"),
        (25, 2, "ok"),
    ]
    assert caplog.text.count("night_round: 2 moments were missed") == 1
    assert ran(db, clock, "night_round").made_up_for


def test_the_night_round_looks_at_every_case(
    fresh: Database, db: Connection, clock: Clock, means: Means
) -> None:
    db.execute("INSERT INTO shown.to_look_at (case_id) SELECT gen_random_uuid() FROM generate_series(1, 45)")
    take_up(fresh, NIGHT, means, clock)
    assert looking.waiting(db) == 0
    assert ran(db, clock, "night_round").counts == {"cases": 45}


def test_what_failed_is_tried_again_after_a_while_and_no_words_are_kept(
    fresh: Database,
    db: Connection,
    clock: Clock,
    means: Means,
    *,
    doing: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[datetime] = []

    def fail(at: Round) -> None:
        tries.append(at.now)
        raise ValueError("Sanne wil weer koken")

    doing("digest", fail)
    start = clock()
    for wait in (timedelta(), timedelta(minutes=1), AGAIN):
        clock.moment = start + wait
        take_up(fresh, DIGEST, means, clock)
    assert tries == [start, start + AGAIN]
    failed = ran(db, clock, "digest")
    assert (failed.outcome, failed.why) == ("failed", "ValueError")
    assert "Sanne" not in caplog.text


def test_a_moment_of_a_clock_that_ran_ahead_does_not_hold_up_the_real_ones(
    fresh: Database, db: Connection, clock: Clock, means: Means
) -> None:
    clock.to(29, 9)
    take_up(fresh, CLEANING, means, clock)
    clock.to(22, 9)
    take_up(fresh, CLEANING, means, clock)
    assert [due.day for _, due, _, _ in rows(db)] == [22, 29]


def test_by_hand_it_runs_whatever_the_clock_says_but_not_beside_another(
    fresh: Database, clock: Clock, means: Means
) -> None:
    assert by_hand(fresh, "clean_up", means, lambda *_: None, clock).outcome == "ok"
    with connect(fresh) as another:
        assert jobs.claim(another, "clean_up")
        with pytest.raises(RunsNow):
            by_hand(fresh, "clean_up", means, lambda *_: None, clock)


def test_rows_of_long_ago_go_but_not_the_last_of_a_job(
    fresh: Database, db: Connection, clock: Clock, means: Means
) -> None:
    take_up(fresh, DIGEST, means, clock)
    take_up(fresh, CLEANING, means, clock)
    clock.moment += timedelta(days=91)
    take_up(fresh, CLEANING, means, clock)
    clock.moment += timedelta(hours=1)
    take_up(fresh, CLEANING, means, clock)
    assert [job for job, *_ in rows(db)] == ["digest", "clean_up", "clean_up"]


def test_told_to_stop_it_stops_between_two_steps_and_the_next_takes_it_up(
    fresh: Database, db: Connection, clock: Clock, means: Means, doing: Any
) -> None:
    stop, started = threading.Event(), threading.Event()

    def endless(at: Round) -> None:
        while True:
            started.set()
            at.progress(1, 2)
            time.sleep(0.01)

    for job in JOBS:
        doing(job.name, endless)
    with keeping(fresh, means, stop):
        assert started.wait(10)
        stop.set()
    runs = jobs.last(db, datetime.now(UTC))
    assert runs
    assert {run.outcome for run in runs.values()} == {None}


def test_the_worker_wakes_every_job_at_its_start(fresh: Database, db: Connection, means: Means) -> None:
    waits_for_no_worker = set(WORK) - {"verify"}  # that one waits until something was signed
    with keeping(fresh, means, threading.Event()):
        eventually(lambda: {job for job, *_, outcome in rows(db) if outcome == "ok"} == waits_for_no_worker)


def test_a_database_that_is_away_is_asked_the_next_time(fresh: Database, clock: Clock, means: Means) -> None:
    away = Database("host=/nowhere", fresh.secrets)
    take_up(away, CLEANING, means, clock)
