"""What came from other systems before: which id it has here, and the resources as they came, sealed."""

from __future__ import annotations

import hmac
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from cryptography.exceptions import InvalidTag
from psycopg.rows import class_row

from domain.source import Source
from domain.store.access_log import Look, Visit, write
from domain.store.vault import Key, Vault, seal, unseal

ONE_AT_A_TIME = 5_701_734  # the number of our advisory lock, next to that of the migrations
OF_PATIENT = """
    SELECT source, case_id, noun, is_patient, hash
      FROM draad.imported
     WHERE source = %(source)s AND is_patient"""
OF_CASE = """
    SELECT source, case_id, noun, is_patient, hash
      FROM draad.imported
     WHERE case_id = %(case)s"""
KEEP = """
    INSERT INTO draad.imported (source, case_id, noun, is_patient, hash)
    SELECT s, %(case)s, n, p, h
      FROM unnest(%(sources)s::bytea[], %(nouns)s::uuid[], %(patients)s::boolean[], %(hashes)s::bytea[])
        AS kept (s, n, p, h)
    ON CONFLICT (case_id, source) DO UPDATE SET hash = EXCLUDED.hash"""
KEEP_RAW = """
    INSERT INTO draad.raw_resource (source, case_id, hash, sealed)
    SELECT s, %(case)s, h, r
      FROM unnest(%(sources)s::bytea[], %(hashes)s::bytea[], %(sealed)s::bytea[]) AS kept (s, h, r)
    ON CONFLICT DO NOTHING"""
RAW = """
    SELECT source, hash, sealed
      FROM draad.raw_resource
     WHERE case_id = %(case)s
     ORDER BY imported_at, source"""
WITHOUT = """
    UPDATE draad.raw_resource SET sealed = %(sealed)s
     WHERE case_id = %(case)s AND source = %(source)s AND hash = %(hash)s"""
RAW_KNOWN = "SELECT source, hash FROM draad.raw_resource WHERE case_id = %(case)s"

DOSSIER = "dossier"  # the type of the proofs of a case that another organisation recorded
PROVEN = {"place", "number", "hash", "path"}  # what stays of a proof that goes without words
TOLD_WHOLE = "Provenance"  # of another Draad: what its other resources show are the same words


class AnotherImport(Exception):
    """Another import is running. Wait until it is done, and start this one again."""


@dataclass(frozen=True)
class Known:
    """A resource, or a part of one, that has an id in a case. Without a hash its entries may be missing."""

    source: bytes
    case_id: UUID
    noun: UUID
    is_patient: bool = False
    hash: bytes | None = None


@dataclass(frozen=True)
class Raw:
    """A resource as it came: JSON or XML, packed with zlib."""

    system: str
    type: str
    id: str
    version: str
    packed: bytes


