"""Terms as laws set them: so many days, weeks, months, years or working days, counted in local days.

A term is made of days and of no hours, so that a change to summer time moves nothing. One that ends in a
weekend is not moved on (as the Algemene termijnenwet, art. 1, allows): too early is safe, too late is not.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)
SATURDAY = 5


class Span(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working days"


@dataclass(frozen=True)
class Term:
    """So many of a span."""

    number: int
    span: Span

    @classmethod
    def of(cls, words: str) -> Term:
        """From words: "6 weeks", "3 working days", "1 month"."""
        number, _, span = words.partition(" ")
        return cls(int(number), Span(span if span.endswith("s") else f"{span}s"))

    def __str__(self) -> str:
        return f"{self.number} {self.span if self.number != 1 else self.span.removesuffix('s')}"

    def last_day(self, start: date) -> date:
        """The last day of the term. The day on which it starts is not counted."""
        try:
            return self._counted_from(start)
        except (OverflowError, ValueError):  # past the end of the calendar
            return date.max

    def _counted_from(self, start: date) -> date:
        match self.span:
            case Span.DAYS:
                return start + timedelta(days=self.number)
            case Span.WEEKS:
                return start + timedelta(weeks=self.number)
            case Span.MONTHS:
                return _months_after(start, self.number)
            case Span.YEARS:
                return _months_after(start, 12 * self.number)
            case Span.WORKING_DAYS:
                return _working_days_after(start, self.number)


def works(day: date) -> bool:
    """No weekend and no holiday (Algemene termijnenwet, art. 3; from general knowledge)."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def _months_after(start: date, months: int) -> date:
    """The same day of the month, or its last day when it has no such day (Regulation 1182/71, art. 3)."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _working_days_after(day: date, left: int) -> date:
    while left:
        day += A_DAY
        left -= works(day)
    return day


def _holidays(year: int) -> set[date]:
    easter = _easter(year)
    from_easter = {easter + timedelta(days=n) for n in (-2, 1, 39, 50)}  # Good Friday to Whit Monday
    fixed = {date(year, *day) for day in ((1, 1), (4, 27), (5, 5), (12, 25), (12, 26))}
    return from_easter | fixed  # King's Day moves to a Saturday when it is a Sunday: no working day either


def _easter(year: int) -> date:
    """Easter Sunday, by the rule of Gauss as Butcher wrote it down (1876)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
