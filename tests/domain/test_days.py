"""Days are local to Amsterdam, and may be known only by the month or the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.days import Precision, end_of, last_day, local_day

RECORDED = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_late_in_the_evening_utc_it_is_the_next_day_here() -> None:
    assert local_day(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert local_day(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_first_and_the_last_moment_of_the_calendar_have_a_day(moment: datetime) -> None:
    assert local_day(moment) == moment.date()


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date.min, date.max])
def test_a_day_ends_just_before_the_next_also_when_the_clock_is_set(day: date) -> None:
    assert local_day(end_of(day)) == day
    if day not in (date.min, date.max):
        assert local_day(end_of(day) + timedelta(hours=1)) > day


@pytest.mark.parametrize(
    ("precision", "day", "last"),
    [
        (Precision.DAY, date(2026, 2, 3), date(2026, 2, 3)),
        (Precision.MONTH, date(2026, 2, 3), date(2026, 2, 28)),
        (Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Precision.YEAR, date(2025, 2, 3), date(2025, 12, 31)),
        (Precision.UNKNOWN, date(2025, 2, 3), date(2026, 11, 22)),
    ],
)
def test_a_period_stands_on_its_last_day(precision: Precision, day: date, last: date) -> None:
    assert last_day(day, precision, RECORDED) == last


@pytest.mark.parametrize("precision", [Precision.MONTH, Precision.YEAR])
def test_a_period_that_still_runs_ends_when_it_was_recorded(precision: Precision) -> None:
    assert last_day(date(2026, 11, 1), precision, RECORDED) == date(2026, 11, 22)
