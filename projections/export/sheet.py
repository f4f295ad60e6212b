"""A file for a spreadsheet: `;` and a BOM, no cell that is read as a formula, and complete or absent."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

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
    number, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(number, "w", encoding="utf-8", newline="") as out:  # noqa: PTH123  # a descriptor
            yield begin(out, head)
        os.replace(unfinished, path)  # noqa: PTH105  # both are names
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
