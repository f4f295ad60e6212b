"""A file for a spreadsheet: `;` and a BOM, no cell that is read as a formula, and complete or absent."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from projections.export.whole import whole

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"  # without it a spreadsheet reads é as Ã©
Write = Callable[[Iterable[object]], None]


def cell(value: object) -> str:
    """What goes in a cell. What a spreadsheet would calculate gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def begin(out: TextIO, head: Sequence[str]) -> Write:
    """Write the first line; gives the way to write the others."""
    out.write(BOM)
    writer = csv.writer(out, delimiter=";")
    writer.writerow([cell(name) for name in head])
    return lambda row: writer.writerow([cell(value) for value in row]) and None


@contextmanager
def written(path: Path, head: Sequence[str]) -> Iterator[Write]:
    """A file that stands in its place once it is complete. Nobody else may read it: it is about clients."""
    with whole(path) as out:
        text = io.TextIOWrapper(out, "utf-8", newline="")
        yield begin(text, head)
        text.detach()  # written out, and the file left to whoever opened it
