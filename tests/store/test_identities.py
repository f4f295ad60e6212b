"""Identities: which account a subject of an issuer opens."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import Database
from domain.store.identities import IdentityIsTaken, NotAnIdentity, account_of, identities_of, link, unlink
from domain.store.pool import Connection, connect
from domain.store.tokens import NoSuchAccount
from tests.disabling import disable_account

ISSUER = "https://login.linde.example"


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    """As the app, with two people, and all of it gone afterwards."""
    with connect(database) as db, db.transaction(force_rollback=True):
        for name in ("jet", "wim"):
            add_account(db, name, "zes paarden lopen langzaam", name=name.title(), role=Role.WORKER)
        yield db


def test_an_identity_opens_the_account_it_was_linked_to(db: Connection) -> None:
    link(db, " Jet ", f" {ISSUER} ", "sub-1 ")
    link(db, "jet", ISSUER, "sub-1")  # the same once more
    link(db, "jet", ISSUER, "sub-2")
    found = account_of(db, ISSUER, "sub-1")
    assert found
    assert found.user_name == "jet"
    assert [one.subject for one in identities_of(db, "jet")] == ["sub-1", "sub-2"]


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [(f"{ISSUER}/", "sub-1"), ("https://elsewhere.example", "sub-1"), (ISSUER, "SUB-1")],
)
def test_nothing_but_the_very_same_opens_it(db: Connection, issuer: str, subject: str) -> None:
    link(db, "jet", ISSUER, "sub-1")
    assert account_of(db, issuer, subject) is None


def test_an_identity_opens_one_account(db: Connection) -> None:
    link(db, "jet", ISSUER, "sub-1")
    with pytest.raises(IdentityIsTaken):
        link(db, "wim", ISSUER, "sub-1")
    found = account_of(db, ISSUER, "sub-1")
    assert found
    assert found.user_name == "jet"


def test_nobody_and_who_is_disabled_are_not_linked(db: Connection) -> None:
    disable_account(db, "wim")
    for name in ("nobody", "wim"):
        with pytest.raises(NoSuchAccount):
            link(db, name, ISSUER, "sub-1")


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [
        ("", "sub"),
        ("login.linde.example", "sub"),
        (ISSUER, ""),
        (ISSUER, "a\0b"),
        (ISSUER, "é"),
        (ISSUER, "s" * 256),
    ],
)
def test_what_is_no_identity_is_not_linked(db: Connection, issuer: str, subject: str) -> None:
    with pytest.raises(NotAnIdentity):
        link(db, "jet", issuer, subject)


def test_unlinked_it_opens_nothing(db: Connection) -> None:
    link(db, "jet", ISSUER, "sub-1")
    assert not unlink(db, "wim", ISSUER, "sub-1")
    assert unlink(db, "jet", ISSUER, "sub-1")
    assert not unlink(db, "jet", ISSUER, "sub-1")
    assert account_of(db, ISSUER, "sub-1") is None


def test_the_app_cannot_point_an_identity_elsewhere(db: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("UPDATE draad.identity SET account = account")
