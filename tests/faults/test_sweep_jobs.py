"""Every statement of a job fails once: it is done at the end, it says so, and nobody gets two mails."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.casework import Casework
from domain.entry import Role
from domain.kinds import Asks, Voice
from domain.settings import DRAFTS_LAST
from domain.store import jobs
from domain.store.accounts import Account, add_account
from domain.store.database import Database
from domain.store.pool import UNREACHABLE, connect
from domain.store.timetable import JOBS
from jobs.following import catch_up
from jobs.schedule import RunsNow, by_hand
from jobs.work import Means, NotYet
from projections.signals import looking
from tests import given
from tests.faults.line import Line, Sweep, sweeps
from tests.faults.soundness import home_of, signed, wrong
from tests.web.following import a_case_of, joins


@pytest.fixture
def ilse(fresh: Database) -> Account:
    """Who gets a mail: somebody proposed something."""
    name = f"ilse-{uuid4()}"
    with connect(fresh) as db:
        db.execute("UPDATE draad.account SET email = ''")
        db.execute("DELETE FROM draad.draft")
        return add_account(
            db,
            name,
            "zes paarden",
            name="Ilse",
            role=Role.COORDINATOR,
            team="Noord",
            email=f"{name}@brug.example",
        )


@sweeps(5)
@pytest.mark.parametrize("job", [job.name for job in JOBS])
def test_a_job_is_done_at_the_end_and_nothing_of_it_twice(
    line: Line, casework: Casework, ilse: Account, faults: Sweep, job: str
) -> None:
    with_news(line.origin, casework, ilse)
    means = Means(casework.mapper.to_domain_event, home_of(line.origin), {})
    for fault in line.every(faults):
        nothing_done_yet(line.origin, ilse, casework)
        with suppress(*UNREACHABLE):
            by_hand(line.database, job, means, lambda *_: None, casework.clock)
        assert done_again(line.origin, job, means, casework).outcome == jobs.OK, fault
        assert len(list((home_of(line.origin) / "mail").glob("*"))) <= 1, fault
        assert not wrong(line.origin), fault


def with_news(database: Database, casework: Casework, ilse: Account) -> None:
    case = a_case_of("Jan Jansen")
    joins(case, ilse)
    case.make_proposal(
        now="Drie keer per week.",
        then="Ik wil liever zwemmen.",
        proposed_by=Voice.CLIENT,
        asks=Asks.ORGANISATION,
        **given.telling(given.OPENING),
    )
    casework.open(case)
    catch_up(database, casework)


def nothing_done_yet(database: Database, ilse: Account, casework: Casework) -> None:
    """Nobody had a mail, a draft has had its time, every case has to be looked at."""
    signed(database)
    for mail in (home_of(database) / "mail").glob("*"):
        mail.unlink()
    with psycopg.connect(database.admin("draad")) as db:
        db.execute("DELETE FROM draad.digest")
    with connect(database) as db:
        looking.put_all(db)
        looking.drain(db, casework.mapper.to_domain_event, casework.clock())
        db.execute(
            """
            INSERT INTO draad.draft (account, id, case_id, page, sealed, changed_at)
            VALUES (%(account)s, %(id)s, %(id)s, '', '', %(at)s)""",
            {"account": ilse.id, "id": uuid4(), "at": casework.clock() - DRAFTS_LAST - timedelta(days=1)},
        )


def done_again(database: Database, job: str, means: Means, casework: Casework) -> jobs.Run:
    """By the next one who comes, as soon as the server lets go of what the first held."""
    until = time.monotonic() + 10
    while True:
        try:
            signed(database)
            return by_hand(database, job, means, lambda *_: None, casework.clock)
        except (RunsNow, NotYet):
            assert time.monotonic() < until
            time.sleep(0.02)
