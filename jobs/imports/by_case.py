"""Contacts of a file of any size, put together by client: on disk, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import msgspec

from jobs.imports.visit import Visit

AT_ONCE = 5_000
TABLE = "CREATE TABLE visit (client TEXT NOT NULL, line INTEGER NOT NULL, packed BLOB NOT NULL)"
PUT = "INSERT INTO visit (client, line, packed) VALUES (?, ?, ?)"
SORTED = "SELECT client, packed FROM visit ORDER BY client, line"
CLIENTS = "SELECT count(DISTINCT client) FROM visit"


class ByCase:
    """A sheet of scratch paper: a file without a name, that is gone when it is closed or we are killed."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(TABLE)
        self._waiting: list[tuple[str, int, bytes]] = []
        self.count = 0

    def put(self, visit: Visit) -> None:
        """Remember a contact."""
        self._waiting.append((visit.case, visit.line, msgspec.msgpack.encode(visit)))
        self.count += 1
        if len(self._waiting) == AT_ONCE:
            self._write()

    def clients(self) -> int:
        """How many there are."""
        self._write()
        return int(self._db.execute(CLIENTS).fetchone()[0])

    def __iter__(self) -> Iterator[tuple[str, list[Visit]]]:
        """Every client with their contacts, in the order of the file."""
        self._write()
        for client, rows in groupby(self._db.execute(SORTED), itemgetter(0)):
            yield client, [msgspec.msgpack.decode(packed, type=Visit) for _, packed in rows]

    def close(self) -> None:
        """Throw it away."""
        self._db.close()

    def _write(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(PUT, self._waiting)
        self._db.execute("COMMIT")
        self._waiting.clear()
