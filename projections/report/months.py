"""Whole months: what a report is about, and the quarters and years in which they are counted together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

FIRST, LAST = date(1900, 1, 1), date(9000, 12, 1)


class Grain(IntEnum):
    """How many months are counted together at least."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def plus(month: date, months: int) -> date:
    """So many months later, or before."""
    years, rest = divmod(month.month - 1 + months, 12)
    return date(month.year + years, rest + 1, 1)


def start_of(month: date, grain: Grain) -> date:
    """The first month of the quarter or year in which this one is counted."""
    return month.replace(month=(month.month - 1) // grain * grain + 1)


@dataclass(frozen=True)
class Period:
    """From a month up to and including another."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 1))

    @classmethod
    def finished(cls, grain: Grain, today: date) -> Period:
        """The last month, quarter or year that is over."""
        end = start_of(month_of(today), grain)
        return cls(plus(end, -grain), plus(end, -1))

    @property
    def end(self) -> date:
        """The first day after it."""
        return plus(self.last, 1)

    @property
    def length(self) -> int:
        """In months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def before(self) -> Period:
        """As long, and just before it."""
        return Period(plus(self.first, -self.length), plus(self.first, -1))

    @property
    def months(self) -> list[date]:
        """Each month in it."""
        return [plus(self.first, nr) for nr in range(self.length)]

    @property
    def years(self) -> range:
        """The calendar years that it touches."""
        return range(self.first.year, self.last.year + 1)

    def within(self, year: int) -> Period:
        """The part of it in a year that it touches."""
        whole = Period.year(year)
        return Period(max(self.first, whole.first), min(self.last, whole.last))

    def parts(self, grain: Grain) -> list[Period]:
        """The whole months, quarters or years that lie in it."""
        starts = [m for m in self.months if m == start_of(m, grain) and plus(m, grain) <= self.end]
        return [Period(start, plus(start, grain - 1)) for start in starts]

    def without(self, others: Iterable[Period]) -> list[Period]:
        """The stretches of it that lie in none of these."""
        gone = {month for other in others for month in other.months}
        left = [month for month in self.months if month not in gone]
        firsts = [month for month in left if plus(month, -1) not in left]
        lasts = [month for month in left if plus(month, 1) not in left]
        return [Period(first, last) for first, last in zip(firsts, lasts, strict=True)]

    def made_of(self, grain: Grain) -> bool:
        """Whether it is whole months, quarters or years, and nothing beside."""
        return self.first == start_of(self.first, grain) and self.end == start_of(self.end, grain)
