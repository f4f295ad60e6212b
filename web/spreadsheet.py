"""A list as a file for a spreadsheet: `;` and a BOM, and no cell that is read as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"  # without it a spreadsheet reads é as Ã©


def spreadsheet(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer that saves the list as a file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([cell(value) for value in row] for row in (head, *rows))
    answer = Response(BOM + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def cell(value: object) -> str:
    """What goes in a cell. What a spreadsheet would calculate gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
