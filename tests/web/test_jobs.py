"""The page of what happens by itself: for managers and administrators; what did not happen is red."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from domain.entry import Role
from domain.store import jobs
from domain.store.pool import Connection
from domain.store.timetable import JOBS, Owed
from tests.web.conftest import Visitor, desk_of

As = Callable[..., Visitor]
NIGHT, *_ = JOBS


@pytest.fixture
def db(app: Flask) -> Iterator[Connection]:
    with desk_of(app).pool.connection() as db:
        yield db


@pytest.fixture
def hanneke(as_: As) -> Visitor:
    return as_("hanneke", Role.MANAGER)


def ran(app: Flask, db: Connection, ago: timedelta = timedelta(), missed: int = 0) -> None:
    """Every job ran, so long ago."""
    moment = desk_of(app).casework.clock() - ago
    for job in JOBS:
        owed = Owed(job.moments.last(moment), missed)
        jobs.begin(db, job.name, owed, moment)
        jobs.finish(db, job.name, owed.due, moment, {"cases": 12} if job is NIGHT else {})


def test_it_says_what_each_does_when_it_ran_and_when_it_runs_next(
    app: Flask, db: Connection, hanneke: Visitor
) -> None:
    ran(app, db)
    page = hanneke.get("/jobs").text
    assert "Nachtronde" in page
    assert "Kijkt naar elk dossier" in page
    assert "dossiers bekeken: 12" in page
    assert page.count("Ging goed") == len(JOBS)
    assert page.count("Volgende keer") == len(JOBS)
    assert "notice alert" not in page


def test_what_did_not_run_has_a_red_line_with_what_to_do(
    app: Flask, db: Connection, hanneke: Visitor
) -> None:
    ran(app, db, ago=timedelta(days=3))
    page = hanneke.get("/jobs").text
    assert page.count("notice alert") == len(JOBS)
    assert "Nachtronde: niet gedaan" in page
    assert "draad worker" in page


def test_what_never_ran_has_one_too(hanneke: Visitor) -> None:
    page = hanneke.get("/jobs").text
    assert page.count("notice alert") == len(JOBS)
    assert "Nog nooit" in page


def test_what_failed_says_what_kind_of_error_it_was(app: Flask, db: Connection, hanneke: Visitor) -> None:
    ran(app, db, ago=timedelta(days=1))
    now = desk_of(app).casework.clock()
    due = NIGHT.moments.last(now)
    jobs.begin(db, NIGHT.name, Owed(due, 0), now)
    jobs.fail(db, NIGHT.name, due, now, ConnectionRefusedError("Sanne wil weer koken"))
    page = hanneke.get("/jobs").text
    assert "Ging niet goed" in page
    assert "ConnectionRefusedError" in page
    assert "Sanne" not in page


def test_what_was_made_up_for_is_said(app: Flask, db: Connection, hanneke: Visitor) -> None:
    ran(app, db)
    db.execute("UPDATE draad.job SET missed = 2, started_at = due + interval '3 hours' WHERE job = 'digest'")
    page = hanneke.get("/jobs").text
    assert "Ook 2 keren daarvoor zijn gemist." in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MANAGER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.COORDINATOR, 404),
        (Role.WORKER, 404),
        (Role.REVIEWER, 404),
    ],
)
def test_it_is_for_managers_and_administrators(as_: As, role: Role, status: int) -> None:
    assert as_("vera", role).get("/jobs").status_code == status


def test_it_is_there_in_english_too(hanneke: Visitor) -> None:
    hanneke.get("/jobs?lang=en")
    page = hanneke.get("/jobs").text
    assert "Night round" in page
    assert "Nachtronde" not in page
