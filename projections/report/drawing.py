"""A report drawn: a line over time, and a bar for each team. Places are in units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from projections.report.months import Period
from projections.report.report import Number

WIDTH, LEFT, RIGHT = 560, 44, 536  # the last month is written to both sides of its point
TOP, BOTTOM = 20, 250
ROW, BAR, BAR_LEFT, BAR_FULL = 42, 26, 130, 310
MOST_NAMES = 7  # along the bottom
LETTERS = 15  # of the name of a team


@dataclass(frozen=True)
class Point:
    """A stretch of time and its share."""

    period: Period
    number: Number
    x: float
    y: float
    named: bool


@dataclass(frozen=True)
class Line:
    """A share over time, from nothing to all. `left_out`: what of the time cannot be shown."""

    points: tuple[Point, ...]
    left_out: tuple[Period, ...] = ()
    width: int = WIDTH
    height: int = BOTTOM + 30

    @property
    def grid(self) -> list[tuple[int, float]]:
        """The lines behind it: percent and place."""
        return [(percent, _y(percent / 100)) for percent in (0, 25, 50, 75, 100)]


@dataclass(frozen=True)
class Bar:
    """One team."""

    team: str
    label: str
    number: Number
    y: int
    w: float


@dataclass(frozen=True)
class Bars:
    """The teams below each other, by name."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    left: int = BAR_LEFT
    full: int = BAR_FULL

    @property
    def height(self) -> int:
        """So high that all teams fit."""
        return len(self.bars) * ROW + 8


def line(found: Sequence[tuple[Period, Number]], over: Period) -> Line:
    """The stretches of a period in which there was something to count."""
    counted = [(period, number) for period, number in found if number.share is not None]
    step = (RIGHT - LEFT - 20) / max(1, len(counted) - 1)
    every = -(-len(counted) // MOST_NAMES)
    points = (
        Point(period, number, round(LEFT + 20 + nr * step, 1), _y(number.share or 0), named=nr % every == 0)
        for nr, (period, number) in enumerate(counted)
    )
    return Line(tuple(points), tuple(over.without(period for period, _ in found)))


def bars(found: Sequence[tuple[str, Number]]) -> Bars:
    """A bar for each team, as long as its share."""
    return Bars(
        tuple(
            Bar(team, _short(team), number, 4 + nr * ROW, round(BAR_FULL * (number.share or 0), 1))
            for nr, (team, number) in enumerate(found)
        )
    )


def _short(team: str) -> str:
    return team if len(team) <= LETTERS else f"{team[: LETTERS - 1]}…"


def _y(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)
