"""What makes the record unsafe to keep: Draad refuses to start on it, and says why in one sentence each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from domain.store.database import APP, KEYS, OWNER, ROLES, Database
from domain.store.masters import MASTER, opens
from domain.store.pool import connect_to

OLDEST = 17
LEAST_LENGTH, LEAST_VARIETY = 16, 8  # characters of a secret, and different ones among them
HEXADECIMAL = re.compile("[0-9a-f]{64}")
YES = {"1", "y", "yes", "t", "true", "on"}
RIGHTS = """
    SELECT pg_has_role('pg_write_all_data', 'MEMBER') AS anything,
           pg_has_role(%(owner)s, 'MEMBER') AS owner"""
GRANTED = """
    SELECT verb
      FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS verb
     WHERE has_table_privilege('draad.stored_events', verb)
        OR (verb IN ('INSERT', 'UPDATE') AND has_any_column_privilege('draad.stored_events', verb))"""
DURABLE = """
    SELECT name
      FROM pg_settings
     WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'"""
TRUSTED = """
    SELECT line_number, type
      FROM pg_hba_file_rules
     WHERE auth_method = 'trust'"""


class Unsafe(Exception):
    """Draad does not start like this. Each line is one thing to put right."""


def refuse_unsafe(database: Database, environ: Mapping[str, str]) -> None:
    """Raise Unsafe with everything that is wrong, not only the first of it. Ask check_version() before."""
    wrong = [*_settings(environ), *_secrets(database)]
    with psycopg.connect(database.dsn(APP), autocommit=True) as app:
        wrong += [*too_old(app.info.server_version), *_rights(app), *_durability(app)]
    wrong += [*_trust(database), *_master(database)]
    if wrong:
        raise Unsafe("\n".join(wrong))


def too_old(version: int) -> Iterator[str]:
    """`version` as PostgreSQL numbers itself: 170004 is 17.4."""
    if version // 10000 < OLDEST:
        yield f"PostgreSQL {version // 10000} is too old: install {OLDEST} or newer."


def _settings(environ: Mapping[str, str]) -> Iterator[str]:
    if _on(environ, "POSTGRES_ENABLE_DB_FUNCTIONS"):
        yield "POSTGRES_ENABLE_DB_FUNCTIONS is on: readers would skip events; take it out."
    for name in ("DRAAD_DEBUG", "FLASK_DEBUG"):
        if _on(environ, name):
            yield f"{name} is on: it shows the inside of the record to whoever makes an error; take it out."


def _on(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() in YES


def _secrets(database: Database) -> Iterator[str]:
    names = (name for name in (*ROLES, "master", "log") if database.secrets.has(name))
    words = {name: database.secrets.read(name) for name in names}
    for name, word in words.items():
        if len(word) < LEAST_LENGTH or len(set(word)) < LEAST_VARIETY or list(words.values()).count(word) > 1:
            yield f"The secret of {name} can be guessed: make a random one of its own."
    if not HEXADECIMAL.fullmatch(words[MASTER]):
        yield "The master key is not 32 random bytes in hexadecimal: make one."


def _rights(app: psycopg.Connection[Any]) -> Iterator[str]:
    anything, owner = app.execute(RIGHTS, {"owner": OWNER}).fetchone() or (True, True)
    if anything:  # a superuser is a member of every role
        yield f"{APP} can do anything in the database: take its superuser rights away."
    elif owner:
        yield f"{APP} is a member of {OWNER} and can change the record: take that away."
    else:
        for (verb,) in app.execute(GRANTED):
            yield f"{APP} has {verb} on the events: revoke it."


def _durability(app: psycopg.Connection[Any]) -> Iterator[str]:
    for (name,) in app.execute(DURABLE):
        yield f"{name} is off: an entry that was confirmed could be lost; turn it on."


def _trust(database: Database) -> Iterator[str]:
    """Only a superuser may read the rules; without one this is for whoever runs the server."""
    try:
        with psycopg.connect(database.admin(), autocommit=True) as admin:
            rules = admin.execute(TRUSTED).fetchall()
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege):
        return
    for line, kind in rules:
        if kind != "local" or not _ours_alone(database):
            yield f"pg_hba.conf lets everybody in without a password (line {line}): use scram-sha-256."


def _ours_alone(database: Database) -> bool:
    return database.socket is not None and not database.socket.stat().st_mode & 0o077


def _master(database: Database) -> Iterator[str]:
    word = database.secrets.read(MASTER)
    with connect_to(database.dsn(APP, KEYS)) as keys:
        if HEXADECIMAL.fullmatch(word) and not opens(keys, word):
            yield "The master key is not that of the clients' keys: lay it back, or end `draad keys rotate`."
