"""One key a client, wrapped by the master key, in a database of its own.

Whoever destroys it forgets the client: no entry of any of the client's streams can be read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg_pool import ConnectionPool

NONCE = 12  # bytes
ROOM = 20_000  # events that lie opened at most: a web process stays small
MAKE = """
    WITH first_of_the_client AS (
        INSERT INTO draad.client_key (client, wrapped)
        VALUES (%(client)s, %(wrapped)s)
        ON CONFLICT DO NOTHING
    )
    INSERT INTO draad.stream_client (stream, client)
    VALUES (%(stream)s, %(client)s)
    ON CONFLICT DO NOTHING"""
OF = """
    SELECT client, wrapped, renewed
      FROM draad.stream_client JOIN draad.client_key USING (client)
     WHERE stream = %(stream)s"""

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
        self._master, self.keep = AESGCM(master), keep
        self._known: dict[UUID, Known] = {}
        self._lock = Lock()
        self._dsn, self._closed = dsn, Event()

    def make_for(self, stream: UUID, client: UUID) -> None:
        """See to a key for a new stream of this client; made if this is the client's first stream."""
        wrapped = seal(self._master, AESGCM.generate_key(256), client.bytes)
        self._pool.open()
        with self._pool.connection() as db:
            db.execute(MAKE, {"stream": stream, "client": client, "wrapped": wrapped})

    def of(self, stream: UUID) -> Key:
        """The key of the client whose stream this is."""
        return self.known(stream).key

    def known(self, stream: UUID) -> Known:
        """The same, with what lies opened. KeysBehind, KeyGone."""
        return self.remembered(stream) or self._asked(stream)

    def remembered(self, stream: UUID) -> Known | None:
        """The same, if it was asked for not long ago."""
        known = self._known.get(stream)
        return known if known and known.until >= time.monotonic() else None

    def lay_open(self, known: Known, opened: Sequence[Any]) -> None:
        """Let what was opened with this key lie beside it. What lies there longest makes room."""
        known.opened = opened
        with self._lock:
            held = sum(len(one.opened) for one in self._known.values())
            for one in self._known.values():
                if held > ROOM and one is not known:
                    held, one.opened = held - len(one.opened), ()

    def put_away(self, stream: UUID) -> None:
        """Drop what lies opened of this stream: it may not be what is there."""
        with self._lock:
            self._known.pop(stream, None)

    def destroy(self, client: UUID) -> bool:
        """Forget this client for ever. Whether there was still something to forget."""
        self._pool.open()
        with self._pool.connection() as db:
            row = db.execute("SELECT draad.destroy_key(%(client)s)", {"client": client}).fetchone()
        self.forget()
        return bool(row and row[0])

    def renew(self, stream: UUID) -> None:
        """Begin to give the client of this stream another key. Begun before: it goes on with that one."""
        self._pool.open()
        with self._pool.connection() as db:
            client: Any = db.execute(WHOSE, {"stream": stream}).fetchone()
            wrapped = seal(self._master, AESGCM.generate_key(256), client[0].bytes)
            db.execute("SELECT draad.renew_key(%(client)s, %(key)s)", {"client": client[0], "key": wrapped})
        self.forget()

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

    def _asked(self, stream: UUID) -> Known:
        """Its key as it is now. Those whose time is over go, whether anybody asks for them again or not."""
        now, key = time.monotonic(), self._fetched(stream)
        with self._lock:
            self._known.pop(stream, None)
            while self._known and self._known[first := next(iter(self._known))].until < now:
                del self._known[first]
            known = self._known[stream] = Known(key, now + self.keep)
        return known

    def _fetched(self, stream: UUID) -> Key:
        self._pool.open()
        with self._pool.connection() as db:
            row = db.execute(OF, {"stream": stream}, prepare=True, binary=True).fetchone()
        if row is None:
            raise KeysBehind(str(stream))
        client, *wrapped = row
        if wrapped[0] is None:
            raise KeyGone
        try:
            old, *new = (AESGCM(unseal(self._master, one, client.bytes)) for one in wrapped if one)
        except InvalidTag as error:
            raise AnotherMaster from error
        return Renewing(new[0], old) if new else old


def seal(key: Key, text: bytes, place: bytes) -> bytes:
    """Nonce and ciphertext, which open at this place only."""
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, text, place)


def unseal(key: Key, sealed: bytes, place: bytes) -> bytes:
    return key.decrypt(sealed[:NONCE], sealed[NONCE:], place)
