"""Holding the record against what was signed of it, and remembering how far it was well."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from domain.store.log.logs import LOGS
from domain.store.log.outside import Folder, pinned
from domain.store.log.verify import Make, Verdict, verify
from domain.store.pool import Connection
from jobs.sequence import checkpoints, key_file, witnesses


class RecordChanged(Exception):
    """Something is not as it was signed. Run `draad verify`, and keep the machine as it is."""


class NotSigned(Exception):
    """What was recorded waits for its checkpoint: look in the worker's log why nothing is signed."""


def remembered(home: Path) -> Folder:
    """How far everything was well at the last look."""
    return Folder(home / "verified")


def verdicts(
    db: Connection,
    home: Path,
    environ: Mapping[str, str],
    *,
    key: Path | None = None,
    all_notes: bool = False,
    make: Make | None = None,
) -> list[Verdict]:
    """Both logs, held against the home's checkpoints, the witnesses' and what was remembered. NotPinned."""
    folders = [checkpoints(home), *witnesses(environ), remembered(home)]
    return [
        verify(db, of, pinned(key or key_file(home), of.name), folders, all_notes=all_notes, make=make)
        for of in LOGS
    ]


def signed_upto(home: Path, verdict: Verdict, patience: int = 10) -> bool:
    """Whether these entries were signed, within so many seconds: it may just be under way."""
    for _ in range(patience if verdict.waiting else 0):
        note = checkpoints(home).last(verdict.log)
        if note and int(note.split("\n")[1]) >= verdict.entries:
            return True
        time.sleep(1)
    return not verdict.waiting


def remember(home: Path, verdict: Verdict) -> None:
    """It was well up to this checkpoint: no later one may be shorter."""
    note, folder = checkpoints(home).last(verdict.log), remembered(home)
    if verdict.ok and note and note != folder.last(verdict.log):
        folder.keep(verdict.log, note)
