"""The lines that could not be used: in a file of their own, each with its number and the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jobs.imports.table import Line
from projections.export.sheet import Write, written

Told = Callable[[int, str], None]  # the number of a line, and why


class Rejects:
    """What is put aside. Without any there is no file, nor one of the time before. `told` hears of each."""

    def __init__(self, path: Path, head: Sequence[str], opened: ExitStack, told: Told) -> None:
        self.path, self.count, self._told = path, 0, told
        self._head, self._opened = ("line", "reason", *head), opened
        self._write: Write | None = None

    def add(self, line: Line, why: str) -> None:
        """Put a line aside."""
        if self._write is None:
            self._write = self._opened.enter_context(written(self.path, self._head))
        self._write((line.number, why, *line.cells))
        self._told(line.number, why)
        self.count += 1


def place_of(path: Path) -> Path:
    """roster.csv and roster.csv.gz: roster.rejects.csv."""
    name = path.name.removesuffix(".gz").removesuffix(".csv")
    return path.with_name(f"{name}.rejects.csv")


@contextmanager
def rejects(path: Path, head: Sequence[str], told: Told) -> Iterator[Rejects]:
    """A place for what cannot be used; the file is there once all was read and told."""
    with ExitStack() as opened:
        found = Rejects(path, head, opened, told)
        yield found
    if not found.count:
        path.unlink(missing_ok=True)
