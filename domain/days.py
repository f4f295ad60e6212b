"""Days as people mean them: local to Europe/Amsterdam, and sometimes known only by the month or the year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


class Precision(StrEnum):
    """How exactly a day is known. An imprecise day never counts for a term."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


def local_day(moment: datetime) -> date:
    """The day it was here at this moment (an aware datetime)."""
    try:
        return moment.astimezone(HERE).date()
    except OverflowError:  # the first and the last hours of the calendar
        return moment.date()


def end_of(day: date) -> datetime:
    """The last moment of a local day: what was known *on* that day was recorded by then."""
    return datetime.combine(day, time.max, HERE)


def age_on(born: date, day: date) -> int:
    """In whole years; the birthday counts."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def last_day(day: date, precision: Precision, recorded: datetime) -> date:
    """The last day this can have been: a period ends on its last day, and never after it was recorded."""
    match precision:
        case Precision.DAY:
            return day
        case Precision.MONTH:
            last = day.replace(day=monthrange(day.year, day.month)[1])
        case Precision.YEAR:
            last = date(day.year, 12, 31)
        case Precision.UNKNOWN:
            return local_day(recorded)
    return min(last, max(day, local_day(recorded)))
