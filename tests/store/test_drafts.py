"""Drafts: of one writer, sealed under the client's key, and gone in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from domain.entry import Role
from domain.settings import DRAFTS_LAST
from domain.store import drafts
from domain.store.accounts import add_account
from domain.store.database import APP, Database
from domain.store.drafts import LONGEST, MOST, Draft, DraftTooLong, TooManyDrafts
from domain.store.pool import Connection
from domain.store.vault import KeyGone, Vault
from tests.projections.test_worker import a_worker
from tests.store.shapes import vault_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WORDS = [("words", "Ik wil weer zwemmen."), ("discussed", "money"), ("discussed", "health")]


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    with psycopg.connect(database.dsn(APP), autocommit=True) as db:
        yield db


@pytest.fixture
def vault(database: Database) -> Iterator[Vault]:
    with closing(vault_of(database, keep=0)) as vault:
        yield vault


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    vault.make_for(case_id := uuid4(), uuid4())
    return case_id


@pytest.fixture
def noor(db: Connection) -> UUID:
    return a_writer(db)


def a_writer(db: Connection) -> UUID:
    return add_account(db, f"noor-{uuid4()}", "zes paarden", name="Noor", role=Role.WORKER).id


def a_draft(account: UUID, case_id: UUID, at: datetime = NOW) -> Draft:
    return Draft(account, uuid4(), case_id, "record/voice-wish", at)


def test_what_was_typed_comes_back_as_it_was(db: Connection, vault: Vault, noor: UUID, case_id: UUID) -> None:
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    assert drafts.drafts_of(db, noor, NOW) == [draft]
    assert drafts.text_of(db, vault, draft) == WORDS


def test_a_form_has_one_draft_the_last(db: Connection, vault: Vault, noor: UUID, case_id: UUID) -> None:
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    drafts.keep(db, vault, draft, [("words", "Ik wil weer fietsen.")])
    assert drafts.drafts_of(db, noor, NOW) == [draft]
    assert drafts.text_of(db, vault, draft) == [("words", "Ik wil weer fietsen.")]


def test_a_draft_is_of_its_writer_alone(db: Connection, vault: Vault, noor: UUID, case_id: UUID) -> None:
    """Nor does it stand in the way of somebody else's draft of a form with the same id."""
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    theirs = Draft(a_writer(db), draft.id, case_id, draft.page, NOW)
    assert drafts.drafts_of(db, theirs.account, NOW) == []
    assert not drafts.drop(db, theirs.account, draft.id)
    drafts.keep(db, vault, theirs, [("words", "Iets anders.")])
    assert drafts.text_of(db, vault, draft) == WORDS


def test_the_words_lie_sealed(db: Connection, vault: Vault, noor: UUID, case_id: UUID) -> None:
    drafts.keep(db, vault, a_draft(noor, case_id), WORDS)
    row = db.execute("SELECT d::text, sealed FROM draad.draft d WHERE account = %s", [noor]).fetchone()
    assert row
    assert b"zwemmen" not in row[1]
    assert "zwemmen" not in row[0]


@pytest.mark.parametrize("moved", ["account", "id", "case_id"])
def test_a_row_that_was_moved_opens_nowhere_else(
    db: Connection, vault: Vault, noor: UUID, case_id: UUID, moved: str
) -> None:
    """Who can write in the database cannot show a draft to somebody else."""
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    vault.make_for(other_case := uuid4(), _client_of(vault, case_id))
    place = {"account": a_writer(db), "id": uuid4(), "case_id": other_case}[moved]
    db.execute(f"UPDATE draad.draft SET {moved} = %s WHERE account = %s".encode(), [place, noor])  # noqa: S608
    account = place if moved == "account" else noor
    (theirs,) = drafts.drafts_of(db, account, NOW)
    assert theirs != draft
    with pytest.raises(InvalidTag):
        drafts.text_of(db, vault, theirs)


