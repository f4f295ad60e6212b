"""One key a client, wrapped by the master key, in a database of its own.

Whoever destroys it forgets the client: no entry of any of the client's streams can be read again.
"""

from __future__ import annotations

import os
import time
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg_pool import ConnectionPool

NONCE = 12  # bytes
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
    SELECT client, wrapped
      FROM draad.stream_client JOIN draad.client_key USING (client)
     WHERE stream = %(stream)s"""


class KeysBehind(Exception):
    """The key database does not know this stream: it is older than the record. Nothing may go on."""


class KeyGone(Exception):
    """The key of this client was destroyed."""


class AnotherMaster(Exception):
    """The master key is not the one that the client keys were wrapped with. Put the right one back."""


class Vault:
    """The clients' keys. Remembers each for `keep` seconds: the longest that a destroyed key still works."""

    def __init__(self, dsn: str, master: bytes, keep: float = 30.0) -> None:
        self._pool = ConnectionPool(dsn, min_size=1, max_size=3, open=False, kwargs={"autocommit": True})
        self._master, self._keep = AESGCM(master), keep
        self._known: dict[UUID, tuple[AESGCM, float]] = {}

    def make_for(self, stream: UUID, client: UUID) -> None:
        """See to a key for a new stream of this client; made if this is the client's first stream."""
        wrapped = seal(self._master, AESGCM.generate_key(256), client.bytes)
        self._pool.open()
        with self._pool.connection() as db:
            db.execute(MAKE, {"stream": stream, "client": client, "wrapped": wrapped})

    def of(self, stream: UUID) -> AESGCM:
        """The key of the client whose stream this is."""
        key, until = self._known.get(stream, (None, 0.0))
        if key is None or until < time.monotonic():
            self._known.pop(stream, None)
            key = self._fetched(stream)
            self._known[stream] = key, time.monotonic() + self._keep
        return key

    def destroy(self, client: UUID) -> bool:
        """Forget this client for ever. Whether there was still something to forget."""
        self._pool.open()
        with self._pool.connection() as db:
            row = db.execute("SELECT draad.destroy_key(%(client)s)", {"client": client}).fetchone()
        self.forget()
        return bool(row and row[0])

    def forget(self) -> None:
        """Drop what is remembered: somewhere a key was destroyed."""
        self._known.clear()

    def close(self) -> None:
        self._pool.close()

    def _fetched(self, stream: UUID) -> AESGCM:
        self._pool.open()
        with self._pool.connection() as db:
            row = db.execute(OF, {"stream": stream}, prepare=True, binary=True).fetchone()
        if row is None:
            raise KeysBehind(str(stream))
        client, wrapped = row
        if wrapped is None:
            raise KeyGone
        try:
            return AESGCM(unseal(self._master, wrapped, client.bytes))
        except InvalidTag as error:
            raise AnotherMaster from error


def seal(key: AESGCM, text: bytes, place: bytes) -> bytes:
    """Nonce and ciphertext, which open at this place only."""
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, text, place)


def unseal(key: AESGCM, sealed: bytes, place: bytes) -> bytes:
    return key.decrypt(sealed[:NONCE], sealed[NONCE:], place)
