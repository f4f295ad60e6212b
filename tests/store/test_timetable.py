"""The timetable: once a day also when the clock changes, and what was missed is made up for once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from domain.store.timetable import JOBS, Daily, Hourly, Job, Owed

MINUTE = timedelta(minutes=1)
DAILY = [job for job in JOBS if isinstance(job.moments, Daily)]
SPRING = datetime(2027, 3, 27, tzinfo=UTC)  # in the night of the 28th the clock skips 2:00 to 3:00
AUTUMN = datetime(2026, 10, 24, tzinfo=UTC)  # in the night of the 25th it shows 2:00 to 3:00 twice


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    """UTC; it is an hour later here."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def done_by(job: Job, start: datetime, days: int) -> list[datetime]:
    """The moments of which a job is done when somebody looks at the clock every minute."""
    done = [job.moments.last(start)]
    for minute in range(days * 24 * 60):
        if owed := job.owed(done[-1], start + minute * MINUTE):
            done.append(owed.due)
    return done[1:]


@pytest.mark.parametrize("start", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("job", DAILY, ids=lambda job: job.name)
def test_a_daily_job_runs_once_a_day_over_a_change_of_the_clock(job: Job, start: datetime) -> None:
    assert len(done_by(job, start, 3)) == 3


def test_a_time_that_the_clock_skips_comes_an_hour_later_and_one_it_shows_twice_the_first_time() -> None:
    night = Daily(time(2, 30))
    assert night.next(SPRING + timedelta(hours=12)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert night.next(AUTUMN + timedelta(hours=12)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("start", "hours"), [(SPRING, 23), (AUTUMN, 25)], ids=["spring", "autumn"])
def test_an_hourly_job_runs_as_often_as_there_are_hours(start: datetime, hours: int) -> None:
    hourly, *_ = [job for job in JOBS if isinstance(job.moments, Hourly)]
    morning = Daily(time(7))
    first = morning.next(start)
    done = [due for due in done_by(hourly, first, 2) if due <= morning.next(first)]
    assert len(done) == hours


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_the_next_moment_is_the_last_one_as_soon_as_it_has_come(job: Job) -> None:
    following = job.moments.next(at(9))
    assert job.moments.last(following) == following
    assert job.moments.last(following - MINUTE) < following


MORNING = Job("morning", Daily(time(7)), "Greets.")


def test_nothing_is_owed_until_the_moment_comes() -> None:
    assert MORNING.owed(at(6), at(23, 59)) is None
    assert MORNING.owed(at(6), at(5, 59, day=23)) is None
    assert MORNING.owed(at(6), at(6, day=23)) == Owed(at(6, day=23), 0)


def test_what_was_missed_is_made_up_for_once_and_counted() -> None:
    afternoon = at(15, day=25)
    assert MORNING.owed(at(6, day=22), afternoon) == Owed(at(6, day=25), 2)
    assert MORNING.owed(at(6, day=25), afternoon) is None


def test_what_never_ran_is_owed_once_and_nothing_counts_as_missed() -> None:
    assert MORNING.owed(None, at(15)) == Owed(at(6), 0)


def test_it_is_late_an_hour_after_it_should_have_run_again() -> None:
    assert not MORNING.late(at(6), at(7, day=23))
    assert MORNING.late(at(6), at(7, 1, day=23))
    assert MORNING.late(None, at(9))


def test_on_the_day_of_25_hours_it_is_not_late_too_soon() -> None:
    before = datetime(2026, 10, 24, 5, tzinfo=UTC)
    assert not MORNING.late(before, before + timedelta(hours=25, minutes=59))
