"""Two databases made beside those of an installation, and put in their place when they are complete."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from domain.store.database import EVENTS, KEYS, OWNER, Database
from domain.store.migrate import bring_up, make_database, make_roles

FURTHER = 1_000_000  # more than can have been lost
GO_ON_FURTHER = """
    SELECT setval(pg_get_serial_sequence(%(table)s, %(number)s), coalesce(max({number}), 0) + %(further)s)
      FROM {table}"""
NUMBERED = (("draad", "stored_events", "notification_id"), ("draad", "access_log", "id"))


class HoldsARecord(Exception):
    """Something is recorded here already. Choose another --home, or take away what is in this one."""


def refuse_a_record(database: Database) -> None:
    """HoldsARecord, unless there is no database, or an empty one."""
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        if not admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %(name)s", {"name": EVENTS}
        ).fetchone():
            return
    with psycopg.connect(database.admin(EVENTS), autocommit=True) as db:
        made = db.execute("SELECT to_regclass('draad.stored_events')").fetchone() != (None,)
        if made and db.execute("SELECT 1 FROM draad.stored_events LIMIT 1").fetchone():
            raise HoldsARecord


def beside(name: str) -> str:
    """What a database is called until it is complete."""
    return f"{name}_beside"


def make_beside(database: Database) -> None:
    """Both, empty, and the roles. What an earlier attempt left is taken away."""
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        make_roles(admin, database.secrets)
        for name in (EVENTS, KEYS):
            _drop(admin, beside(name))
            make_database(admin, beside(name), of=name)


def bring_up_beside(database: Database) -> None:
    """Both up to this version. DatabaseIsNewer."""
    for name in (EVENTS, KEYS):
        bring_up(database.dsn(OWNER, beside(name)), of=name)


def number_further(database: Database) -> None:
    """No number is given out twice: nobody knows how many were given to what is lost."""
    with psycopg.connect(database.admin(beside(EVENTS)), autocommit=True) as db:
        for schema, table, number in NUMBERED:
            query = SQL(GO_ON_FURTHER).format(table=Identifier(schema, table), number=Identifier(number))
            db.execute(query, {"table": f"{schema}.{table}", "number": number, "further": FURTHER})


def put_in_place(database: Database) -> None:
    """Now they are complete. Killed in between, there is no record: who restores begins again."""
    with psycopg.connect(database.admin(), autocommit=True) as admin:
        for name in (EVENTS, KEYS):
            _drop(admin, name)
        for name in (KEYS, EVENTS):
            rename = SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(Identifier(beside(name)), Identifier(name)))


def _drop(admin: psycopg.Connection[Any], name: str) -> None:
    admin.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
