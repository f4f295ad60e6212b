"""Terms are counted in local days: months as people count them, working days by the Dutch calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import hypothesis
import pytest
from hypothesis import strategies as st

from domain.days import local_day
from projections.signals.terms import Span, Term, works


@pytest.mark.parametrize(
    ("words", "start", "last"),
    [
        ("2 days", date(2026, 3, 2), date(2026, 3, 4)),
        ("6 weeks", date(2026, 1, 12), date(2026, 2, 23)),
        ("1 month", date(2026, 3, 15), date(2026, 4, 15)),
        ("1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("1 month", date(2024, 1, 31), date(2024, 2, 29)),
        ("3 months", date(2026, 11, 30), date(2027, 2, 28)),
        ("6 months", date(2026, 8, 31), date(2027, 2, 28)),
        ("12 years", date(2012, 2, 29), date(2024, 2, 29)),
        ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_the_last_day_of_a_term(words: str, start: date, last: date) -> None:
    assert Term.of(words).last_day(start) == last


@pytest.mark.parametrize("begin", [date(2026, 3, 27), date(2026, 10, 23)])
def test_the_clock_that_is_set_moves_no_day(begin: date) -> None:
    assert Term.of("6 weeks").last_day(begin) == begin + timedelta(days=42)
    assert Term.of("2 days").last_day(begin) == begin + timedelta(days=2)


def test_a_term_starts_on_the_day_it_was_here() -> None:
    summer, winter = datetime(2026, 3, 29, 22, 30, tzinfo=UTC), datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
    assert [Term.of("2 days").last_day(local_day(moment)) for moment in (winter, summer)] == [
        date(2026, 3, 30),
        date(2026, 4, 1),
    ]


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),  # Monday
        (date(2026, 3, 27), date(2026, 4, 1)),  # over the weekend in which summer time begins
        (date(2026, 4, 2), date(2026, 4, 9)),  # over Good Friday and Easter
        (date(2026, 5, 13), date(2026, 5, 19)),  # over Ascension Day
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas on a Friday and Saturday
    ],
)
def test_working_days_pass_over_weekends_and_holidays(start: date, last: date) -> None:
    assert Term.of("3 working days").last_day(start) == last


def test_the_holidays_of_a_year() -> None:
    year = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert [day for day in year if day.weekday() < 5 and not works(day)] == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
    ]


@hypothesis.given(st.dates(), st.integers(0, 1000), st.sampled_from(Span))
def test_every_term_has_a_last_day_also_at_the_end_of_the_calendar(
    start: date, number: int, span: Span
) -> None:
    assert Term(number, span).last_day(start) >= start
    assert Term(1, span).last_day(date.max) == date.max


@pytest.mark.parametrize("words", ["1 month", "2 weeks", "3 working days", "12 years", "1 day"])
def test_a_term_is_told_in_the_words_it_came_from(words: str) -> None:
    assert str(Term.of(words)) == words