def _client_of(vault: Vault, case_id: UUID) -> UUID:
    with vault._pool.connection() as keys:
        row = keys.execute("SELECT client FROM draad.stream_client WHERE stream = %s", [case_id]).fetchone()
    assert row
    return UUID(str(row[0]))


def test_forgetting_the_client_forgets_the_drafts(
    db: Connection, vault: Vault, noor: UUID, case_id: UUID
) -> None:
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    vault.destroy(_client_of(vault, case_id))
    with pytest.raises(KeyGone):
        drafts.text_of(db, vault, draft)
    with pytest.raises(KeyGone):
        drafts.keep(db, vault, draft, WORDS)


def test_a_draft_is_not_there_any_more_after_its_time_cleaned_up_or_not(
    db: Connection, vault: Vault, noor: UUID, case_id: UUID
) -> None:
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    assert draft.until == NOW + DRAFTS_LAST
    assert drafts.drafts_of(db, noor, draft.until - timedelta(seconds=1)) == [draft]
    assert drafts.drafts_of(db, noor, draft.until) == []


def test_expiring_takes_away_what_has_had_its_time_and_nothing_else(
    db: Connection, vault: Vault, noor: UUID, case_id: UUID
) -> None:
    drafts.keep(db, vault, old := a_draft(noor, case_id, NOW - timedelta(days=1)), WORDS)
    drafts.keep(db, vault, young := a_draft(noor, case_id), WORDS)
    drafts.expire(db, old.until)
    assert drafts.text_of(db, vault, old) == []
    assert drafts.text_of(db, vault, young) == WORDS


def test_the_worker_does_that_by_itself(
    fresh: Database, db: Connection, vault: Vault, noor: UUID, case_id: UUID
) -> None:
    drafts.keep(db, vault, old := a_draft(noor, case_id, datetime.now(UTC) - DRAFTS_LAST), WORDS)
    drafts.keep(db, vault, young := a_draft(noor, case_id, datetime.now(UTC)), WORDS)
    with a_worker(fresh):
        until = time.monotonic() + 20
        while drafts.text_of(db, vault, old) and time.monotonic() < until:
            time.sleep(0.05)
    assert drafts.text_of(db, vault, old) == []
    assert drafts.text_of(db, vault, young) == WORDS


def test_a_change_gives_it_its_whole_time_again(
    db: Connection, vault: Vault, noor: UUID, case_id: UUID
) -> None:
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    later = Draft(noor, draft.id, case_id, draft.page, NOW + timedelta(days=10))
    drafts.keep(db, vault, later, WORDS)
    assert drafts.drafts_of(db, noor, draft.until) == [later]


def test_there_is_an_end_to_how_many(db: Connection, vault: Vault, noor: UUID, case_id: UUID) -> None:
    """What is there already can be changed, and what has had its time does not count."""
    for _ in range(MOST):
        drafts.keep(db, vault, last := a_draft(noor, case_id), WORDS)
    with pytest.raises(TooManyDrafts):
        drafts.keep(db, vault, a_draft(noor, case_id), WORDS)
    drafts.keep(db, vault, last, [("words", "Anders.")])
    drafts.keep(db, vault, a_draft(noor, case_id, last.until), WORDS)


def test_a_draft_that_is_too_long_is_not_kept(
    db: Connection, vault: Vault, noor: UUID, case_id: UUID
) -> None:
    with pytest.raises(DraftTooLong):
        drafts.keep(db, vault, a_draft(noor, case_id), [("words", "x" * LONGEST)])
    assert drafts.drafts_of(db, noor, NOW) == []


def test_thrown_away_is_gone(db: Connection, vault: Vault, noor: UUID, case_id: UUID) -> None:
    drafts.keep(db, vault, draft := a_draft(noor, case_id), WORDS)
    assert drafts.drop(db, noor, draft.id)
    assert not drafts.drop(db, noor, draft.id)
    assert drafts.text_of(db, vault, draft) == []
