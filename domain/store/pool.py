"""Connections to the tables beside the record, kept ready for a process that answers many people."""

from __future__ import annotations

import select
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError
from psycopg_pool import ConnectionPool, PoolTimeout

from domain.store.database import APP, Database
from domain.store.recorder import OutcomeUnknown

Connection = psycopg.Connection[tuple[Any, ...]]
Pool = ConnectionPool[Connection]
# The database, not what was asked: as psycopg says it, and as the record does.
UNREACHABLE = (psycopg.OperationalError, PoolTimeout, InterfaceError, OperationalError, OutcomeUnknown)
QUIET = 1.0  # seconds for which the answer of the server holds
_answered: WeakKeyDictionary[Connection, float] = WeakKeyDictionary()


def open_pool(database: Database, most: int = 8) -> Pool:
    """A pool as the app role. Open it after the fork: two processes cannot share a connection."""
    return ConnectionPool(
        database.dsn(APP),
        min_size=1,
        max_size=most,
        timeout=5,
        kwargs={"autocommit": True, "options": "-c timezone=UTC"},  # as moments are told
        check=_there_still,  # after a restart of the server: a round trip, no error
        open=True,
    )


def _there_still(connection: Connection) -> None:
    """Ask the server, or raise. Not twice in a second: a page takes a connection some five times. A server
    that goes away says so on the line, and is asked at once.
    """
    if monotonic() - _answered.get(connection, -QUIET) > QUIET or _speaks(connection):
        ConnectionPool.check_connection(connection)
        _answered[connection] = monotonic()


def _speaks(connection: Connection) -> bool:
    """Whether something came that nobody asked for, such as the end of the line."""
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))


def connect(database: Database) -> Connection:
    """One connection as the app role, for a command that needs no pool."""
    return connect_to(database.dsn(APP))


def connect_to(dsn: str) -> Connection:
    """One connection, for whoever was given where it goes."""
    return psycopg.connect(dsn, autocommit=True)
