"""What the roles may not do to the record, asked of PostgreSQL itself."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from domain.store.database import APP, OWNER, READER, Database

WRITES = [
    "INSERT INTO draad.stored_events VALUES (gen_random_uuid(), 1, 't', '')",
    "UPDATE draad.stored_events SET topic = 'x'",
    "DELETE FROM draad.stored_events",
    "TRUNCATE draad.stored_events",
]
NOT_FOR_THE_APP = [
    *WRITES,
    "DO $$ BEGIN LOCK TABLE draad.stored_events IN EXCLUSIVE MODE; END $$",
    "SELECT nextval('draad.stored_events_notification_id_seq')",
    "INSERT INTO draad.entry_keys VALUES (gen_random_uuid(), 1, '')",
    "UPDATE draad.entry_keys SET wrapped = ''",
    "DELETE FROM draad.entry_keys",
    "TRUNCATE draad.entry_keys",
    "INSERT INTO draad.migration VALUES (99, 'x')",
    "CREATE TABLE draad.mine (id int)",
    "CREATE TABLE shown.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE SCHEMA mine",
    "DROP TABLE shown.position",
]


@pytest.fixture
def stored(fresh: Database) -> Database:
    with psycopg.connect(fresh.dsn(APP), autocommit=True) as db:
        db.execute(
            "SELECT draad.append(ARRAY[%s], '{1}', '{t}', ARRAY[''::bytea], ARRAY[''::bytea])", [uuid4()]
        )
    return fresh


@pytest.mark.parametrize("statement", NOT_FOR_THE_APP)
def test_the_app_role_only_adds_to_the_record(stored: Database, statement: str) -> None:
    with psycopg.connect(stored.dsn(APP), autocommit=True) as db, pytest.raises(psycopg.Error) as refused:
        db.execute(statement.encode())
    assert refused.type is psycopg.errors.InsufficientPrivilege


@pytest.mark.parametrize("statement", WRITES[1:])
def test_not_even_the_owner_changes_what_was_recorded(stored: Database, statement: str) -> None:
    with (
        psycopg.connect(stored.dsn(OWNER), autocommit=True) as db,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        db.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM draad.stored_events",
        "SELECT FROM draad.entry_keys",
        "SELECT draad.append('{}', '{}', '{}', '{}', '{}')",
        "DELETE FROM shown.position",
    ],
)
def test_the_reader_sees_read_models_and_nothing_of_the_record(stored: Database, statement: str) -> None:
    with psycopg.connect(stored.dsn(READER), autocommit=True) as db:
        db.execute("SELECT follower FROM shown.position")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement.encode())


def test_the_reader_does_not_come_into_the_keys(stored: Database) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(stored.dsn(READER, "draad_keys"))


def test_the_app_role_neither_changes_nor_restores_a_clients_key(stored: Database) -> None:
    with psycopg.connect(stored.dsn(APP, "draad_keys"), autocommit=True) as db:
        for statement in ("UPDATE draad.client_key SET wrapped = ''", "DELETE FROM draad.client_key"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(statement.encode())


def test_a_read_model_is_rebuilt_beside_the_old_one_and_then_takes_its_place(fresh: Database) -> None:
    with psycopg.connect(fresh.dsn(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE shown.example (case_id int PRIMARY KEY, words text)")
    try:
        with psycopg.connect(fresh.dsn(APP), autocommit=True) as app:
            app.execute("INSERT INTO shown.example VALUES (1, 'old')")
            for _ in range(2):  # also a second time
                app.execute("SELECT shown.start_rebuild('example')")
                app.execute("INSERT INTO shown.example_new VALUES (1, 'new')")
                app.execute("SELECT shown.finish_rebuild('example')")
            assert app.execute("SELECT words FROM shown.example").fetchall() == [("new",)]
            with pytest.raises(psycopg.errors.InvalidParameterValue):
                app.execute("SELECT shown.finish_rebuild('example')")
        with psycopg.connect(fresh.dsn(READER), autocommit=True) as reader:
            assert reader.execute("SELECT words FROM shown.example").fetchall() == [("new",)]
    finally:
        with psycopg.connect(fresh.dsn(OWNER), autocommit=True) as owner:
            owner.execute("DROP TABLE shown.example")
