"""A CSV file as another system wrote it: read line by line, whatever its size."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, cast

BROKEN = (OSError, EOFError, zlib.error)


class NotATable(Exception):
    """A file that cannot be read, with the reason why not."""


class Unusable(Exception):
    """Why one line cannot be used."""


@dataclass(frozen=True)
class Line:
    """A line of the table, with its number in the file. With a `why` it could not be taken apart."""

    number: int
    cells: list[str]
    why: str = ""


class Table:
    """The names of the columns, and the lines under them."""

    def __init__(self, path: Path, raw: IO[bytes], text: io.TextIOWrapper) -> None:
        self.path, self.size, self._raw = path, path.stat().st_size, raw
        with self._readable():
            first = text.readline()
            between = max(";,\t", key=first.count)
            self._reader = csv.reader(chain([first], text), delimiter=between, strict=True)
            self.head = [name.strip() for name in next(self._reader, [])]

    @property
    def read(self) -> int:
        """How many bytes of the file were read."""
        return self._raw.tell()

    def columns(self, *names: str) -> list[int]:
        """Where these columns stand. NotATable says what is missing, and what there is."""
        if missing := [name for name in names if name not in self.head]:
            are, there = ", ".join(missing), ", ".join(name for name in self.head if name) or "nothing"
            raise NotATable(f"{self.path.name} has no column {are}. The first line has: {there}.")
        return [self.head.index(name) for name in names]

    def lines(self) -> Iterator[Line]:
        """Everything under the first line, except for empty lines. A cell may run over several lines."""
        while True:
            number = self._reader.line_num + 1
            try:
                with self._readable():
                    cells = next(self._reader, None)
            except csv.Error as why:
                yield Line(number, [], f"cannot be taken apart into cells: {why}")
                continue
            if cells is None:
                return
            if any(cells):
                yield Line(number, cells, self._wrong_length(cells))

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """NotATable: what comes out of the file is no text, or breaks off."""
        try:
            yield
        except UnicodeDecodeError as why:
            raise NotATable(f"{self.path.name} is not in UTF-8: save it as CSV UTF-8.") from why
        except BROKEN as why:
            raise NotATable(f"{self.path.name} cannot be read: {why}") from why

    def _wrong_length(self, cells: Sequence[str]) -> str:
        if len(cells) == len(self.head):
            return ""
        return f"has other cells than the first line: {len(cells)}, and not {len(self.head)}"


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """The table in a file, packed with gzip or not. NotATable, also when it breaks off half-way."""
    with path.open("rb") as raw:
        packed = path.suffix.lower() == ".gz"
        content = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw
        with io.TextIOWrapper(content, "utf-8-sig", newline="") as text:
            yield Table(path, raw, text)
