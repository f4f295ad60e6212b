"""One key a client, wrapped by the master key, in a database of its own.

Whoever destroys it forgets the client: no entry of any of the client's streams can be read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg_pool import ConnectionPool

from domain.store.secret import mark_of

NONCE = 12  # bytes
ROOM = 20_000  # events that lie opened at most: a web process stays small
MAKE = "SELECT draad.make_key(%(stream)s, %(client)s, %(key)s, %(mark)s)"
OF = """
    SELECT stream, client, wrapped, renewed
      FROM draad.stream_client JOIN draad.client_key USING (client)
     WHERE stream = ANY(%(streams)s)"""
RENEW = "SELECT draad.renew_key(%(client)s, %(key)s)"
STREAMS = "SELECT stream FROM draad.stream_client WHERE client = %(client)s"
WHOSE = "SELECT client FROM draad.stream_client WHERE stream = %(stream)s"
PATIENCE = 0.5  # seconds until it looks whether to stop


class KeysBehind(Exception):
    """The key database does not know this stream: it is older than the record. Nothing may go on."""


class KeyGone(Exception):
    """The key of this client was destroyed."""


class AnotherMaster(Exception):
    """The master key is not the one that the client keys were wrapped with. Put the right one back."""


@dataclass
class Known:
    """The key of a stream as it is known here, and what was opened with it: they go together."""

    stream: UUID
    key: Key
    until: float
    opened: Sequence[Any] = ()


class Renewing:
    """The key of a client while it is renewed: what is sealed now opens with the new one alone."""

    def __init__(self, new: AESGCM, old: AESGCM) -> None:
        self._new, self.old = new, old
        self.encrypt = new.encrypt

    def decrypt(self, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
        """With the new one, else with the old one. InvalidTag."""
        try:
            return self._new.decrypt(nonce, sealed, place)
        except InvalidTag:
            return self.old.decrypt(nonce, sealed, place)


Key = AESGCM | Renewing


class Vault:
    """The clients' keys. Remembers each, and what was opened with it, for `keep` seconds: the longest that a
    destroyed key still works.
    """

    def __init__(self, dsn: str, master: bytes, keep: float = 30.0) -> None:
        self._pool = ConnectionPool(
            dsn,
            min_size=1,
            max_size=3,
            open=False,
            kwargs={"autocommit": True},
            check=ConnectionPool.check_connection,  # after a failover: keys are asked for rarely
        )
        self._master, self._mark, self.keep = AESGCM(master), mark_of(master), keep
        self._known: dict[UUID, Known] = {}
        self._open = 0  # events that lie opened
        self._lock = Lock()
        self._dsn, self._closed = dsn, Event()

    def make_for(self, stream: UUID, client: UUID) -> None:
        """See to a key for a new stream of this client; made if it is the first. AnotherMaster."""
        new = {"key": seal(self._master, AESGCM.generate_key(256), client.bytes), "mark": self._mark}
        self._pool.open()
        with self._pool.connection() as db:
            made: Any = db.execute(MAKE, {"stream": stream, "client": client, **new}).fetchone()
        if not made[0]:
            raise AnotherMaster

    def of(self, stream: UUID) -> Key:
        """The key of the client whose stream this is."""
        return self.known(stream).key

    def known(self, stream: UUID) -> Known:
        """The same, with what lies opened. KeysBehind, KeyGone."""
        if remembered := self.remembered(stream):
            return remembered
        learnt = self._ask([stream])
        if stream not in learnt:
            raise KeysBehind(str(stream))
        if (known := learnt[stream]) is None:
            raise KeyGone
        return known

    def remembered(self, stream: UUID) -> Known | None:
        """The same, if it was asked for not long ago."""
        known = self._known.get(stream)
        return known if known and known.until >= time.monotonic() else None

    def lay_open(self, known: Known, opened: Sequence[Any]) -> None:
        """Let what was opened with this key lie beside it. What lies there longest makes room."""
        with self._lock:
            if self._known.get(known.stream) is not known:
                return  # it was forgotten meanwhile
            self._lay(known, opened)
            for one in self._known.values():
                if self._open <= ROOM:
                    break
                if one is not known:
                    self._lay(one, ())

    def _lay(self, known: Known, opened: Sequence[Any]) -> None:
        self._open += len(opened) - len(known.opened)
        known.opened = opened

    def learn(self, streams: Iterable[UUID]) -> None:
        """Ask for the keys of many streams at once. Of which there is none, who asks for it hears why."""
        if unknown := [stream for stream in streams if not self.remembered(stream)]:
            self._ask(unknown)

    def put_away(self, stream: UUID) -> None:
        """Drop what lies opened of this stream: it may not be what is there."""
        with self._lock:
            self._drop(stream)

    def _drop(self, stream: UUID) -> None:
        if known := self._known.pop(stream, None):
            self._open -= len(known.opened)

    def destroy(self, client: UUID) -> bool:
        """Forget this client for ever. Whether there was still something to forget."""
        self._pool.open()
        with self._pool.connection() as db:
            row = db.execute("SELECT draad.destroy_key(%(client)s)", {"client": client}).fetchone()
        self.forget()
        return bool(row and row[0])

    def renew(self, stream: UUID) -> bool:
        """Begin to give the client of this stream another key. Not while it is given one already."""
        self._pool.open()
        with self._pool.connection() as db:
            client: Any = db.execute(WHOSE, {"stream": stream}).fetchone()
            wrapped = seal(self._master, AESGCM.generate_key(256), client[0].bytes)
            row: Any = db.execute(RENEW, {"client": client[0], "key": wrapped}).fetchone()
        self.forget()
        return bool(row[0])

    def renewal(self, client: UUID) -> Renewing:
        """Both keys of a client whose key is renewed."""
        self.forget()
        key = self.of(next(iter(self.streams_of(client))))
        assert isinstance(key, Renewing)  # noqa: S101  # the caller asks of those alone
        return key

    def end_renewal(self, client: UUID) -> None:
        """The old one goes: what lies under that alone is never read again."""
        with self._pool.connection() as db:
            db.execute("SELECT draad.end_renewal(%(client)s)", {"client": client})
        self.forget()

    def forget(self) -> None:
        """Drop what is remembered, and what lies opened: somewhere a key was destroyed."""
        with self._lock:
            self._known.clear()
            self._open = 0

    def streams_of(self, client: UUID) -> set[UUID]:
        """All of them: their cases, contacts and reviews. Some may never have come to be."""
        self._pool.open()
        with self._pool.connection() as db:
            return {stream for (stream,) in db.execute(STREAMS, {"client": client})}

    def listen(self) -> None:
        """Hear from now on when a key goes anywhere, and drop what is remembered: `keep` is the most."""
        Thread(target=self._listen, name="keys", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._pool.close()

    def _listen(self) -> None:
        while not self._closed.is_set():
            with suppress(psycopg.OperationalError), psycopg.connect(self._dsn, autocommit=True) as ears:
                ears.execute("LISTEN key_destroyed")
                self.forget()  # what went while nobody listened
                while not self._closed.is_set():
                    for _ in ears.notifies(timeout=PATIENCE, stop_after=1):
                        self.forget()
            self._closed.wait(PATIENCE)

    def _ask(self, streams: list[UUID]) -> dict[UUID, Known | None]:
        """Their keys as they are now. None: it was destroyed."""
        now = time.monotonic()
        self._pool.open()
        with self._pool.connection() as db:
            rows = db.execute(OF, {"streams": streams}, prepare=True, binary=True).fetchall()
        return {row[0]: self._remember(now, *row) for row in rows}

    def _remember(self, now: float, stream: UUID, client: UUID, *wrapped: bytes | None) -> Known | None:
        """Those whose time is over go, whether anybody asks for them again or not."""
        if wrapped[0] is None:
            return None
        try:
            key, *new = (AESGCM(unseal(self._master, one, client.bytes)) for one in wrapped if one)
        except InvalidTag as error:
            raise AnotherMaster from error
        with self._lock:
            self._drop(stream)
            while self._known and self._known[first := next(iter(self._known))].until < now:
                self._drop(first)
            known = Known(stream, Renewing(new[0], key) if new else key, now + self.keep)
            self._known[stream] = known
        return known


def seal(key: Key, text: bytes, place: bytes) -> bytes:
    """Nonce and ciphertext, which open at this place only."""
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, text, place)


def unseal(key: Key, sealed: bytes, place: bytes) -> bytes:
    return key.decrypt(sealed[:NONCE], sealed[NONCE:], place)
