"""Links that open one thing, once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.store.database import Database
from domain.store.links import Purpose, find_link, link_with, make_link, revoke_links, use_link
from domain.store.pool import Connection, connect

WEEK = timedelta(days=7)


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    with connect(database) as opened:
        yield opened


def made_for(db: Connection, who: object = None, valid: timedelta = WEEK) -> str:
    return make_link(db, Purpose.PASSPHRASE, who or uuid4(), by=uuid4(), valid=valid)  # type: ignore[arg-type]


def test_looking_does_not_use_it_up(db: Connection) -> None:
    made = made_for(db)
    assert find_link(db, made, Purpose.PASSPHRASE) == find_link(db, made, Purpose.PASSPHRASE)


def test_it_is_used_once(db: Connection) -> None:
    made = made_for(db)
    link = find_link(db, made, Purpose.PASSPHRASE)
    assert link
    assert use_link(db, link.id)
    assert not use_link(db, link.id)
    assert find_link(db, made, Purpose.PASSPHRASE) is None
    assert link_with(db, link.id, Purpose.PASSPHRASE) is None


def test_many_at_once_use_it_once(database: Database, db: Connection) -> None:
    link = find_link(db, made_for(db), Purpose.PASSPHRASE)
    assert link

    def try_it(_nr: int) -> bool:
        with connect(database) as own:
            return use_link(own, link.id)

    with ThreadPoolExecutor(6) as together:
        assert sum(together.map(try_it, range(6))) == 1


def test_too_late_it_opens_nothing(database: Database, db: Connection) -> None:
    made = made_for(db)
    link = find_link(db, made, Purpose.PASSPHRASE)
    assert link
    with psycopg.connect(database.admin("draad")) as owner:  # the app may not change it
        owner.execute(
            "UPDATE draad.link SET expires_at = now() - interval '1 second' WHERE id = %(id)s",
            {"id": link.id},
        )
    assert find_link(db, made, Purpose.PASSPHRASE) is None
    assert link_with(db, link.id, Purpose.PASSPHRASE) is None
    assert not use_link(db, link.id)


def test_a_new_one_ends_the_one_before(db: Connection) -> None:
    who = uuid4()
    before, after = made_for(db, who), made_for(db, who)
    assert find_link(db, before, Purpose.PASSPHRASE) is None
    assert find_link(db, after, Purpose.PASSPHRASE)


def test_taken_back_it_opens_nothing(db: Connection) -> None:
    who = uuid4()
    made, other = made_for(db, who), made_for(db)
    revoke_links(db, who)
    assert find_link(db, made, Purpose.PASSPHRASE) is None
    assert find_link(db, other, Purpose.PASSPHRASE)


def test_it_opens_what_it_was_made_for_only(db: Connection) -> None:
    made = made_for(db)
    link = find_link(db, made, Purpose.PASSPHRASE)
    assert link
    assert find_link(db, made, Purpose.ANSWER) is None
    assert link_with(db, link.id, Purpose.ANSWER) is None


@pytest.mark.parametrize("typed", ["", "x", "\0", "é" * 9, "' OR true --", "\ud800"])
def test_what_was_not_made_opens_nothing(db: Connection, typed: str) -> None:
    made_for(db)
    assert find_link(db, typed, Purpose.PASSPHRASE) is None


def test_the_table_holds_nothing_that_opens(db: Connection) -> None:
    made = made_for(db)
    rows = db.execute("SELECT link::text FROM draad.link").fetchall()
    assert rows
    assert all(made not in row[0] for row in rows)


def test_until_when_it_opens_is_not_changed_by_the_app(db: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("UPDATE draad.link SET expires_at = now() + interval '1 year'")
