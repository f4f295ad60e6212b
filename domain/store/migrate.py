"""Roles, two databases, and their tables: numbered plain SQL, each applied once, by the owner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from domain.store.database import APP, EVENTS, KEYS, OWNER, READER, ROLES, Database
from domain.store.secret import Secrets

FOLDERS = {EVENTS: Path(__file__).parent / "migrations", KEYS: Path(__file__).parent / "migrations" / "keys"}
ONE_AT_A_TIME = 5_701_733  # the number of our advisory lock; any will do


class DatabaseIsNewer(Exception):
    """This database was made by a newer Draad. Install that one: an older one could misread the record."""


class DatabaseIsOlder(Exception):
    """This database is not ready, or waits for its migrations: run `draad migrate`."""


class TwoOfOneNumber(Exception):
    """Two migrations have the same number: give the later one the next."""


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    sql: str


def migrations(database: str) -> list[Migration]:
    """What belongs in this database, in order: `0001_events.sql` is number 1, `events`."""
    files = sorted(FOLDERS[database].glob("*.sql"))
    found = [Migration(int(f.stem[:4]), f.stem[5:], f.read_text(encoding="utf-8")) for f in files]
    if len({m.number for m in found}) < len(found):
        raise TwoOfOneNumber(str(FOLDERS[database]))
    return found


def migrate(database: Database) -> None:
    """Bring roles, databases and tables up to this version. Safe to run twice, and by two at once."""
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%(lock)s)", {"lock": ONE_AT_A_TIME})
        make_roles(admin, database.secrets)
        for name in FOLDERS:
            make_database(admin, name, of=name)
            bring_up(database.dsn(OWNER, name), of=name)


def bring_up(dsn: str, *, of: str) -> None:
    """Bring one database up to this version: `of` is the one whose migrations are its own. As the owner."""
    with psycopg.connect(dsn, autocommit=True) as owner:
        _apply(owner, migrations(of))


def check_version(database: Database) -> None:
    """Refuse to work on tables that this code does not know. Asked as the app role, at every start."""
    for name in FOLDERS:
        try:
            db = psycopg.connect(database.dsn(APP, name), autocommit=True)
        except psycopg.OperationalError as error:  # nobody made the roles yet, or the server does not answer
            raise DatabaseIsOlder(str(error)) from error
        with db:
            if _waiting(db, migrations(name)):
                raise DatabaseIsOlder(name)


def make_roles(admin: psycopg.Connection[Any], secrets: Secrets) -> None:
    """Every role with its password, also when it is there already."""
    for role in ROLES:
        _make_role(admin, role, secrets.read(role))
    admin.execute(SQL("GRANT {} TO CURRENT_USER").format(Identifier(OWNER)))  # when it is no superuser


def _make_role(admin: psycopg.Connection[Any], role: str, password: str) -> None:
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %(role)s", {"role": role}).fetchone()
    # Scrambled here: a server that logs its statements does not learn the password.
    scram = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    statement = SQL("ALTER ROLE {} LOGIN PASSWORD {}" if exists else "CREATE ROLE {} LOGIN PASSWORD {}")
    admin.execute(statement.format(Identifier(role), Literal(scram)))


def make_database(admin: psycopg.Connection[Any], name: str, *, of: str) -> None:
    """One that is empty, if there is none; with the doors that the database `of` has."""
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %(name)s", {"name": name}).fetchone():
        return
    admin.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(OWNER)))
    admin.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(Identifier(name)))
    users = (APP, READER) if of == EVENTS else (APP,)
    for role in users:
        admin.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(Identifier(name), Identifier(role)))


def _apply(owner: psycopg.Connection[Any], known: list[Migration]) -> None:
    for migration in _waiting(owner, known):
        with owner.transaction():
            owner.execute(migration.sql.encode())
            owner.execute(
                "INSERT INTO draad.migration (number, name) VALUES (%(number)s, %(name)s)",
                {"number": migration.number, "name": migration.name},
            )


def _waiting(db: psycopg.Connection[Any], known: list[Migration]) -> list[Migration]:
    """What this database does not have yet: also one with a lower number that was written later."""
    if db.execute("SELECT to_regclass('draad.migration')").fetchone() == (None,):
        return known
    done = {number for (number,) in db.execute("SELECT number FROM draad.migration")}
    if newer := done - {migration.number for migration in known}:
        raise DatabaseIsNewer(f"unknown migrations: {sorted(newer)}")
    return [migration for migration in known if migration.number not in done]
