"""`draad status` and `draad run`: what is wrong is said, and ends with 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from domain.case import now
from domain.casework import Casework
from domain.store import jobs
from domain.store.database import APP, Database
from domain.store.pool import Connection
from domain.store.timetable import JOBS, Owed
from draad import main
from jobs.following import FOLLOWED
from projections.condition import condition
from projections.follower import Follower
from projections.signals import looking
from projections.streams import Decode
from tests import given

Draad = Callable[..., Result]


@pytest.fixture
def draad(fresh: Database) -> Draad:
    home = str(fresh.secrets.folder.parent)
    return lambda *words: CliRunner(env={"DRAAD_HOME": home}).invoke(main, words)


@pytest.fixture
def all_is_well(fresh: Database, casework: Casework, db: Connection, decode: Decode) -> UUID:
    """Everything ran and every list is up to date."""
    for job in JOBS:
        owed = Owed(job.moments.last(now()), 0)
        jobs.begin(db, job.name, owed, now())
        jobs.finish(db, job.name, owed.due, now(), {})
    follower = Follower(fresh.dsn(APP), decode, FOLLOWED)
    casework.open(case := given.sanne())
    while follower.step(db):
        pass
    looking.drain(db, decode, now())
    return case.id


def told(draad: Draad) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(draad("status", "--json").output)
    return answer


def test_all_is_well(draad: Draad, all_is_well: UUID) -> None:
    said = draad("status")
    assert said.exit_code == 0, said.output
    assert told(draad)["wrong"] == []
    assert [one["job"] for one in told(draad)["jobs"]] == [job.name for job in JOBS]


def test_a_job_that_is_late_is_wrong(draad: Draad, all_is_well: UUID, db: Connection) -> None:
    db.execute("UPDATE draad.job SET due = due - interval '2 days' WHERE job = 'night_round'")
    said = draad("status")
    assert said.exit_code == 1
    assert "night_round did not run since" in said.output


def test_a_worker_that_never_ran_is_wrong(draad: Draad, fresh: Database) -> None:
    said = draad("status")
    assert said.exit_code == 1
    assert said.output.count("did not run ever") == len(JOBS)


def test_a_case_in_quarantine_is_wrong(draad: Draad, all_is_well: UUID, db: Connection) -> None:
    db.execute(
        """
        INSERT INTO shown.poison (originator_id, read_model, notification_id, why)
        VALUES (%(case)s, 'caseload', 1, 'ZeroDivisionError')""",
        {"case": (case := uuid4())},
    )
    said = draad("status")
    assert said.exit_code == 1
    assert "1 in quarantine" in said.output
    assert str(case) in said.output


def test_a_list_that_is_behind_for_a_minute_is_wrong_and_one_that_is_just_behind_is_not(
    all_is_well: UUID, casework: Casework, db: Connection, decode: Decode
) -> None:
    with casework.changing(all_is_well) as changing:
        changing.case.take_action("Samen gewandeld.", **given.telling(given.TODAY))
    recorded = given.now()
    lists, signals = condition(db, decode, recorded + timedelta(seconds=50)).followed
    assert lists.newest - lists.position > 0
    assert not lists.late
    assert condition(db, decode, recorded + timedelta(days=365)).followed[0].late
    assert signals.newest == lists.newest


def test_a_list_stuck_at_an_entry_that_cannot_be_read_is_wrong(
    all_is_well: UUID, casework: Casework, db: Connection
) -> None:
    casework.open(given.sanne())

    def unreadable(_: object) -> object:
        raise ValueError

    found = condition(db, unreadable, now())
    assert "cannot read" in "".join(found.wrong())


def test_a_job_by_hand_says_how_it_went(draad: Draad, all_is_well: UUID) -> None:
    said = draad("run", "night_round")
    assert said.exit_code == 0, said.output
    assert "ok, cases 1" in said.output


def test_a_job_that_runs_elsewhere_is_said_to(draad: Draad, db: Connection) -> None:
    assert jobs.claim(db, "digest")
    said = draad("run", "digest")
    assert said.exit_code == 1
    assert "runs at this moment" in said.output


@pytest.mark.parametrize("typed", ["a@b,c@d", "nobody", "a@b\nBcc: c@d", "Ilse <a@b>"])
def test_what_is_no_address_of_one_person_is_refused(draad: Draad, typed: str) -> None:
    name = f"ilse-{uuid4()}"
    how = ("--name", "Ilse", "--role", "coordinator", "--passphrase", "een lange wachtzin")
    assert draad("user", "add", name, *how, "--email", typed).exit_code == 2
    assert draad("user", "email", name, typed).exit_code == 2


def test_an_address_can_be_given_later_and_taken_away(draad: Draad, db: Connection) -> None:
    name = f"ilse-{uuid4()}"
    how = ("--name", "Ilse", "--role", "coordinator", "--passphrase", "een lange wachtzin")
    assert draad("user", "add", name, *how, "--email", "ilse@delinde.example").exit_code == 0
    for email in ("ilse.kramer@delinde.example", ""):
        assert draad("user", "email", name, email).exit_code == 0
        asked = db.execute("SELECT email FROM draad.account WHERE user_name = %(n)s", {"n": name})
        assert asked.fetchone() == (email,)
    assert draad("user", "email", f"nobody-{uuid4()}", "a@b").exit_code == 1
