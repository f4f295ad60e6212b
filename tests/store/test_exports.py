"""Files that were asked for: of one account, sealed for the client, whole or not there, gone in time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from domain.entry import Role
from domain.settings import EXPORTS_LAST
from domain.store import exports
from domain.store.accounts import add_account
from domain.store.database import APP, KEYS, Database
from domain.store.exports import MOST, Export, State, TooManyExports
from domain.store.pool import Connection, connect_to
from domain.store.vault import KeyGone, Vault
from tests.store.shapes import vault_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ASKED, FILE = b'{"on": "2026-11-22"}', b"PK and what the client said"


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    with psycopg.connect(database.dsn(APP), autocommit=True, options="-c timezone=UTC") as db:
        db.execute("DELETE FROM draad.export")
        yield db


@pytest.fixture
def vault(database: Database) -> Iterator[Vault]:
    with closing(vault_of(database, keep=0)) as vault:
        yield vault


@pytest.fixture
def client() -> UUID:
    return uuid4()


@pytest.fixture
def wanted(db: Connection, vault: Vault, client: UUID) -> Export:
    """Asked for, and not made yet."""
    vault.make_for(case_id := uuid4(), client)
    who = add_account(db, f"noor-{uuid4()}", "zes paarden", name="Noor", role=Role.COORDINATOR).id
    export = Export(uuid4(), who, case_id, NOW)
    exports.ask(db, vault, export, ASKED)
    return export


def state(db: Connection, of: Export) -> State:
    (found,) = exports.of_account(db, of.account, NOW)
    return found.state


def test_it_waits_is_made_and_is_there_as_it_was_made(db: Connection, vault: Vault, wanted: Export) -> None:
    assert state(db, wanted) is State.WAITING
    begun = exports.first_waiting(db)
    assert begun == replace(wanted, tries=1)
    assert state(db, wanted) is State.MAKING
    assert exports.content_of(db, vault, wanted) is None
    exports.keep(db, vault, wanted, FILE, NOW)
    assert state(db, wanted) is State.DONE
    assert exports.content_of(db, vault, wanted) == FILE
    assert exports.asked_of(db, vault, wanted) == ASKED
    assert exports.first_waiting(db) is None


def test_the_same_form_twice_is_one_file(db: Connection, vault: Vault, wanted: Export) -> None:
    exports.ask(db, vault, wanted, ASKED)
    assert len(exports.of_account(db, wanted.account, NOW)) == 1


def test_what_failed_is_not_made_any_more(db: Connection, vault: Vault, wanted: Export) -> None:
    exports.fail(db, wanted, "NoPages")
    assert state(db, wanted) is State.FAILED
    assert exports.first_waiting(db) is None
    exports.keep(db, vault, wanted, FILE, NOW)
    assert exports.content_of(db, vault, wanted) is None


def test_progress_is_seen_while_it_is_made(db: Connection, wanted: Export) -> None:
    exports.first_waiting(db)
    exports.progress(db, wanted, 2, 4)
    (found,) = exports.of_account(db, wanted.account, NOW)
    assert (found.done, found.steps) == (2, 4)


def test_neither_what_was_asked_nor_the_file_lies_there_to_read(
    db: Connection, vault: Vault, wanted: Export
) -> None:
    exports.keep(db, vault, wanted, FILE, NOW)
    row = db.execute("SELECT asked, sealed FROM draad.export").fetchone()
    assert row
    assert not any(text in bytes(cell) for cell in row for text in (ASKED, FILE, b"client"))


@pytest.mark.parametrize("fact", ["id", "account", "case_id"])
def test_it_opens_at_its_own_place_only(db: Connection, vault: Vault, wanted: Export, fact: str) -> None:
    """Who moves a row to another account, case or id opens nothing."""
    exports.keep(db, vault, wanted, FILE, NOW)
    other = replace(wanted, **{fact: uuid4()})  # type: ignore[arg-type]  # each is an id
    vault.make_for(other.case_id, uuid4())
    if fact == "id":
        db.execute("UPDATE draad.export SET id = %(id)s", {"id": other.id})
    with pytest.raises(InvalidTag):
        exports.content_of(db, vault, other)
    with pytest.raises(InvalidTag):
        exports.asked_of(db, vault, other)


def test_it_goes_with_the_client(db: Connection, vault: Vault, wanted: Export, client: UUID) -> None:
    exports.keep(db, vault, wanted, FILE, NOW)
    vault.destroy(client)
    with pytest.raises(KeyGone):
        exports.content_of(db, vault, wanted)
    with pytest.raises(KeyGone):
        exports.asked_of(db, vault, wanted)
    assert exports.forget(db, wanted.case_id) == 1


def test_it_goes_after_a_week_counted_from_when_it_was_made(
    db: Connection, vault: Vault, wanted: Export
) -> None:
    made = NOW + timedelta(hours=1)
    exports.keep(db, vault, wanted, FILE, made)
    last = made + EXPORTS_LAST
    assert exports.of_account(db, wanted.account, last - timedelta(seconds=1))
    assert not exports.of_account(db, wanted.account, last)
    assert exports.expire(db, last - timedelta(seconds=1)) == 0
    assert exports.expire(db, last) == 1


def test_nobody_fills_the_database_with_files(db: Connection, vault: Vault, wanted: Export) -> None:
    for _ in range(MOST - 1):
        exports.ask(db, vault, replace(wanted, id=uuid4()), ASKED)
    with pytest.raises(TooManyExports):
        exports.ask(db, vault, replace(wanted, id=uuid4()), ASKED)


def test_files_about_all_cases_leave_no_key_of_their_own_behind(
    db: Connection, vault: Vault, wanted: Export, database: Database
) -> None:
    with connect_to(database.dsn(APP, KEYS)) as keys:
        found = []
        for one in (uuid4(), uuid4()):
            of_all = replace(wanted, id=one, case_id=one)
            exports.ask(db, vault, of_all, ASKED)
            exports.keep(db, vault, of_all, FILE, NOW)
            assert exports.content_of(db, vault, of_all) == FILE
            assert exports.asked_of(db, vault, of_all) == ASKED
            found += keys.execute("SELECT count(*) FROM draad.client_key").fetchall()
    assert found[0] == found[1]


def test_half_a_file_cannot_be_kept(db: Connection, wanted: Export) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        db.execute("UPDATE draad.export SET sealed = '\\x00' WHERE id = %(id)s", {"id": wanted.id})
