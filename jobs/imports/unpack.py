"""The texts in the files and folders that were named: unpacked, one at a time, and within limits."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import IO, cast

LINES = {".ndjson", ".jsonl"}
KINDS = LINES | {".json", ".xml"}
PACKED = {".gz", ".bz2", ".zip"}
CHUNK = 1 << 16


@dataclass(frozen=True)
class Limits:
    """How much may come out of files that others made."""

    text: int = 512 << 20  # bytes of one text, unpacked
    total: int = 4 << 30  # bytes of one run, unpacked
    members: int = 20_000  # in one zip
    nesting: int = 3  # packed in packed


class Unreadable(Exception):
    """A file that was not read, and why."""


class TooMuch(Unreadable):
    """More comes out of this file than a record can hold."""


@dataclass(frozen=True)
class Text:
    """What one file, or one member of a zip, says. `place` names it for people."""

    place: str
    folder: str  # the folder that was named, or in which the named file lies
    content: bytes
    in_lines: bool = False  # a resource a line


@dataclass(frozen=True)
class Member:
    """A file, or a file in a zip. `name` loses a suffix each time it is unpacked."""

    place: str
    folder: str
    name: str


def files(named: list[Path]) -> list[tuple[Path, str]]:
    """Every file to read, in order, with the name of its folder. Links inside a folder are not followed."""
    found = []
    for path in named:
        if not path.is_dir():
            found.append((path, path.resolve().parent.name))
            continue
        inside = (p for p in sorted(path.rglob("*")) if p.is_file() and not p.is_symlink())
        found += [(p, path.resolve().name) for p in inside if _readable(p.name)]
    return found


def _readable(name: str) -> bool:
    """Whether the name says JSON or XML, packed or not."""
    suffixes = PurePath(name.lower()).suffixes
    while suffixes and suffixes[-1] in {".gz", ".bz2"}:
        suffixes.pop()
    return bool(suffixes) and suffixes[-1] in KINDS | {".zip"}


class Unpacking:
    """Takes texts out of files, and counts what came out in the whole run."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.left = limits, limits.total

    def texts(self, path: Path, folder: str) -> Iterator[Text | Unreadable]:
        """The texts of one file. What cannot be read says so in its place; the next is read all the same."""
        try:
            with path.open("rb") as stream:
                yield from self._from(Member(path.name, folder, path.name), stream, 0)
        except OSError as error:
            yield Unreadable(f"{path.name}: cannot be opened ({error.strerror})")

    def parts(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Every file of one zip by its name there, of whatever kind and as it is. Unreadable."""
        try:
            with zipfile.ZipFile(path) as archive:
                if len(archive.namelist()) > self.limits.members:
                    raise TooMuch(f"{path.name}: more than {self.limits.members} files in one zip")
                for name in archive.namelist():
                    with archive.open(name) as opened:
                        yield name, self._bounded(name, opened)
        except BROKEN as error:
            raise Unreadable(f"{path.name}: broken ({error})") from error

    def _from(self, member: Member, stream: IO[bytes], depth: int) -> Iterator[Text | Unreadable]:
        suffix = PurePath(member.name.lower()).suffix
        if depth > self.limits.nesting:
            yield TooMuch(f"{member.place}: packed more than {self.limits.nesting} times over")
        elif suffix == ".zip":
            yield from self._zip(member, stream, depth)
        elif suffix in PACKED:
            inside = gzip.GzipFile(fileobj=stream) if suffix == ".gz" else bz2.BZ2File(stream)
            unpacked = replace(member, name=member.name[: -len(suffix)])
            yield from self._from(unpacked, cast("IO[bytes]", inside), depth + 1)
        elif suffix in KINDS:
            yield self._text(member, stream)
        else:
            yield Unreadable(f"{member.place}: neither JSON nor XML")

    def _zip(self, archived: Member, stream: IO[bytes], depth: int) -> Iterator[Text | Unreadable]:
        place = archived.place
        try:
            whole = stream if depth == 0 else io.BytesIO(self._bounded(place, stream))
            archive = zipfile.ZipFile(whole)
        except (Unreadable, *BROKEN) as error:
            yield error if isinstance(error, Unreadable) else Unreadable(f"{place}: broken ({error})")
            return
        members = [member for member in archive.infolist() if _readable(member.filename)]
        if len(members) > self.limits.members:
            yield TooMuch(f"{place}: more than {self.limits.members} files in one zip")
            return
        for member in members:
            inside = Member(f"{place}/{member.filename}", archived.folder, member.filename)
            try:
                with archive.open(member) as opened:
                    yield from self._from(inside, opened, depth + 1)
            except BROKEN as error:
                yield Unreadable(f"{inside.place}: broken ({error})")

    def _text(self, member: Member, stream: IO[bytes]) -> Text | Unreadable:
        try:
            content = self._bounded(member.place, stream)
        except Unreadable as error:
            return error
        except BROKEN as error:
            return Unreadable(f"{member.place}: broken ({error})")
        return Text(member.place, member.folder, content, PurePath(member.name.lower()).suffix in LINES)

    def _bounded(self, place: str, stream: IO[bytes]) -> bytes:
        """All of it, or TooMuch. It is counted while it unpacks: what a header promises proves nothing."""
        content = io.BytesIO()
        while chunk := stream.read(CHUNK):
            content.write(chunk)
            self.left -= len(chunk)
            if content.tell() > self.limits.text or self.left < 0:
                raise TooMuch(f"{place}: more comes out of it than is read at once")
        return content.getvalue()


BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)
