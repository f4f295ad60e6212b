"""A server that went away costs nobody an error, and is not asked more than is needed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from domain.store import pool
from domain.store.database import APP, Database
from domain.store.pool import Connection, Pool, open_pool

CUT = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = %s"


@pytest.fixture
def one(fresh: Database) -> Iterator[Pool]:
    """A pool of one connection."""
    with open_pool(fresh, most=1) as opened:
        yield opened


def who(db: Connection) -> int:
    return db.info.backend_pid


def test_a_connection_that_was_cut_is_another_one_at_once(one: Pool, fresh: Database) -> None:
    with one.connection() as db:
        first = who(db)
    with psycopg.connect(fresh.admin(), autocommit=True) as admin:
        admin.execute(CUT, [APP])
    with one.connection() as db:
        assert db.execute("SELECT 1").fetchone() == (1,)
        assert who(db) != first


@pytest.mark.parametrize("quiet", [60.0, 0.0])
def test_the_server_is_asked_again_only_after_a_while(
    one: Pool, fresh: Database, quiet: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "QUIET", quiet)
    with one.connection() as db:
        db.execute("SELECT 'the last that was asked'")
    with one.connection() as db, psycopg.connect(fresh.admin()) as admin:
        (asked,) = admin.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [who(db)]).fetchone()  # type: ignore[misc]  # it is there
    assert ("the last that was asked" in asked) is bool(quiet)
