"""A backup is two folders: one with the record, and one with the keys, to be kept elsewhere.

Each has a list of what is in it, with hashes. A folder is there whole or not at all.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from domain.store.dump import hash_of

LIST = "list.json"
RECORD, KEYS = "record", "keys"  # what a folder holds, and what its dump is called


class NotEmpty(Exception):
    """There is something in this folder already. Choose an empty one."""


class NotApart(Exception):
    """The keys go in a folder of their own, outside that of the record: whoever has both has everything."""


class NoBackup(Exception):
    """This is no folder that `draad backup` made for this."""


class Damaged(Exception):
    """The backup is not as it was made. Take another one."""


class NotTogether(Exception):
    """These keys are of another installation, or older than this record: nobody could read it with them."""


@dataclass(frozen=True)
class Part:
    """One of the two folders. `log`: the name of its log, which no other installation has."""

    folder: Path
    what: str
    log: str
    made_at: datetime
    draad: str  # the version that made it

    @property
    def dump(self) -> Path:
        """The database."""
        return self.folder / f"{self.what}.dump"


@dataclass(frozen=True)
class Backup:
    """A record with keys that fit it: of the same moment, or younger."""

    record: Part
    keys: Part


@contextmanager
def made(folder: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when the block ends well; else there is nothing. NotEmpty."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(str(folder))
    half = half_of(folder)
    shutil.rmtree(half, ignore_errors=True)  # of one that was killed
    half.mkdir(mode=0o700, parents=True)
    try:
        yield half
        half.replace(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def half_of(folder: Path) -> Path:
    """What it is called until it is complete."""
    return folder.absolute().with_name(f".{folder.name}.half")


def refuse_together(folder: Path, keys: Path) -> None:
    """NotApart, when one is the other, or lies in it."""
    one, other = folder.resolve(), keys.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise NotApart


def list_up(part: Part) -> None:
    """Write down what is in the folder: the last thing that is put in it, and all of it on the disk."""
    files = {str(file.relative_to(part.folder)): hash_of(file) for file in _files(part.folder)}
    told = {**asdict(part), "made_at": part.made_at.isoformat(), "files": files}
    del told["folder"]
    (part.folder / LIST).write_text(json.dumps(told, indent=1) + "\n")
    os.sync()


def opened(folder: Path, keys: Path) -> Backup:
    """The backup in these folders, when everything is as it was made. NoBackup, Damaged, NotTogether."""
    backup = Backup(_opened(folder, RECORD), _opened(keys, KEYS))
    if backup.record.log != backup.keys.log or backup.keys.made_at < backup.record.made_at:
        raise NotTogether
    return backup


def this_version() -> str:
    """Of Draad."""
    return version("draad")


def _opened(folder: Path, what: str) -> Part:
    try:
        told: dict[str, Any] = json.loads((folder / LIST).read_text())
        files, made_at = told.pop("files"), datetime.fromisoformat(told.pop("made_at"))
        part = Part(folder, made_at=made_at, **told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoBackup(str(folder)) from error
    if part.what != what:
        raise NoBackup(str(folder))
    for name, was in files.items():
        file = folder / name
        if not file.is_file() or hash_of(file) != was:
            raise Damaged(str(file))
    return part


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
