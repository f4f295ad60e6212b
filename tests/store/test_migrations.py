"""Migrations: applied once, in order, and together the same as schema.sql and keys.sql.

After a new migration: `DRAAD_WRITE_SCHEMA=1 pytest tests/store/test_migrations.py`, and read the difference.
"""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.store import migrate as migrations
from domain.store.database import EVENTS, KEYS, OWNER, Database
from domain.store.migrate import (
    DatabaseIsNewer,
    DatabaseIsOlder,
    TwoOfOneNumber,
    check_version,
    migrate,
)
from domain.store.programs import Programs

STORE = Path(migrations.__file__).parent
WHOLE = {EVENTS: STORE / "schema.sql", KEYS: STORE / "keys.sql"}
CURE = "after a new migration: DRAAD_WRITE_SCHEMA=1 pytest tests/store/test_migrations.py"
HEAD = "-- All migrations together, for reading. Made from them by tests/store/test_migrations.py.\n"


def dump(database: Database, name: str) -> str:
    """What pg_dump says of the tables, without its own comments and session settings."""
    program = Programs().installed / "bin" / "pg_dump"
    door = conninfo_to_dict(database.dsn(OWNER, name))
    password = str(door.pop("password"))
    where = " ".join(f"{name}={value}" for name, value in door.items())
    told = subprocess.run(
        [program, "--schema-only", "--no-owner", where],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PGPASSWORD": password},
    ).stdout
    lines = [line for line in told.splitlines() if not re.match(r"--|SET |SELECT pg_catalog|\\", line)]
    return HEAD + "\n" + re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@pytest.mark.parametrize("name", [EVENTS, KEYS])
def test_the_whole_schema_equals_all_migrations(database: Database, name: str) -> None:
    if os.environ.get("DRAAD_WRITE_SCHEMA"):
        WHOLE[name].write_text(dump(database, name))
    assert dump(database, name) == WHOLE[name].read_text(), CURE


@pytest.mark.parametrize("name", [EVENTS, KEYS])
def test_the_whole_schema_makes_the_same_tables(database: Database, name: str) -> None:
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE whole OWNER draad_owner")
        try:
            with psycopg.connect(database.dsn(OWNER, "whole"), autocommit=True) as owner:
                owner.execute(WHOLE[name].read_bytes())
            assert dump(database, "whole") == dump(database, name)
        finally:
            admin.execute("DROP DATABASE whole")


def test_migrating_again_changes_nothing_also_when_two_do_it_at_once(database: Database) -> None:
    before = dump(database, EVENTS)
    with ThreadPoolExecutor() as threads:
        for ended in [threads.submit(migrate, database) for _ in range(2)]:
            ended.result()
    assert dump(database, EVENTS) == before
    check_version(database)


def test_a_database_of_a_newer_draad_is_refused(database: Database) -> None:
    with psycopg.connect(database.dsn(OWNER), autocommit=True) as owner:
        owner.execute("INSERT INTO draad.migration (number, name) VALUES (9999, 'of later')")
        try:
            with pytest.raises(DatabaseIsNewer, match="9999"):
                check_version(database)
            with pytest.raises(DatabaseIsNewer, match="9999"):
                migrate(database)
        finally:
            owner.execute("DELETE FROM draad.migration WHERE number = 9999")


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations in a folder where a test may add one."""
    for file in migrations.FOLDERS[EVENTS].glob("*.sql"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setitem(migrations.FOLDERS, EVENTS, tmp_path)
    return tmp_path


def test_a_database_that_waits_for_a_migration_is_refused(database: Database, own_folder: Path) -> None:
    check_version(database)
    (own_folder / "9998_more.sql").write_text("SELECT 1;")
    with pytest.raises(DatabaseIsOlder):
        check_version(database)


def test_two_migrations_of_one_number_are_refused(database: Database, own_folder: Path) -> None:
    (own_folder / "0001_other.sql").write_text("SELECT 1;")
    with pytest.raises(TwoOfOneNumber):
        migrate(database)


def test_a_migration_with_a_lower_number_that_comes_later_is_not_skipped(
    database: Database, own_folder: Path
) -> None:
    with psycopg.connect(database.dsn(OWNER), autocommit=True) as owner:
        for name, number in (("late", 9998), ("later", 9997)):
            (own_folder / f"{number}_{name}.sql").write_text(f"CREATE TABLE draad.{name} (id int);")
            migrate(database)
            owner.execute(f"DROP TABLE draad.{name}".encode())  # fails when it was not made
        owner.execute("DELETE FROM draad.migration WHERE number > 9000")


def test_a_migration_that_fails_leaves_nothing_behind(database: Database, own_folder: Path) -> None:
    """Nor one that was not written down as done: it would be applied a second time."""
    before = dump(database, EVENTS)
    taken = "CREATE TABLE draad.half (id int); INSERT INTO draad.migration VALUES (9998, 'taken');"
    (own_folder / "9998_more.sql").write_text(taken)
    with pytest.raises(psycopg.errors.UniqueViolation):
        migrate(database)
    assert dump(database, EVENTS) == before
