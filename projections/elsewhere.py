"""What of a case was recorded elsewhere, and whether it is still as that organisation signed it."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from domain.case import Case
from domain.contacts import ContactCancelled, ContactHeld
from domain.entry import Entry
from domain.erasing import EntryDestroyed
from domain.gaps import EntryGone
from domain.imported import KeptBehind
from domain.nouns import Document
from domain.store.imports import DOSSIER, Raw
from domain.store.mapper import written_elsewhere
from domain.taken_over import told
from projections.export import verifier
from projections.export.verifier import Wrong

Came = ContactHeld | ContactCancelled
Told = TypeVar("Told", Entry, Came)
KIND = DOSSIER  # of what came in, among the raw resources of a case


@dataclass(frozen=True)
class Elsewhere:
    """What one organisation recorded. `wrong`: what is not as it was signed; empty when all of it is.

    `documents`: the files that came along, by their id.
    """

    organisation: str
    entries: int
    contacts: int
    documents: dict[UUID, Document]
    kept_behind: int
    first: datetime
    last: datetime
    taken_over: datetime
    log: str
    size: int  # entries on the log there, when it was signed
    wrong: str


def elsewhere(case: Case, raws: Iterable[Raw]) -> list[Elsewhere]:
    """Checked now, with the key that was given when it came in."""
    latest = {(raw.system, raw.id): raw for raw in raws if raw.type == KIND}
    return [_checked(case, raw) for raw in latest.values()]


def _checked(case: Case, raw: Raw) -> Elsewhere:
    kept = json.loads(zlib.decompress(raw.packed))
    theirs = list(_from(case.entries, raw.system, raw.id))
    came = list(_from(case.log.told, raw.system, str(case.log.id)))
    numbers = {entry.number for entry in theirs}
    recorded = [e.source.recorded for e in theirs if e.source and e.source.recorded]
    origin, size, *_ = kept["proofs"]["checkpoint"].split("\n")
    return Elsewhere(
        organisation=raw.system,
        entries=len(theirs),
        contacts=sum(isinstance(event, ContactHeld) for event in came),
        documents={key: one for key, one in case.plan.documents.items() if one.entry in numbers},
        kept_behind=sum(isinstance(entry, KeptBehind) for entry in theirs),
        first=min(recorded),
        last=max(recorded),
        taken_over=theirs[-1].timestamp,
        log=origin,
        size=int(size),
        wrong=_wrong(case.entries, came, kept),
    )


def _from(told: Iterable[Told], system: str, stream: str) -> Iterator[Told]:
    return (one for one in told if one.source and (one.source.system, one.source.id) == (system, stream))


def comes_along(proof: dict[str, Any]) -> bool:
    """Whether it comes in as it was told there.

    That an entry was destroyed there does not: told here, it would take an entry of ours away.
    """
    return "facts" in proof and proof["topic"] != EntryDestroyed.TOPIC


def _wrong(here: Sequence[Entry], came: Sequence[Came], kept: dict[str, Any]) -> str:
    proofs, logged = kept["proofs"]["entries"], kept["proofs"].get("contacts", [])[1:]  # after the opening
    try:
        verifier.check(kept["proofs"], kept["key"])
    except Wrong as why:
        return str(why)
    theirs = here[: len(proofs)]  # they came first, each in its own place
    if len(proofs) != len(theirs):
        return f"{len(proofs)} entries were signed, and {len(theirs)} are here."
    if len(logged) != len(came):
        return f"{len(logged)} entries about contacts were signed, and {len(came)} are here."
    other = (entry for entry, proof in zip(theirs, proofs, strict=True) if not _is(entry, proof))
    others = (event for event, proof in zip(came, logged, strict=True) if not _is(event, proof))
    said = chain(
        (f"Entry {entry.number} is not what was signed." for entry in other),
        (f"Contact {event.originator_version} is not what was signed." for event in others),
    )
    return next(said, "")


def _is(entry: Entry | Came, proof: dict[str, Any]) -> bool:
    """Whether the entry here says what was sealed there, or is gone because two people here decided that."""
    if isinstance(entry, EntryGone):
        return entry.gone_on is not None
    if entry.source is None or entry.source.sha256 != proof["hash"]:
        return False
    if isinstance(entry, KeptBehind) or not comes_along(proof):
        return isinstance(entry, KeptBehind)
    version = b64decode(proof["state"])[1]
    kind, facts = written_elsewhere(proof["topic"], version, json.dumps(proof["facts"]).encode())
    there = told(kind, facts, entry.source).facts
    return type(entry) is kind and all(vars(entry)[name] == value for name, value in there.items())
