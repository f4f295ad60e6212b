"""Draad refuses to start on what would lose the record or let others in. Each refusal, on a real server."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.store.checks import Unsafe, refuse_unsafe, too_old
from domain.store.database import APP, Database
from domain.store.secret import Secrets

Ask = Callable[[Database, str], None]


@contextmanager
def changed(database: Database, now: str, back: str) -> Iterator[None]:
    """The server otherwise, for a moment. The settings take a moment to reach every process of it."""
    with psycopg.connect(database.admin("draad"), autocommit=True) as admin:
        for statement, wait in ((now, True), (back, False)):
            admin.execute(statement.encode())
            admin.execute("SELECT pg_reload_conf()")
            time.sleep(0.2)
            if wait:
                yield


def test_a_server_as_we_make_it_is_safe(database: Database) -> None:
    refuse_unsafe(database, {"FLASK_DEBUG": "0", "POSTGRES_ENABLE_DB_FUNCTIONS": "n"})


@pytest.mark.parametrize("name", ["POSTGRES_ENABLE_DB_FUNCTIONS", "DRAAD_DEBUG", "FLASK_DEBUG"])
@pytest.mark.parametrize("value", ["1", "y", "True"])
def test_a_dangerous_setting_is_refused(database: Database, name: str, value: str) -> None:
    with pytest.raises(Unsafe, match=name):
        refuse_unsafe(database, {name: value})


@pytest.mark.parametrize(
    ("now", "back", "because"),
    [
        ("ALTER ROLE draad_app SUPERUSER", "ALTER ROLE draad_app NOSUPERUSER", "superuser"),
        ("GRANT pg_write_all_data TO draad_app", "REVOKE pg_write_all_data FROM draad_app", "superuser"),
        ("GRANT draad_owner TO draad_app", "REVOKE draad_owner FROM draad_app", "member of draad_owner"),
        ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM RESET fsync", "fsync is off"),
        (
            "ALTER SYSTEM SET full_page_writes = off",
            "ALTER SYSTEM RESET full_page_writes",
            "full_page_writes",
        ),
        (
            "ALTER ROLE draad_app SET synchronous_commit = off",
            "ALTER ROLE draad_app RESET synchronous_commit",
            "synchronous_commit is off",
        ),
    ],
    ids=lambda text: text if " " not in text else None,
)
def test_an_unsafe_server_is_refused(database: Database, now: str, back: str, because: str) -> None:
    with changed(database, now, back), pytest.raises(Unsafe, match=because):
        refuse_unsafe(database, {})


@pytest.mark.parametrize("verb", ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "UPDATE (topic)"])
def test_a_grant_to_change_events_is_refused(database: Database, verb: str) -> None:
    now = f"GRANT {verb} ON draad.stored_events TO draad_app"
    back = f"REVOKE {verb} ON draad.stored_events FROM draad_app"
    with changed(database, now, back), pytest.raises(Unsafe, match=f"has {verb.partition(' ')[0]}"):
        refuse_unsafe(database, {})


def test_a_door_without_a_password_is_refused(database: Database, tmp_path: Path) -> None:
    """Reading the rules needs no reload: what would come into force at the next start counts."""
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        (where,) = admin.execute("SHOW hba_file").fetchone() or ("",)
    file = Path(where)
    rules = file.read_text()
    try:
        file.write_text(rules + "host all all 127.0.0.1/32 trust\n")
        with pytest.raises(Unsafe, match=r"without a password \(line 3\)"):
            refuse_unsafe(database, {})
        file.write_text(rules + "local all all trust\n")
        refuse_unsafe(database, {})  # behind a directory that is the server's alone
        with pytest.raises(Unsafe, match="without a password"):
            refuse_unsafe(dataclasses.replace(database, socket=None), {})
        tmp_path.chmod(0o755)
        with pytest.raises(Unsafe, match="without a password"):
            refuse_unsafe(dataclasses.replace(database, socket=tmp_path), {})
    finally:
        file.write_text(rules)


def test_without_a_superuser_the_rules_of_the_door_are_not_asked(database: Database) -> None:
    refuse_unsafe(dataclasses.replace(database, server=database.dsn(APP)), {})
    nobody = make_conninfo(database.server, user="nobody", password="x")
    refuse_unsafe(dataclasses.replace(database, server=nobody), {})


@pytest.mark.parametrize("name", ["master", "draad_reader"])
@pytest.mark.parametrize("word", ["", "changeme", "0" * 64, "postgrespostgres"])
def test_a_secret_that_can_be_guessed_is_refused(
    database: Database, tmp_path: Path, name: str, word: str
) -> None:
    for file in database.secrets.folder.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / name).write_text(word)
    with pytest.raises(Unsafe, match=f"secret of {name}|master key"):
        refuse_unsafe(dataclasses.replace(database, secrets=Secrets(tmp_path, given=True)), {})


def test_one_secret_for_two_roles_is_refused(database: Database, tmp_path: Path) -> None:
    for file in database.secrets.folder.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "draad_reader").write_text((tmp_path / "draad_owner").read_text())
    with pytest.raises(Unsafe, match="draad_owner can be guessed"):
        refuse_unsafe(dataclasses.replace(database, secrets=Secrets(tmp_path, given=True)), {})


def test_an_old_postgresql_is_refused() -> None:
    assert list(too_old(160009)) == ["PostgreSQL 16 is too old: install 17 or newer."]
    assert not list(too_old(170000))


def test_everything_that_is_wrong_is_said_at_once(database: Database) -> None:
    with pytest.raises(Unsafe) as wrong:
        refuse_unsafe(database, {"FLASK_DEBUG": "1", "POSTGRES_ENABLE_DB_FUNCTIONS": "1"})
    assert len(str(wrong.value).splitlines()) == 2
