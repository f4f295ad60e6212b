"""What is kept outside the database: checkpoints, a line for every entry, and the key that they are known by.

A folder of checkpoints is the home's own or that of a witness. Files only grow; what a power cut left half
written at the end is not read, and written over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from struct import Struct

from domain.store.log.checkpoint import NoCheckpoint, Signer, Verifier
from domain.store.log.logs import Line
from domain.store.secret import Secrets

APART = "\n\n"  # between the text of a note and what signs it, and after each
DASH = "\N{EM DASH} ".encode()  # what a signature begins with
TAIL = 8192  # bytes, of which the last checkpoint takes some 250
LINE = Struct(">32sq16sq")
KEY = Path("checkpoints") / "key"  # in the home: the public keys of both logs


class NotPinned(Exception):
    """There is no file with the key of this log: name it with --key."""


@dataclass(frozen=True)
class Folder:
    """Checkpoints of both logs. `path` need not be there until something is kept."""

    path: Path

    def notes(self, log: str) -> list[str]:
        """All checkpoints, the oldest first."""
        return self._notes(f"{log}.checkpoints")

    def losses(self, log: str) -> list[str]:
        """What somebody accepted that a restore could not bring back: see losses.py."""
        return self._notes(f"{log}.losses")

    def _notes(self, name: str) -> list[str]:
        file = self.path / name
        parts = file.read_text(errors="replace").split(APART) if file.exists() else []
        return [f"{text}{APART}{signed}\n" for text, signed in zip(parts[:-1:2], parts[1:-1:2], strict=False)]

    def last(self, log: str) -> str | None:
        """The newest checkpoint."""
        return self._end(f"{log}.checkpoints")[0]

    def keep(self, log: str, note: str) -> None:
        """One more, on the disk before this returns."""
        self._add(f"{log}.checkpoints", note)

    def accept(self, log: str, note: str) -> None:
        """One more loss, on the disk before this returns."""
        self._add(f"{log}.losses", note)

    def _add(self, name: str, note: str) -> None:
        self._write(name, self._end(name)[1], f"{note}\n".encode())

    def _end(self, name: str) -> tuple[str | None, int]:
        """The last note in a file, and where it ends: what comes after was half written."""
        file = self.path / name
        if not file.exists():
            return None, 0
        size = file.stat().st_size
        with file.open("rb") as opened:
            opened.seek(max(0, size - TAIL))
            *parts, half = opened.read().split(APART.encode())
        if parts and not parts[-1].startswith(DASH):
            half = parts.pop() + APART.encode() + half
        note = APART.join(part.decode(errors="replace") for part in parts[-2:]) + "\n" if parts else None
        return note, size - len(half)

    def lines(self, log: str) -> list[Line]:
        """A line for every entry, as far as they are written."""
        file = self.path / f"{log}.lines"
        written = file.read_bytes() if file.exists() else b""
        return [Line(*found) for found in LINE.iter_unpack(written[: len(written) // LINE.size * LINE.size])]

    def held(self, log: str) -> tuple[int, int]:
        """How many lines there are, and the number in the last."""
        file = self.path / f"{log}.lines"
        count = file.stat().st_size // LINE.size if file.exists() else 0
        if not count:
            return 0, 0
        with file.open("rb") as opened:
            opened.seek((count - 1) * LINE.size)
            return count, Line(*LINE.unpack(opened.read(LINE.size))).number

    def write_lines(self, log: str, first: int, lines: Sequence[Line]) -> None:
        """The next ones, on the disk before this returns."""
        self._write(f"{log}.lines", first * LINE.size, b"".join(LINE.pack(*line) for line in lines))

    def _write(self, name: str, at: int, text: bytes) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not (self.path / name).exists()
        file = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.truncate(file, at)  # what was half written
            os.pwrite(file, text, at)
            os.fsync(file)
        finally:
            os.close(file)
        if new:
            _settle(self.path)


def signer(secrets: Secrets, log: str) -> Signer:
    """The key of this installation for this log. Its name follows from the key: another has another name."""
    return signer_of(bytes.fromhex(secrets.read("log")), log)


def signer_of(seed: bytes, what: str) -> Signer:
    """The same key under another name: what it signed as one thing is never taken for another."""
    public = Signer("", seed).verifier.key
    return Signer(f"draad-{sha256(public).hexdigest()[:16]}/{what}", seed)


def pin(file: Path, keys: Iterable[Verifier]) -> None:
    """Write down the public keys, once: whoever comes with others later is found."""
    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{os.getpid()}")
    half.write_text("".join(f"{key}\n" for key in keys))
    half.replace(file)
    _settle(file.parent)


def pinned(file: Path, log: str) -> Verifier:
    """The key that was written down for this log. NotPinned."""
    if not file.exists():
        raise NotPinned
    for line in file.read_text().splitlines():
        try:
            key = Verifier.parse(line)
        except NoCheckpoint:
            continue
        if key.name.endswith(f"/{log}"):
            return key
    raise NotPinned


def _settle(folder: Path) -> None:
    """A new file must outlive a power cut as well."""
    opened = os.open(folder, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
