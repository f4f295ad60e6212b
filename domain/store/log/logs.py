"""The two logs: of what was recorded, and of who looked; and what is hashed of each row, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import chain
from struct import Struct
from typing import Any, NamedTuple

from psycopg.pq import Format
from psycopg.pq.abc import PGresult

from domain.store.log.merkle import Hash, leaf_hash
from domain.store.pool import Connection
from domain.store.raw import answered

FORMAT = b"\x01"  # of what is hashed; another makes other leaves
BEGIN = b"\0" + FORMAT  # of the leaf of an entry: no node can be taken for it
AT_ONCE = 4096  # rows in memory
NUMBER = Struct("!q")
FIRST, LAST = -(2**63), 2**63 - 1  # numbers: also those that nothing of ours would give
NONE = b"\xff\xff\xff\xff"
Fields = Sequence[bytes | None]  # as PostgreSQL sends them in binary


class Line(NamedTuple):
    """The hash of a row, and by what names it is found again when it is gone."""

    hash: Hash
    number: int
    stream: bytes
    version: int


@dataclass(frozen=True)
class Log:
    """A table whose rows have a number, and come in the order of their numbers."""

    name: str
    rows: str  # those with a number after the one, up to and with the other
    until: str  # the number up to which nothing comes in between any more
    leaf: Callable[[Fields], Hash]
    names: tuple[int, int]  # at which place in a row its stream stands, and its number in the stream

    def read(self, db: Connection, after: int, until: int, limit: int | None = None) -> Iterator[Fields]:
        """The rows, number first, in order: raw, for they are what was promised not to change."""
        return chain.from_iterable(self._read(db, after, until, LAST if limit is None else limit))

    def leaves(self, db: Connection, after: int, until: int) -> bytes:
        """The hashes of these rows, made now, one after the other."""
        return b"".join([self.leaf(fields) for fields in self.read(db, after, until)])

    def safe(self, db: Connection, after: int) -> int:
        """Up to where the log may go, when it is as far as `after`."""
        row: Any = db.execute(self.until.encode(), {"after": after}).fetchone()
        return int(row[0])

    def _read(self, db: Connection, after: int, until: int, limit: int) -> Iterator[list[Fields]]:
        while limit:
            most = min(limit, AT_ONCE)
            asked = [NUMBER.pack(number) for number in (after, until, most)]
            formats = [Format.BINARY] * len(asked)
            rows = db.pgconn.exec_params(self.rows.encode(), asked, None, formats, Format.BINARY)
            found = _fields(answered(db, rows))
            yield found
            if len(found) < most:
                return
            limit -= most
            after = _number(found[-1][0])

    def line(self, fields: Fields) -> Line:
        """What is remembered of a row."""
        stream, version = (fields[place] or b"" for place in self.names)
        return Line(self.leaf(fields), _number(fields[0]), stream, _number(version))


def entry_leaf(fields: Fields) -> Hash:
    """Of an entry of the record: its number, stream, version, hash of the topic, and what was stored of it.

    That is the ciphertext: when its key is destroyed, this stays as it was.
    """
    number, stream, version, topic, state = fields
    # In one go: this is where verifying spends its time.
    return sha256(b"".join((BEGIN, number, stream, version, _topic_hash(topic), state))).digest()  # type: ignore[arg-type]


def look_leaf(fields: Fields) -> Hash:
    """Of a line of who looked: every column, each after its length."""
    return leaf_hash(FORMAT + b"".join(NONE if f is None else len(f).to_bytes(4, "big") + f for f in fields))


def _fields(rows: PGresult) -> list[Fields]:
    value, columns = rows.get_value, range(rows.nfields)
    return [[value(row, column) for column in columns] for row in range(rows.ntuples)]


def _number(sent: bytes | None) -> int:
    return int.from_bytes(sent or b"", "big", signed=True)


@cache
def _topic_hash(topic: bytes) -> Hash:
    return sha256(topic).digest()


RECORD = Log(
    "record",
    """
    SELECT notification_id, originator_id, originator_version, topic, state
      FROM draad.stored_events
     WHERE notification_id > $1 AND notification_id <= $2
     ORDER BY notification_id
     LIMIT $3""",
    "SELECT coalesce(max(notification_id), 0) FROM draad.stored_events",  # append() sees to the order
    entry_leaf,
    (1, 2),
)
LOOKS = Log(
    "looks",
    """
    SELECT id, event_code, action, occurred_at, utc_offset, user_id, user_role, object_id_type, object_id,
           authorisation_protocol, source_id, user_name, organisation, team, on_behalf_of_id,
           on_behalf_of_role, why, detail, entry, request_id, access_point_type, outcome
      FROM draad.access_log
     WHERE id > $1 AND id <= $2
     ORDER BY id
     LIMIT $3""",
    # Lines come in side by side: a number can be seen before a lower one is there. When nobody writes, after
    # the moment at which the highest was seen, all below it are there. A lock would hold up who looks.
    """
    SELECT CASE WHEN EXISTS (SELECT
                               FROM pg_locks
                              WHERE relation = 'draad.access_log'::regclass AND mode = 'RowExclusiveLock'
                                AND database = (SELECT oid
                                                  FROM pg_database
                                                 WHERE datname = current_database())
                                AND pid IS DISTINCT FROM pg_backend_pid())
                THEN %(after)s::bigint
                ELSE (SELECT coalesce(max(id), 0) FROM draad.access_log) END""",
    look_leaf,
    (8, 18),
)
LOGS = (RECORD, LOOKS)
