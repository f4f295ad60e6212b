"""Tokens: shown once, kept as a hash, and revoked but never taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import APP, Database
from domain.store.pool import Connection, connect
from domain.store.tokens import (
    PREFIX,
    NoSuchAccount,
    Scope,
    make_token,
    opened_by,
    revoke,
    tokens_of,
)
from tests.disabling import disable_account

DAY = timedelta(days=1)


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    with connect(database) as db:
        yield db


@pytest.fixture
def wilma(db: Connection) -> str:
    """Somebody with an account."""
    user = f"wilma-{uuid4()}"
    add_account(db, user, "een lange wachtzin", name="Wilma", role=Role.COORDINATOR, team="Oost")
    return user


def test_a_token_has_256_random_bits_and_stands_for_its_account(db: Connection, wilma: str) -> None:
    _, token = make_token(db, wilma, "roster", [Scope.READ], DAY)
    assert token.startswith(PREFIX)
    assert len(token) == len(PREFIX) + 43
    bearer = opened_by(db, token)
    assert bearer
    assert (bearer.account.user_name, bearer.account.team, bearer.scopes) == (wilma, "Oost", ["read"])


def test_the_token_itself_is_kept_nowhere(db: Connection, wilma: str) -> None:
    _, token = make_token(db, wilma, "roster", [Scope.READ], DAY)
    rows = db.execute("SELECT t::text FROM draad.token t").fetchall()
    assert rows
    assert all(token.removeprefix(PREFIX) not in row[0] for row in rows)


def test_a_list_of_tokens_shows_no_secret(db: Connection, wilma: str) -> None:
    number, token = make_token(db, wilma, "roster", [Scope.RECORD, Scope.READ], DAY)
    (listed,) = tokens_of(db, wilma)
    assert (listed.id, listed.name, listed.scopes) == (number, "roster", ["read", "record"])
    assert listed.last_used_at is listed.revoked_at is None
    assert token not in repr(listed)


def test_an_expired_or_revoked_token_and_one_of_a_disabled_account_open_nothing(
    db: Connection, wilma: str
) -> None:
    _, expired = make_token(db, wilma, "old", [Scope.READ], -DAY)
    number, revoked = make_token(db, wilma, "gone", [Scope.READ], DAY)
    _, good = make_token(db, wilma, "good", [Scope.READ], DAY)
    assert revoke(db, number)
    assert [opened_by(db, one) is not None for one in (expired, revoked, good)] == [False, False, True]
    disable_account(db, wilma)
    assert opened_by(db, good) is None


def test_nobody_gets_a_token_who_has_no_account(db: Connection, wilma: str) -> None:
    with pytest.raises(NoSuchAccount):
        make_token(db, "nobody", "x", [Scope.READ], DAY)
    disable_account(db, wilma)
    with pytest.raises(NoSuchAccount):
        make_token(db, wilma, "x", [Scope.READ], DAY)


def test_revoking_what_is_not_there_says_so(db: Connection) -> None:
    assert not revoke(db, uuid4())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM draad.token",
        "TRUNCATE draad.token",
        "UPDATE draad.token SET scopes = '{record}'",
        "UPDATE draad.token SET expires_at = 'infinity'",
        "UPDATE draad.token SET account = gen_random_uuid()",
        "UPDATE draad.token SET hash = ''",
    ],
)
def test_what_a_token_opens_cannot_be_changed(database: Database, statement: str) -> None:
    with (
        psycopg.connect(database.dsn(APP), autocommit=True) as db,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        db.execute(statement.encode())
