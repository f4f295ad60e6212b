"""Proof that entries are in the signed log, to go out with them: it is checked without us.

The log covers what was stored, and that is sealed. So an entry that may be read goes with the data key it was
sealed with: who checks opens it, and sees that these are the words that were sealed then. What may not be
read goes as its hash alone.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import class_row

from domain.store.log.leaves import Leaves
from domain.store.log.logs import RECORD
from domain.store.log.merkle import Hash, inclusion
from domain.store.log.sequencer import LogBroken
from domain.store.mapper import PLAIN, place
from domain.store.pool import Connection
from domain.store.vault import KeyGone, Vault, unseal

FORMAT = 1  # of the file
ON_THE_LOG = """
    SELECT leaf.place, leaf.number, leaf.hash, originator_id AS stream, originator_version AS version,
           topic, state, wrapped
      FROM draad.stored_events AS event
           LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
           JOIN draad.log_leaf AS leaf ON leaf.log = 'record' AND leaf.number = event.notification_id
     WHERE originator_id = ANY(%(streams)s) AND leaf.place < %(size)s
     ORDER BY leaf.place"""


@dataclass(frozen=True)
class Listed:
    """An entry with its place on the log, as both lie in the database."""

    place: int
    number: int
    hash: Hash
    stream: UUID
    version: int
    topic: str
    state: bytes
    wrapped: bytes | None


@dataclass(frozen=True)
class Proofs:
    """A checkpoint, and of each entry the path from its hash up to the root that was signed.

    `contacts`: of who came, when these go along.
    """

    note: str
    entries: tuple[dict[str, Any], ...]
    contacts: tuple[dict[str, Any], ...] = ()

    def apart(self, log: UUID) -> Proofs:
        """With what stands in this log of contacts by itself."""
        came = tuple(one for one in self.entries if one.get("stream") == str(log))
        return Proofs(self.note, tuple(one for one in self.entries if one not in came), came)

    def as_json(self) -> str:
        """As `verifier.py` reads it."""
        told = {"format": FORMAT, "log": RECORD.name, "checkpoint": self.note, "entries": self.entries}
        told |= {"contacts": self.contacts} if self.contacts else {}
        return json.dumps(told, ensure_ascii=False, indent=1)


Shown = Callable[[UUID, int], bool]


def proofs_for(
    db: Connection, streams: Collection[UUID], vault: Vault | None = None, shown: Shown = lambda *_: True
) -> Proofs | None:
    """Of all entries of these streams that a checkpoint covers; None when there is none yet. LogBroken.

    `shown`: whether this entry of this stream may be read; without a vault none is opened.
    """
    row: Any = db.execute("SELECT note FROM draad.log_head WHERE log = 'record'").fetchone()
    if row is None:
        return None
    note = str(row[0])
    _, size, root, *_ = note.split("\n")
    leaves = Leaves(db, RECORD.name)
    if leaves.over(0, int(size)) != b64decode(root):
        raise LogBroken
    with db.cursor(row_factory=class_row(Listed), binary=True) as rows:
        asked = {"streams": list(streams), "size": int(size)}
        found = rows.execute(ON_THE_LOG, asked).fetchall()
    return Proofs(note, tuple(_proven(one, int(size), leaves, vault, shown) for one in found))


def _proven(one: Listed, size: int, leaves: Leaves, vault: Vault | None, shown: Shown) -> dict[str, Any]:
    proof: dict[str, Any] = {
        "place": one.place,
        "number": one.number,
        "hash": one.hash.hex(),
        "path": [step.hex() for step in inclusion(one.place, size, leaves.over)],
    }
    if not shown(one.stream, one.version):
        return proof
    proof |= {
        "stream": str(one.stream),
        "version": one.version,
        "topic": one.topic,
        "state": b64encode(one.state).decode(),
    }
    key = _data_key(vault, one) if vault else None
    if key:
        proof["key"] = b64encode(key).decode()
    if key or one.state[:1] == PLAIN:
        proof["facts"] = json.loads(_opened(one, key))
    return proof


def _data_key(vault: Vault, one: Listed) -> bytes | None:
    """The key of this one entry; None when it is plain, or forgotten."""
    if one.wrapped is None:
        return None
    try:
        return unseal(vault.of(one.stream), one.wrapped, place(one.stream, one.version))
    except KeyGone:
        return None


def _opened(one: Listed, key: bytes | None) -> bytes:
    head, text = one.state[:2], one.state[2:]
    if key is None:
        return text
    return unseal(AESGCM(key), text, head + place(one.stream, one.version) + one.topic.encode())
