"""So that a dossier is checked without us: the proofs of its entries, and the file that reads them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from domain.casework import Casework
from domain.contacts import ContactLog
from domain.entry import Entry
from domain.gaps import EntryGone
from domain.store.log.checkpoint import Checkpoint
from domain.store.log.outside import signer_of
from domain.store.log.proofs import Proofs, proofs_for
from domain.store.log.sequencer import LogBroken
from domain.store.pool import Connection
from domain.store.vault import Vault
from projections.export import verifier
from projections.export.dossier.contents import Dossier
from projections.export.dossier.pack import NOTE, Part
from projections.masked import in_wrong_case

PROOFS, VERIFIER, DOSSIER = "proofs.json", "verifier.py", "dossier"
WHAT = "that each entry stands on the log that was signed; what is not read here goes as its hash alone"
CHECKS = "checks the proofs without Draad: python3 verifier.py THIS.zip --key KEY, of the organisation"
NOT_SIGNED = "left out: no checkpoint was signed yet"
BROKEN = "left out: the log is not as it was signed"


def proofs(
    db: Connection, vault: Vault, made: Dossier, entries: int, *, contacts: bool = False
) -> tuple[list[Part], dict[str, Any]]:
    """The parts, and what the manifest says of them. `entries`: how many this case has.

    A dossier goes out also when nothing can be proven: somebody has a right to it.
    """
    try:
        found = _found(db, vault, made, contacts=contacts)
    except LogBroken:
        return [], {"entries": 0, "why": BROKEN}
    if found is None:
        return [], {"entries": 0, "why": NOT_SIGNED}
    many = len(found.entries)
    parts = [
        Part(PROOFS, found.as_json().encode(), WHAT),
        Part(VERIFIER, Path(verifier.__file__).read_bytes(), CHECKS),
    ]
    said = {"entries": many, "not_yet_signed": max(0, entries - many)}
    return parts, said | ({"contacts": len(found.contacts)} if contacts else {})


def signed(casework: Casework, manifest: Part, parts: int) -> Part:
    """The list of files, signed with the key of the log under another name: it is no checkpoint of a log."""
    key = signer_of(bytes.fromhex(casework.env["DRAAD_LOG"]), DOSSIER)
    note = key.sign(Checkpoint(key.name, parts, sha256(manifest.content).digest()))
    return Part(NOTE, note.encode(), "")


def _found(db: Connection, vault: Vault, made: Dossier, *, contacts: bool) -> Proofs | None:
    """With words only what this dossier tells whole, in the words that were sealed."""
    if made.asked.without_names:
        read = set()
    else:
        read = {line.number for line in made.lines if line.entry and _in_words(line.entry)}
    log = ContactLog.create_id(made.case_id)
    streams = [made.case_id, log] if contacts else [made.case_id]
    found = proofs_for(db, streams, vault, lambda stream, version: stream == log or version in read)
    return found and found.apart(log)


def _in_words(entry: Entry) -> bool:
    """Not what stood where now is a gap: until it is swept, its words could still be opened."""
    return not (isinstance(entry, EntryGone) or in_wrong_case(entry))
