"""A case from another organisation's Draad: the dossier is checked against their key, and comes in whole.

What comes in are the words that were sealed there, from the proofs; the other files of the dossier are for
people. The proofs stay with the case, sealed, so that anybody who reads it here can check them again.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from domain.case import Case
from domain.casework import Casework
from domain.entry import Entry
from domain.errors import NoSuchCase
from domain.store.database import APP, Database
from domain.store.imports import Known, Raw, ledger
from domain.store.mapper import Forged, WrittenByNewer, written_elsewhere
from domain.store.pool import connect
from domain.taken_over import Told, goes_on, kept_behind, opened, source_of
from domain.taken_over import told as told_there
from jobs.imports.summary import Summary
from jobs.imports.unpack import Limits, Unpacking, Unreadable
from jobs.looks import taken_over
from jobs.work import Progress
from projections.elsewhere import KIND
from projections.export import verifier
from projections.export.verifier import Wrong

A_SAVE = 50  # entries: a save holds at most 256 kB
MANIFEST, PROOFS = "manifest.json", "proofs.json"
NOT_READABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError)


class CaseIsHere(Exception):
    """This case is here already, and goes on otherwise than in this file."""


def import_dossier(path: Path, key: str, database: Database, casework: Casework, shown: Progress) -> Summary:
    """Take the case over; the same file twice brings nothing new. Wrong, CaseIsHere, AnotherImport."""
    proofs = checked(path, key)
    entries = list(read(proofs))
    case_id = UUID(entries[0].source.id)
    with (
        ledger(database.dsn(APP), database.secrets.names(), casework.vault) as kept,
        connect(database) as db,
    ):
        before = _here(casework, case_id, entries)
        taken_over(db, case_id, casework.clock())
        for done in range(before, len(entries), A_SAVE):
            _save(casework, case_id, entries[:done], entries[done : done + A_SAVE])
            shown(done, len(entries))
        packed = zlib.compress(msgspec.json.encode({"key": key, "proofs": proofs}))
        source = kept.source(entries[0].source.system, KIND, str(case_id))
        raw = Raw(entries[0].source.system, KIND, str(case_id), "", packed)
        row = Known(source, case_id, case_id, hash=kept.hash(sha256(packed).hexdigest()))
        kept.keep(case_id, [row], [(source, row.hash or b"", raw)])
    new = len(entries) - before
    return Summary(
        cases=int(before == 0),
        entries=new,
        imported=new,
        unchanged=before,
        resources=Counter(one.kind.TOPIC for one in entries),
    )


def checked(path: Path, key: str) -> dict[str, Any]:
    """The proofs in this dossier, when they are as that key signed. Wrong says what is not."""
    try:
        parts = dict(Unpacking(Limits()).parts(path))
        _as_packed(parts)
        proofs: dict[str, Any] = json.loads(parts[PROOFS])
        code, said = verifier.check(proofs, key)
    except Unreadable as why:
        raise Wrong(str(why)) from why
    except NOT_READABLE as why:
        raise Wrong(f"This is no dossier with proofs that can be read ({type(why).__name__}).") from why
    if code != verifier.ALL:
        raise Wrong(said[-1])
    return proofs


def _as_packed(parts: Mapping[str, bytes]) -> None:
    """Every file on the list is there, as it was made: also those that are for people."""
    for part in json.loads(parts[MANIFEST])["parts"]:
        if part["name"] not in parts:
            raise Wrong(f"{part['name']} is not in this dossier.")
        if sha256(parts[part["name"]]).hexdigest() != part["sha256"]:
            raise Wrong(f"{part['name']} is not the file that was packed.")


def read(proofs: dict[str, Any]) -> Iterator[Told]:
    """Every entry of the case, in order. Wrong, when one is missing or is not known here."""
    stream, system, before = "", "", None
    for number, proof in enumerate(proofs["entries"], 1):
        if "facts" in proof:
            kind, facts = _written(number, proof)
            stream, system = stream or proof["stream"], system or facts["by"].organisation or proofs["log"]
            if (proof["stream"], proof["version"]) != (stream, number):
                raise Wrong(f"Entry {number} of the case is not in this dossier.")
            before = told_there(kind, facts, source_of(system, proof["topic"], stream, number, proof["hash"]))
        elif before is None:
            raise Wrong("The opening of the case is not in this dossier.")
        else:
            before = kept_behind(before, source_of(system, "", stream, number, proof["hash"]))
        yield before


def _written(number: int, proof: dict[str, Any]) -> tuple[type[Entry], dict[str, Any]]:
    version = b64decode(proof["state"])[1]
    try:
        kind, facts = written_elsewhere(proof["topic"], version, json.dumps(proof["facts"]).encode())
    except WrittenByNewer as why:
        raise Wrong(f"Entry {number} was written by a newer Draad: bring this one up to date first.") from why
    except (Forged, msgspec.MsgspecError) as why:
        raise Wrong(f"Entry {number} is of a kind that is not known here.") from why
    if not issubclass(kind, Entry) or (kind.TOPIC == "case_opened") != (number == 1):
        raise Wrong(f"Entry {number} is none of a case.")
    return kind, facts


def _here(casework: Casework, case_id: UUID, entries: Sequence[Told]) -> int:
    """How many of these are here already, of an import before or one cut off. CaseIsHere, CaseIsErased."""
    try:
        there = casework.history(case_id).entries
    except NoSuchCase:
        return 0
    same = min(len(there), len(entries))
    if any(
        held.source is None or held.source.sha256 != one.source.sha256
        for held, one in zip(there[:same], entries[:same], strict=True)
    ):
        raise CaseIsHere
    return same


def _save(casework: Casework, case_id: UUID, before: Sequence[Told], new: Sequence[Told]) -> Case:
    if before:
        with casework.changing(case_id) as change:
            goes_on(change.case, new)
            return change.case
    case = opened(case_id, new[0], casework.clock)
    goes_on(case, new[1:])
    casework.open(case)
    return case
