"""Which database, and with which secrets: the embedded one, or the one that was named."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper
from eventsourcing.postgres import PostgresFactory
from psycopg.conninfo import conninfo_to_dict

from domain.store.checks import refuse_unsafe
from domain.store.database import (
    APP,
    EVENTS,
    KEYS,
    OWNER,
    READER,
    ROLES,
    Database,
    open_database,
    settings_for,
)
from domain.store.mapper import SealedMapper
from domain.store.migrate import migrate
from domain.store.secret import NoSecret, Secrets
from tests.store.shapes import Thing, ThingErased, ThingOpened, mapper_of


class Things(Application[UUID]):
    """As casework stands on the library."""

    name = ""
    sealed: SealedMapper

    def construct_mapper(self) -> Mapper[UUID]:
        return self.sealed


def test_an_application_stands_on_our_recorder_and_mapper(fresh: Database) -> None:
    """From settings_for() to a thing that reads back, as the app role."""
    Things.sealed = mapper_of(fresh)
    with Things(env=settings_for(fresh)) as things:
        thing: Thing = Thing._create(ThingOpened, client_id=uuid4(), words="voor het raam")
        thing.trigger_event(ThingErased, ground="asked")
        assert [recording.notification.id for recording in things.save(thing)] == [1, 2]
        assert things.repository.get(thing.id).version == 2
    Things.sealed.vault.close()


def test_a_named_server_is_used_with_secrets_from_the_home(
    server: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAAD_DATABASE_URL", server.server + " application_name=elsewhere")
    with open_database(tmp_path) as named:
        assert named.secrets.folder == tmp_path / "secrets"
    assert not (tmp_path / "postgres").exists()


def test_every_setting_of_a_named_server_reaches_the_recorder(database: Database) -> None:
    """The library passes on five; what asks for TLS would be lost, and nobody would notice."""
    named = Database(database.server + " application_name=elsewhere", database.secrets)
    with PostgresFactory.construct(settings_for(named)) as factory, factory.datastore.get_connection() as db:
        assert db.execute("SHOW application_name").fetchone() == {"application_name": "elsewhere"}


def test_a_named_server_may_be_prepared_by_one_who_is_no_superuser(database: Database) -> None:
    """CREATEROLE and CREATEDB is what a hosted database gives."""
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        for name in (EVENTS, KEYS):
            admin.execute(f"ALTER DATABASE {name} RENAME TO kept_{name}".encode())
        for role in ROLES:
            admin.execute(f"ALTER ROLE {role} RENAME TO kept_{role}".encode())
        admin.execute("CREATE ROLE hosted LOGIN CREATEROLE CREATEDB PASSWORD 'hosted'")
        try:
            hosted = psycopg.conninfo.make_conninfo(database.server, user="hosted", password="hosted")
            migrate(Database(hosted, database.secrets))
            with psycopg.connect(database.dsn(APP)) as app:
                assert app.execute("SELECT count(*) FROM draad.stored_events").fetchone() == (0,)
        finally:
            for name in (EVENTS, KEYS):
                admin.execute(f"DROP DATABASE IF EXISTS {name}".encode())
                admin.execute(f"ALTER DATABASE kept_{name} RENAME TO {name}".encode())
            for role in ROLES:
                admin.execute(f"DROP ROLE IF EXISTS {role}".encode())
                admin.execute(f"ALTER ROLE kept_{role} RENAME TO {role}".encode())
            admin.execute("DROP ROLE hosted")
    migrate(database)


def test_secrets_laid_in_a_folder_are_read_and_never_made(tmp_path: Path) -> None:
    given = Secrets(tmp_path, given=True)
    (tmp_path / OWNER).write_text("from the one who runs us\n")
    assert given.read(OWNER) == "from the one who runs us"
    with pytest.raises(NoSecret, match=READER):
        given.read(READER)
    assert not (tmp_path / READER).exists()


def test_a_secret_is_made_once_however_many_ask(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "new" / "secrets")
    with ThreadPoolExecutor(16) as threads:
        words = set(threads.map(secrets.read, ["master"] * 64))
    assert len(words) == 1
    assert len(bytes.fromhex(words.pop())) == 32
    assert (secrets.folder / "master").stat().st_mode & 0o777 == 0o600
    assert secrets.folder.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in secrets.folder.iterdir()] == ["master"]


def test_no_password_shows_when_a_database_is_printed(database: Database) -> None:
    assert "password" not in repr(database)


def test_the_password_of_the_superuser_comes_from_the_given_secrets(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("a-secret-of-its-own")
    bare = Database("host=db dbname=draad", Secrets(tmp_path, given=True))
    assert conninfo_to_dict(bare.admin("postgres")) == {
        "host": "db",
        "dbname": "postgres",
        "user": "postgres",
        "password": "a-secret-of-its-own",
    }
    named = Database("host=db user=dba password=x", Secrets(tmp_path, given=True))
    assert conninfo_to_dict(named.admin())["user"] == "dba"


def test_a_process_that_was_not_given_the_owners_secret_can_still_be_checked(
    database: Database, tmp_path: Path
) -> None:
    for name in ("draad_app", "draad_reader", "master"):
        (tmp_path / name).write_text(database.secrets.read(name))
    as_the_web = dataclasses.replace(database, secrets=Secrets(tmp_path, given=True))
    refuse_unsafe(as_the_web, {})
