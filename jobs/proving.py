"""So that a dossier is checked without us: the proofs of its entries, and the file that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain.store.log.proofs import Proofs, proofs_for
from domain.store.log.sequencer import LogBroken
from domain.store.pool import Connection
from domain.store.vault import Vault
from projections.export import verifier
from projections.export.dossier.contents import Dossier
from projections.export.dossier.pack import Part
from projections.masked import in_wrong_case

PROOFS, VERIFIER = "proofs.json", "verifier.py"
WHAT = "that each entry stands on the log that was signed; what is not read here goes as its hash alone"
CHECKS = "checks the proofs without Draad: python3 verifier.py THIS.zip --key KEY, of the organisation"
NOT_SIGNED = "left out: no checkpoint was signed yet"
BROKEN = "left out: the log is not as it was signed"


def proofs(db: Connection, vault: Vault, made: Dossier, entries: int) -> tuple[list[Part], dict[str, Any]]:
    """The parts, and what the manifest says of them. `entries`: how many this case has.

    A dossier goes out also when nothing can be proven: somebody has a right to it.
    """
    try:
        found = _found(db, vault, made)
    except LogBroken:
        return [], {"entries": 0, "why": BROKEN}
    if found is None:
        return [], {"entries": 0, "why": NOT_SIGNED}
    many = len(found.entries)
    parts = [
        Part(PROOFS, found.as_json().encode(), WHAT),
        Part(VERIFIER, Path(verifier.__file__).read_bytes(), CHECKS),
    ]
    return parts, {"entries": many, "not_yet_signed": max(0, entries - many)}


def _found(db: Connection, vault: Vault, made: Dossier) -> Proofs | None:
    """With words only what this dossier tells whole, in the words that were sealed."""
    if made.asked.without_names:
        read = set()
    else:
        read = {line.number for line in made.lines if line.entry and not in_wrong_case(line.entry)}
    return proofs_for(db, [made.case_id], vault, lambda _, version: version in read)
