"""A list as a file for a spreadsheet, as the answer to a request."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from flask import Response
from flask_babel import gettext

from domain.days import HERE
from projections.export.sheet import begin

Row = TypeVar("Row")


def spreadsheet(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer that saves the list as a file."""
    out = io.StringIO()
    write = begin(out, head)
    for row in rows:
        write(row)
    answer = Response(out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def heads(*names: str) -> list[str]:
    """What stands above the columns, in the reader's language."""
    return [str(gettext(name)) for name in names]


def when(moment: datetime | None) -> str:
    """22-11-2026 09:10, local time."""
    return f"{moment.astimezone(HERE):%d-%m-%Y %H:%M}" if moment else ""


def every_page(page: Callable[[int], Sequence[Row]]) -> Iterator[Row]:
    """All rows of a list that is read page by page."""
    number = 1
    while found := page(number):
        yield from found
        number += 1
