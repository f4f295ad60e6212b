"""Rows over time, laid out: bars for periods, diamonds for the days on which the client spoke.

Places are in units of the drawing, from the top left. A bar's `cls` is a class of the style sheet; what has
none is in the table only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.kinds import GoalStatus

WIDTH, LEFT = 900, 190  # of the drawing, and of the names before the bars
ROW, TOP = 46, 40
LETTER = 7.6  # about the width of one letter in the drawing
A_MONTH = timedelta(days=30)  # at least this is drawn
SHORTEST, MOST_TICKS = 4, 9  # letters that still say something; dates along the top


@dataclass(frozen=True)
class Bar:
    """A period: who or what, from and until (None: still), and its place."""

    text: str
    since: date
    until: date | None
    cls: str
    status: GoalStatus | None = None
    x: float = 0
    w: float = 0
    label: str = ""  # the text as far as it fits


@dataclass(frozen=True)
class Mark:
    """A day on which the client said something about it, and the entry to read."""

    on: date
    entry: int
    x: float = 0


@dataclass(frozen=True)
class Lane:
    """One row: a name, what it is, its periods and its marks."""

    name: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...] = ()
    label: str = ""
    kind: StrEnum | None = None
    organisation: str = ""
    y: float = 0


@dataclass(frozen=True)
class Tick:
    """The first day of a month or year, and its place."""

    on: date
    x: float


@dataclass(frozen=True)
class Lanes:
    """Rows over time, laid out."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    width: float
    height: float
    today: float
    first: date
    last: date


def shortened(text: str, letters: int) -> str:
    """The text as far as it fits. The whole of it goes in a title."""
    return text if len(text) <= letters else text[: max(letters - 1, 0)].rstrip() + "…"


def laid_out(rows: list[Lane], on: date) -> Lanes | None:
    """Rows with their places. The rows grow downwards; the width is the time from the first bar to `on`."""
    if not rows:
        return None
    first = min(bar.since for row in rows for bar in row.bars)
    first = min(first, on - min(A_MONTH, on - date.min))
    place = Scale(first, on)
    placed = [replace(row, label=shortened(row.name, 22), y=TOP + nr * ROW) for nr, row in enumerate(rows)]
    placed = [
        replace(
            row,
            bars=tuple(place.bar(bar) for bar in row.bars),
            marks=tuple(replace(mark, x=place.x(mark.on)) for mark in row.marks if mark.on >= first),
        )
        for row in placed
    ]
    ticks = place.ticks()
    return Lanes(tuple(placed), ticks, WIDTH, TOP + len(rows) * ROW, place.x(on), first, on)


@dataclass(frozen=True)
class Scale:
    """From days to places, over the width of the drawing."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """The place of a day; days outside are put on the edge."""
        inside = min(max(day, self.first), self.last)
        share = (inside - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - 8), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """The dates along the top."""
        return tuple(Tick(day, self.x(day)) for day in _tick_days(self.first, self.last))

    def bar(self, bar: Bar) -> Bar:
        x = self.x(bar.since)
        width = round(max(self.x(bar.until or self.last) - x, 3), 1)
        return replace(bar, x=x, w=width, label=_fits(bar.text, width))


def _fits(text: str, width: float) -> str:
    letters = int((width - 12) / LETTER)
    return shortened(text, letters) if letters >= SHORTEST else ""


def _tick_days(first: date, last: date) -> list[date]:
    """First days of a month, quarter, year, …: the finest of which at most nine fit."""
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    inside = [day for day in months if first <= day <= last]
    for step in (1, 3, 6, 12, 24, 60, 120):
        days = [day for day in inside if (day.year * 12 + day.month - 1) % step == 0]
        if len(days) <= MOST_TICKS:
            return days
    return []