class Ledger:
    """What was imported before. Whoever holds it is the only one who imports."""

    def __init__(self, db: psycopg.Connection[Any], key: bytes, vault: Vault) -> None:
        self._db, self._key, self._vault = db, key, vault

    def source(self, system: str, type: str, id: str, part: str = "") -> bytes:
        """What stands for a resource in the tables, and tells nobody its id."""
        return hmac.digest(self._key, msgspec.json.encode((system, type, id, part)), "sha256")

    def hash(self, sha256: str) -> bytes:
        """What stands for a text, and lets nobody guess at it."""
        return hmac.digest(self._key, sha256.encode(), "sha256")

    def patient(self, source: bytes) -> Known | None:
        """The case that this patient has here."""
        with self._db.cursor(row_factory=class_row(Known)) as rows:
            return rows.execute(OF_PATIENT, {"source": source}).fetchone()

    def of_case(self, case_id: UUID) -> dict[bytes, Known]:
        """Everything in a case that came from elsewhere."""
        with self._db.cursor(row_factory=class_row(Known)) as rows:
            return {known.source: known for known in rows.execute(OF_CASE, {"case": case_id})}

    def keep(
        self,
        case_id: UUID,
        rows: Iterable[Known],
        raws: Iterable[tuple[bytes, bytes, Raw]] = (),
        looks: Iterable[tuple[Visit, Look]] = (),
    ) -> None:
        """Note ids and what was told, keep what came (source, hash, raw), and log: all of it, or nothing."""
        known = list(rows)
        columns = {
            "case": case_id,
            "sources": [row.source for row in known],
            "nouns": [row.noun for row in known],
            "patients": [row.is_patient for row in known],
            "hashes": [row.hash for row in known],
        }
        with self._db.transaction():
            self._db.execute(KEEP, columns)
            self._keep_raw(case_id, raws)
            for visit, look in looks:
                write(self._db, None, visit, [look])

    def _keep_raw(self, case_id: UUID, raws: Iterable[tuple[bytes, bytes, Raw]]) -> None:
        there = {tuple(row) for row in self._db.execute(RAW_KNOWN, {"case": case_id})}
        new = [one for one in raws if one[:2] not in there]
        if not new:
            return
        key = self._vault.of(case_id)
        sealed = [seal(key, msgspec.msgpack.encode(raw), case_id.bytes + source) for source, _, raw in new]
        columns = {"sources": [n[0] for n in new], "hashes": [n[1] for n in new], "sealed": sealed}
        self._db.execute(KEEP_RAW, {"case": case_id, **columns})

    def raw(self, case_id: UUID) -> Iterator[Raw]:
        """What came for this case, as it came."""
        return raw_of(self._db, self._vault, case_id)


def raw_of(db: psycopg.Connection[Any], vault: Vault, case_id: UUID) -> Iterator[Raw]:
    """What came for this case from elsewhere, as it came, the first first."""
    for source, _, sealed in db.execute(RAW, {"case": case_id}).fetchall():
        raw = _opened(vault.of(case_id), sealed, case_id.bytes + source)
        if raw.packed:
            yield raw


def take_out(db: psycopg.Connection[Any], vault: Vault, case_id: UUID, gone: Source) -> None:
    """What a destroyed entry was read from goes on without its words, in every version that came.

    Its row stays: else the same import would keep it anew.
    """
    key = vault.of(case_id)
    for source, version, sealed in db.execute(RAW, {"case": case_id}).fetchall():
        place = case_id.bytes + source
        with suppress(InvalidTag):  # it was lost before
            raw = _opened(key, sealed, place)
            if (left := _without(raw, gone)) != raw:
                anew = seal(key, msgspec.msgpack.encode(left), place)
                db.execute(WITHOUT, {"case": case_id, "source": source, "hash": version, "sealed": anew})


def _opened(key: Key, sealed: bytes, place: bytes) -> Raw:
    return msgspec.msgpack.decode(unseal(key, sealed, place), type=Raw)


def _without(raw: Raw, gone: Source) -> Raw:
    """Of a dossier that one proof goes on as a hash alone; of a resource nothing."""
    if raw.type == DOSSIER:
        kept = msgspec.json.decode(zlib.decompress(raw.packed))
        for proof in kept["proofs"]["entries"]:
            if proof["hash"] == gone.sha256:
                for name in proof.keys() - PROVEN:
                    del proof[name]
        return replace(raw, packed=zlib.compress(msgspec.json.encode(kept)))
    held = gone.type == TOLD_WHOLE or (raw.type, raw.id) == (gone.type, gone.id.partition("#")[0])
    return replace(raw, packed=b"") if held and raw.system == gone.system else raw


@contextmanager
def ledger(dsn: str, key: bytes, vault: Vault) -> Iterator[Ledger]:
    """The ledger, for one importer at a time."""
    with psycopg.connect(dsn, autocommit=True) as db:
        row = db.execute("SELECT pg_try_advisory_lock(%(lock)s)", {"lock": ONE_AT_A_TIME}).fetchone()
        if not row or not row[0]:
            raise AnotherImport
        try:
            yield Ledger(db, key, vault)
        finally:  # at once: the server takes its time to see that we left
            with suppress(psycopg.OperationalError):
                db.execute("SELECT pg_advisory_unlock(%(lock)s)", {"lock": ONE_AT_A_TIME})
