"""What of a case was recorded elsewhere, and whether it is still as that organisation signed it."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.entry import Entry
from domain.imported import KeptBehind
from domain.store.imports import Raw
from domain.store.mapper import written_elsewhere
from domain.taken_over import told
from projections.export import verifier
from projections.export.verifier import Wrong

KIND = "dossier"  # of what came in, among the raw resources of a case


@dataclass(frozen=True)
class Elsewhere:
    """What one organisation recorded. `wrong`: what is not as it was signed; empty when all of it is."""

    organisation: str
    entries: int
    kept_behind: int
    first: datetime
    last: datetime
    taken_over: datetime
    log: str
    size: int  # entries on the log there, when it was signed
    wrong: str


def elsewhere(entries: Sequence[Entry], raws: Iterable[Raw]) -> list[Elsewhere]:
    """Checked now, with the key that was given when it came in."""
    latest = {(raw.system, raw.id): raw for raw in raws if raw.type == KIND}
    return [_checked(entries, raw) for raw in latest.values()]


def _checked(entries: Sequence[Entry], raw: Raw) -> Elsewhere:
    kept = json.loads(zlib.decompress(raw.packed))
    theirs = [e for e in entries if e.source and (e.source.system, e.source.id) == (raw.system, raw.id)]
    recorded = [e.source.recorded for e in theirs if e.source and e.source.recorded]
    origin, size, *_ = kept["proofs"]["checkpoint"].split("\n")
    return Elsewhere(
        organisation=raw.system,
        entries=len(theirs),
        kept_behind=sum(isinstance(entry, KeptBehind) for entry in theirs),
        first=min(recorded),
        last=max(recorded),
        taken_over=theirs[-1].timestamp,
        log=origin,
        size=int(size),
        wrong=_wrong(theirs, kept),
    )


def _wrong(theirs: Sequence[Entry], kept: dict[str, Any]) -> str:
    proofs = kept["proofs"]["entries"]
    try:
        verifier.check(kept["proofs"], kept["key"])
    except Wrong as why:
        return str(why)
    if len(proofs) != len(theirs):
        return f"{len(proofs)} entries were signed, and {len(theirs)} are here."
    other = (entry for entry, proof in zip(theirs, proofs, strict=True) if not _is(entry, proof))
    return next((f"Entry {entry.number} is not what was signed." for entry in other), "")


def _is(entry: Entry, proof: dict[str, Any]) -> bool:
    """Whether the entry here says what was sealed there."""
    if entry.source is None or entry.source.sha256 != proof["hash"]:
        return False
    if "facts" not in proof:
        return isinstance(entry, KeptBehind)
    version = b64decode(proof["state"])[1]
    kind, facts = written_elsewhere(proof["topic"], version, json.dumps(proof["facts"]).encode())
    there = told(kind, facts, entry.source).facts
    return type(entry) is kind and all(vars(entry)[name] == value for name, value in there.items())
