"""draad.append(), asked as PostgreSQL itself talks: five arrays packed once, one round trip, one answer.

What a connection usually does for us (find out types, turn each value into text, wait in Python) takes longer
than the database needs to store an entry. This wait cannot be broken off: how a commit ended has to be heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct, iter_unpack
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg.pq import Format

from domain.store import raw
from domain.store.raw import answered

ASK = b"SELECT draad.append($1, $2, $3, $4, $5)"  # under no name: psycopg may forget all names at a rollback
ARRAYS = (raw.UUIDS, raw.BIGINTS, raw.TEXTS, raw.BYTEAS, raw.BYTEAS)
ARRAY = Struct("!iiIii")  # one dimension, with nulls, of what, how many, counted from one
LENGTH, NUMBER = Struct("!i"), Struct("!q")
NULL = LENGTH.pack(-1)


def append(
    db: psycopg.Connection[Any], events: Sequence[StoredEvent], keys: Sequence[bytes | None]
) -> list[int]:
    """Store all, or raise what psycopg would; gives their numbers in the order of all entries.

    In the transaction that the caller began, else in one of its own.
    """
    given = (
        _array(raw.UUID, [_id(event.originator_id) for event in events]),
        _array(raw.BIGINT, [NUMBER.pack(event.originator_version) for event in events]),
        _array(raw.TEXT, [event.topic.encode() for event in events]),
        _array(raw.BYTEA, [event.state for event in events]),
        _array(raw.BYTEA, keys),
    )
    result = db.pgconn.exec_params(ASK, given, ARRAYS, [Format.BINARY] * len(given), Format.BINARY)
    made = answered(db, result).get_value(0, 0) or b""
    return [number for _, number in iter_unpack("!iq", made[ARRAY.size :])]


def _array(of: int, values: Sequence[bytes | None]) -> bytes:
    parts = [ARRAY.pack(1, 1, of, len(values), 1)]
    for value in values:
        parts += (NULL,) if value is None else (LENGTH.pack(len(value)), value)
    return b"".join(parts)


def _id(stream: UUID | str) -> bytes:
    return (stream if isinstance(stream, UUID) else UUID(stream)).bytes
