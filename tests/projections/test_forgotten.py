"""What the lists show of who was forgotten: nothing, whatever a process remembers, and whenever it looks."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.kinds import PersonKind, WhyErased
from domain.store.database import Database
from projections.follower import Follower
from projections.read_model import Db
from projections.signals import looking
from tests.forgetting import DECIDES, proposed, told
from tests.given import telling
from tests.projections.conftest import a_follower

ROWS = """
    SELECT 'caseload', case_id FROM shown.caseload
     UNION ALL SELECT 'contacts', case_id FROM shown.contacts
     UNION ALL SELECT 'reviews', case_id FROM shown.reviews
     UNION ALL SELECT 'erasures', case_id FROM shown.erasures
     ORDER BY 1"""


@pytest.fixture
def follower(fresh: Database, casework: Casework) -> Follower:
    return a_follower(fresh, casework)


@pytest.fixture
def kept(casework: Casework, db: Db) -> Case:
    """With a contact, a review and a proposal: a row in each list."""
    case = told(casework, db)
    with casework.changing(case.id) as change:
        thomas = change.case.join_person(name="Thomas", kind=PersonKind.WORKER, **telling())
        change.case.hold_contact(workers=(thomas,), started_at=casework.clock(), **telling())
    return case


def follow(db: Db, follower: Follower) -> None:
    while follower.step(db):
        pass


@pytest.mark.parametrize("keys", ["remembered", "gone"])
def test_at_the_end_of_a_stream_all_its_rows_go(
    casework: Casework, kept: Case, db: Db, follower: Follower, keys: str
) -> None:
    proposal = proposed(casework, kept)
    follow(db, follower)
    assert {name for name, _ in db.execute(ROWS)} == {"caseload", "contacts", "reviews", "erasures"}
    casework.erase(kept.id, proposal, DECIDES)
    if keys == "gone":
        casework.vault.destroy(kept.client_id)
    follow(db, follower)
    assert db.execute(ROWS).fetchall() == []
    assert db.execute("SELECT 1 FROM shown.poison").fetchall() == []
    looking.drain(db, casework.mapper.to_domain_event, casework.clock())
    assert db.execute("SELECT 1 FROM shown.signals").fetchall() == []


def test_who_follows_from_the_beginning_shows_nothing_of_them(
    casework: Casework, kept: Case, db: Db, follower: Follower
) -> None:
    """Batch by batch, also before it comes to the end of the stream."""
    casework.erase(kept.id, proposed(casework, kept), DECIDES)
    casework.vault.destroy(kept.client_id)
    follower.batch = 2
    while follower.step(db):
        assert db.execute(ROWS).fetchall() == []


def test_of_a_destroyed_entry_nothing_is_shown_while_its_words_are_still_remembered(
    casework: Casework, kept: Case, db: Db, follower: Follower
) -> None:
    """The follower has the whole case in memory, and the key is still there."""
    follow(db, follower)
    assert named(db, kept.id)
    with casework.changing(kept.id) as change:
        one = change.case.propose_erasure(WhyErased.WRONG_CLIENT, "Van een ander.", 2, **telling())
    with casework.changing(kept.id) as change:
        change.case.approve_erasure(one, **DECIDES)
    follow(db, follower)
    assert not named(db, kept.id)
    assert db.execute(ROWS).fetchall()


def named(db: Db, case_id: UUID) -> str:
    row = db.execute("SELECT name FROM shown.caseload WHERE case_id = %s", [case_id]).fetchone()
    assert row
    return str(row[0])
