"""A case from another organisation's Draad: the dossier is checked against their key, and comes in whole.

What comes in are the words that were sealed there, from the proofs, of the case and of who came; and the
files whose hash stands in its entries. The rest of the dossier is for people. The proofs stay with the case,
sealed, so that anybody who reads it here can check them again. Who looked stays with who wrote that down.
An entry that only just fitted there is too large here, where it also says where it comes from: of that one
the place comes in, and it is said which.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from domain.case import Case, CaseOpened
from domain.casework import Casework
from domain.contacts import ContactCancelled, ContactHeld, ContactLog, ContactsOpened
from domain.documents import DocumentAdded
from domain.entry import Entry
from domain.errors import NoSuchCase, TooMuch
from domain.imported import KeptBehind
from domain.store.database import APP, Database
from domain.store.imports import Known, Raw, ledger
from domain.store.mapper import Forged, WrittenByNewer, written_elsewhere
from domain.store.pool import connect
from domain.taken_over import Told, goes_on, kept_behind, opened, source_of
from domain.taken_over import told as told_there
from jobs.imports.summary import Listed, Summary
from jobs.imports.telling import AN_ENTRY, SAVE
from jobs.imports.unpack import Limits, Unpacking, Unreadable
from jobs.looks import taken_over
from jobs.work import Progress
from projections.elsewhere import KIND, comes_along
from projections.export import verifier
from projections.export.verifier import Wrong

PROOFS, FILES = "proofs.json", "documents/"
FILE_MISSING = "its file is not in this dossier"
TOO_LARGE = "with where it comes from it is larger than an entry can be"
NOT_READABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError)
Files = Mapping[str, bytes]  # by their hash


class CaseIsHere(Exception):
    """This case is here already, and goes on otherwise than in this file."""


def import_dossier(path: Path, key: str, database: Database, casework: Casework, shown: Progress) -> Summary:
    """Take the case over; the same file twice brings nothing new. Wrong, CaseIsHere, AnotherImport."""
    parts = unpacked(path)
    proofs = checked(parts, key)
    entries, came = list(read(proofs)), list(contacts(proofs))
    signed(parts, key)
    case_id = UUID(entries[0].source.id)
    files = {
        sha256(content).hexdigest(): content for name, content in parts.items() if name.startswith(FILES)
    }
    with (
        ledger(database.dsn(APP), database.secrets.names(), casework.vault) as kept,
        connect(database) as db,
    ):
        before = _here(casework, case_id, entries)
        taken_over(db, case_id, casework.clock())
        done = before
        for some in saves(entries[before:], files):
            _save(casework, case_id, some, files)
            shown(done := done + len(some), len(entries))
        new_contacts = _come_in(casework, casework.contacts(case_id), came)
        packed = zlib.compress(msgspec.json.encode({"key": key, "proofs": proofs}))
        source = kept.source(entries[0].source.system, KIND, str(case_id))
        raw = Raw(entries[0].source.system, KIND, str(case_id), "", packed)
        row = Known(source, case_id, case_id, hash=kept.hash(sha256(packed).hexdigest()))
        kept.keep(case_id, [row], [(source, row.hash or b"", raw)])
    case = casework.history(case_id)
    missing, large = list(_without_file(case, files, path.name)), list(_too_large(case, entries, path.name))
    new = len(entries) - before + new_contacts - sum(int(one.id) > before for one in large)
    return Summary(
        cases=int(before == 0),
        entries=len(entries) - before,
        contacts=new_contacts,
        imported=new,
        unchanged=len(entries) + len(came) - len(large) - new,
        resources=Counter(one.kind.TOPIC for one in (*entries, *came)) + Counter(file=len(missing)),
        held=missing + large,
    )


def unpacked(path: Path) -> dict[str, bytes]:
    """Every file of the dossier by its name. Wrong."""
    try:
        return dict(Unpacking(Limits()).parts(path))
    except Unreadable as why:
        raise Wrong(str(why)) from why


def checked(parts: Files, key: str) -> dict[str, Any]:
    """The proofs in this dossier, when they are as that key signed. Wrong says what is not."""
    try:
        verifier.listed(parts)
        proofs: dict[str, Any] = json.loads(parts[PROOFS])
        code, said = verifier.check(proofs, key)
    except NOT_READABLE as why:
        raise Wrong(f"This is no dossier with proofs that can be read ({type(why).__name__}).") from why
    if code != verifier.ALL:
        raise Wrong(said[-1])
    return proofs


def signed(parts: Files, key: str) -> None:
    """The list of files is theirs too, and so what is only to read. After the proofs, which name an entry."""
    try:
        verifier.signed_list(parts, key)
    except NOT_READABLE as why:
        raise Wrong(f"{verifier.NOTE}, with who signed it, cannot be read ({type(why).__name__}).") from why


def read(proofs: dict[str, Any]) -> Iterator[Told]:
    """Every entry of the case, in order. Wrong, when one is missing or is not known here."""
    stream, system, before = "", "", None
    for number, proof in enumerate(proofs["entries"], 1):
        if comes_along(proof):
            kind, facts = _written(number, proof)
            if not issubclass(kind, Entry) or (kind.TOPIC == "case_opened") != (number == 1):
                raise Wrong(f"Entry {number} is none of a case.")
            stream, system = stream or proof["stream"], system or facts["by"].organisation or proofs["log"]
            if (proof["stream"], proof["version"]) != (stream, number):
                raise Wrong(f"Entry {number} of the case is not in this dossier.")
            before = told_there(kind, facts, source_of(system, proof["topic"], stream, number, proof["hash"]))
        elif before is None:
            raise Wrong("The opening of the case is not in this dossier.")
        else:
            before = kept_behind(before, source_of(system, "", stream, number, proof["hash"]))
        yield before


def contacts(proofs: dict[str, Any]) -> Iterator[Told]:
    """Who came, in the order of the log. Wrong, when one is missing, or is of another case."""
    first = next(read(proofs)).source
    stream = str(ContactLog.create_id(UUID(first.id)))
    for number, proof in enumerate(proofs.get("contacts", ()), 1):
        if (proof["stream"], proof["version"]) != (stream, number) or "facts" not in proof:
            raise Wrong(f"Contact {number} of the case is not in this dossier.")
        kind, facts = _written(number, proof)
        if kind not in (ContactsOpened, ContactHeld, ContactCancelled):
            raise Wrong(f"Contact {number} is none of a case.")
        if kind is not ContactsOpened:
            source = source_of(first.system, proof["topic"], stream, number, proof["hash"])
            yield told_there(kind, facts, source)


def _written(number: int, proof: dict[str, Any]) -> tuple[type[Any], dict[str, Any]]:
    version = b64decode(proof["state"])[1]
    try:
        return written_elsewhere(proof["topic"], version, json.dumps(proof["facts"]).encode())
    except WrittenByNewer as why:
        raise Wrong(f"Entry {number} was written by a newer Draad: bring this one up to date first.") from why
    except (Forged, msgspec.MsgspecError) as why:
        raise Wrong(f"Entry {number} is of a kind that is not known here.") from why


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


def saves(told: Iterable[Told], files: Files) -> Iterator[list[Told]]:
    """The same, in order, cut into what is saved at once."""
    some, weight = list[Told](), 0
    for one in told:
        its = AN_ENTRY + len(str(one.facts).encode()) + sum(map(len, _files_of([one], files).values()))
        if some and weight + its > SAVE:
            yield some
            some, weight = [], 0
        some.append(one)
        weight += its
    if some:
        yield some


def _save(casework: Casework, case_id: UUID, new: Sequence[Told], files: Files) -> None:
    try:
        _keep(casework, case_id, new, files)
    except TooMuch as why:
        if len(new) > 1 or new[0].kind is CaseOpened:
            raise Wrong(f"Entry {new[0].source.version}: {TOO_LARGE}.") from why
        _keep(casework, case_id, [kept_behind(new[0], new[0].source)], files)


def _keep(casework: Casework, case_id: UUID, new: Sequence[Told], files: Files) -> None:
    if new[0].kind is not CaseOpened:
        with casework.changing(case_id) as change:
            goes_on(change.case, new)
            change.case.files |= _files_of(new, files)
        return
    case = opened(case_id, new[0], casework.clock)
    goes_on(case, new[1:])
    case.files |= _files_of(new, files)
    casework.open(case)


def _files_of(new: Sequence[Told], files: Files) -> dict[UUID, bytes]:
    """The files that these entries add, as far as they are here: the very ones, by their hash."""
    added = (one.facts for one in new if one.kind is DocumentAdded)
    return {one["document_id"]: files[one["sha256"]] for one in added if one["sha256"] in files}


def _without_file(case: Case, files: Files, place: str) -> Iterator[Listed]:
    for key, document in case.plan.documents.items():
        if document.sha256 not in files:
            yield Listed(place, "file", str(key), FILE_MISSING, FILE_MISSING, case.id)


def _too_large(case: Case, told: Sequence[Told], place: str) -> Iterator[Listed]:
    """What would have come in, and of which only the place did: and when it was recorded there."""
    for here, one in zip(case.entries, told, strict=False):
        known = here.source and here.source.recorded  # not of what could not be read there
        if known and isinstance(here, KeptBehind) and one.kind is not KeptBehind:
            yield Listed(place, "entry", str(here.number), TOO_LARGE, TOO_LARGE, case.id)


def _come_in(casework: Casework, log: ContactLog, came: Sequence[Told]) -> int:
    """Tell the log here who came there; gives how many of it are new."""
    known = {event.source.sha256 for event in log.told if event.source}
    new = [one for one in came if one.source.sha256 not in known]
    for some in saves(new, {}):
        for one in some:
            log.write(one.kind, one.facts, casework.clock())
        casework.keep(log)
    return len(new)
