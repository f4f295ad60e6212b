"""A list as a file for a spreadsheet, as the answer to a request."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask import Response

from projections.export.sheet import begin


def spreadsheet(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer that saves the list as a file."""
    out = io.StringIO()
    write = begin(out, head)
    for row in rows:
        write(row)
    answer = Response(out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
