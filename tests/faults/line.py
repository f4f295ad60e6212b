"""A line between Draad and its database that fails at any statement: real connections, really cut.

It reads as much of PostgreSQL's protocol as it takes to know where a statement ends: a simple query, or
whatever is sent up to a Sync. What goes over it is passed on as it came.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from itertools import count
from typing import BinaryIO, Self

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.store.database import Database

SLOWLY = (pytest.mark.faults, pytest.mark.timeout(600))  # seconds, on a slow machine
QUERY, SYNC = b"Q", b"S"
DONE = (b"Z", b"G")  # ready for the next, or for what is copied in
PARTS = (b"P", b"B", b"D", b"E", b"C")  # of a statement that its Sync completes
NO = b"DO $$ BEGIN RAISE 'no room for this' USING ERRCODE = '58030'; END $$\0"
REFUSED = QUERY + (4 + len(NO)).to_bytes(4) + NO


class How(StrEnum):
    """In which way a statement fails."""

    REFUSED = auto()  # the server says no, before it did anything
    CUT_BEFORE = auto()  # the connection is lost before the statement came there
    CUT_AFTER = auto()  # it was done, and the connection is lost with the answer


@dataclass(frozen=True)
class Sweep:
    """Which statements fail, and in which ways."""

    ways: Sequence[How] = tuple(How)
    step: int = 1  # of so many statements one


def sweeps(step: int) -> pytest.MarkDecorator:
    """Of so many statements one, cut off after it; and, when there is time, all of them in every way."""
    some = pytest.param(Sweep((How.CUT_AFTER,), step), id="some")
    return pytest.mark.parametrize("faults", [some, pytest.param(Sweep(), id="all", marks=SLOWLY)])


class Line:
    """`line.database` is the database, over this line."""

    def __init__(self, database: Database) -> None:
        self.origin = database  # by the straight way
        facts = conninfo_to_dict(database.server)
        self._door = f"{facts['host']}/.s.PGSQL.{facts['port']}"
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        server = make_conninfo(
            database.server, host="127.0.0.1", port=port, sslmode="disable", gssencmode="disable"
        )
        self.database = replace(database, server=server)
        self._lock = threading.Lock()
        self._how, self._left = How.REFUSED, 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def every(self, faults: Sweep) -> Iterator[str]:
        """Again and again what the loop does; each time the next statement of it fails."""
        for how in faults.ways:
            for number in count(1, faults.step):
                with self._lock:
                    self._how, self._left = how, number
                yield f"{how}, statement {number}"
                with self._lock:
                    came, self._left = not self._left, 0
                if not came:
                    break

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._door)
                threading.Thread(target=_Connection(self, client, server).run, daemon=True).start()

    def next(self) -> How | None:
        """How the statement that comes now fails, if it does."""
        with self._lock:
            fails, self._left = self._left == 1, max(0, self._left - 1)
        return self._how if fails else None


class _Connection:
    """One connection that goes over the line."""

    def __init__(self, line: Line, client: socket.socket, server: socket.socket) -> None:
        self.line, self.client, self.server = line, client, server
        self.deaf = False  # the answer that comes is the last, and nobody hears it

    def run(self) -> None:
        """Until one of both ends, or we, let go."""
        answering = threading.Thread(target=self._until_cut, args=(self._answer,), daemon=True)
        with self.client, self.server:
            answering.start()
            self._until_cut(self._ask)
            answering.join()

    def _until_cut(self, way: Callable[[], None]) -> None:
        with suppress(OSError):
            way()
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _ask(self) -> None:
        asked = b""
        with self.client.makefile("rb") as coming:
            self.server.sendall(_message(coming, b""))  # who it is, and for which database
            while kind := coming.read(1):
                asked += _message(coming, kind)
                if kind in PARTS:
                    continue
                how = self.line.next() if kind in (QUERY, SYNC) else None
                if how == How.CUT_BEFORE:
                    return
                self.deaf = how == How.CUT_AFTER
                self.server.sendall(REFUSED if how == How.REFUSED else asked)
                asked = b""

    def _answer(self) -> None:
        with self.server.makefile("rb") as coming:
            while kind := coming.read(1):
                answer = _message(coming, kind)
                if not self.deaf:
                    self.client.sendall(answer)
                elif kind in DONE:  # it has happened
                    return


def _message(coming: BinaryIO, kind: bytes) -> bytes:
    length = coming.read(4)
    return kind + length + coming.read(int.from_bytes(length) - 4)
