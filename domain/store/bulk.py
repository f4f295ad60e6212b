"""Filling an empty record at once, sealed as ever: for invented clients, as it locks nobody out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.store.database import APP, KEYS, OWNER, Database
from domain.store.mapper import SealedMapper
from domain.store.recorder import StoredEntry
from domain.store.vault import Vault, seal

STREAMS = """
    COPY draad.stored_events (originator_id, originator_version, topic, state)
    FROM STDIN (FORMAT BINARY)"""
ENTRY_KEYS = "COPY draad.entry_keys (originator_id, originator_version, wrapped) FROM STDIN (FORMAT BINARY)"
CLIENT_KEYS = "COPY draad.client_key (client, wrapped) FROM STDIN (FORMAT BINARY)"
WHOSE = "COPY draad.stream_client (stream, client) FROM STDIN (FORMAT BINARY)"
IN_USE = """
    SELECT EXISTS (SELECT FROM draad.stored_events) OR EXISTS (SELECT FROM draad.account)"""


class NewKeys(Vault):
    """The keys of clients who are all new: made here, and kept together before what they seal."""

    def __init__(self, dsn: str, master: bytes) -> None:
        super().__init__(dsn, master)
        self._dsn = dsn
        self._of_clients: dict[UUID, AESGCM] = {}
        self._wrapped: list[tuple[UUID, bytes]] = []
        self._whose: dict[UUID, UUID] = {}

    def make_for(self, stream: UUID, client: UUID) -> None:
        self._whose[stream] = client
        if client not in self._of_clients:
            key = AESGCM.generate_key(256)
            self._of_clients[client] = AESGCM(key)
            self._wrapped.append((client, seal(self._master, key, client.bytes)))

    def of(self, stream: UUID) -> AESGCM:
        return self._of_clients[self._whose[stream]]

    def write_down(self) -> None:
        """Write down all that were made, and forget them here."""
        with psycopg.connect(self._dsn) as db:
            _copied(db, CLIENT_KEYS, ("uuid", "bytea"), self._wrapped)
            _copied(db, WHOSE, ("uuid", "uuid"), self._whose.items())
        for made in (self._of_clients, self._wrapped, self._whose):
            made.clear()


class Bulk:
    """Writes whole streams by COPY, as the owner: the app role can only append()."""

    def __init__(self, database: Database) -> None:
        self._keys = NewKeys(database.dsn(APP, KEYS), bytes.fromhex(database.secrets.read("master")))
        self._mapper = SealedMapper(self._keys)
        self._owner = psycopg.connect(database.dsn(OWNER))

    def keep(self, streams: Iterable[Iterable[Any]]) -> int:
        """Seal and write these new streams, all or none; gives how many entries they had."""
        stored = [self._stored(event) for events in streams for event in events]
        self._keys.write_down()
        with self._owner.transaction():
            rows = ((e.originator_id, e.originator_version, e.topic, e.state) for e in stored)
            _copied(self._owner, STREAMS, ("uuid", "int8", "text", "bytea"), rows)
            own = ((e.originator_id, e.originator_version, e.wrapped) for e in stored if e.wrapped)
            _copied(self._owner, ENTRY_KEYS, ("uuid", "int8", "bytea"), own)
        return len(stored)

    def _stored(self, event: Any) -> StoredEntry:
        return self._mapper.to_stored_event(event)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._owner.close()
        self._keys.close()


def in_use(database: Database) -> bool:
    """Whether anything is recorded here, or anybody has an account."""
    with psycopg.connect(database.dsn(OWNER)) as db:
        row: Any = db.execute(IN_USE).fetchone()
    return bool(row[0])


def tidy(database: Database) -> None:
    """After much was written: let the server know how much there is of what."""
    for name in ("draad", KEYS):
        with psycopg.connect(database.dsn(OWNER, name), autocommit=True) as db:
            db.execute("ANALYZE")


def _copied(
    db: psycopg.Connection[Any], into: str, types: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    with db.cursor() as cursor, cursor.copy(into.encode()) as out:
        out.set_types(types)
        for row in rows:
            out.write_row(row)
