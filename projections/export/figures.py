"""The figures of a report, a line each, where they may be shown: for another program to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from projections.read_model import Db
from projections.report.figures import FIGURES
from projections.report.months import Period
from projections.report.report import Number, report

COLUMNS = ("from", "until", "team", "figure", "kind", "above", "below", "median_days")
Row = tuple[object, ...]


def rows(db: Db, period: Period, today: date) -> Iterator[Row]:
    """Over the period, of the organisation and of each team; what may not be shown has no line."""
    counted = report(db, [period], today)
    for team in (None, *counted.teams):
        for figure in FIGURES:
            number = counted.number(figure, period, team)
            if number.shown:
                yield from _lines((period.first, period.last, "*" if team is None else team), number)


def _lines(of: Row, number: Number) -> Iterator[Row]:
    name = number.figure.name
    if not number.figure.split:
        yield *of, name, "", number.above, number.below, number.median
    for kind, many in number.kinds:
        yield *of, name, kind, many, number.below, None
