"""Help that became more, and never less, in a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import SupportKind, WhyRefused
from projections.signals.signal import Noticed
from tests import given
from tests.given import clock_of, deciding, hours_a_week, no, telling, the
from tests.projections.signals.observing import look

MORE = date(2026, 5, 4)
A_YEAR_ON = given.OPENING + timedelta(days=365)


def noticed(case: Case, today: date = A_YEAR_ON, days: int = 365) -> Noticed | None:
    return look("only_grows", case, today, {"days": days})


def grown(*hours: str, precision: Precision = Precision.DAY) -> Case:
    """Four hours of help (6), and then more, a day apart."""
    case = given.with_support()
    for day, number in enumerate(hours):
        how = deciding(clock_of(case).to(MORE + timedelta(days=day)))
        how["precision"] = precision
        case.scale_up_support(the(case.plan.supports), hours_a_week(number), "Er is meer nodig.", **how)
    clock_of(case).to(given.TODAY)
    return case


def test_help_that_only_became_more_is_shown() -> None:
    found = noticed(grown("6", "8"))
    assert found
    assert (found.evidence, found.since, found.facts) == ((7, 8), MORE, {"days": 365, "many": 2})


def test_help_that_stayed_as_it_was_did_not_grow() -> None:
    assert noticed(grown()) is None


def test_once_less_is_enough() -> None:
    case = grown("6", "8")
    how = deciding(date(2026, 6, 1))
    case.scale_down_support(the(case.plan.supports), hours_a_week("7"), "Het lukt.", "Bel.", **how)
    assert noticed(case) is None


def test_other_help_that_ended_is_less_too() -> None:
    case = grown("6")
    day = date(2026, 6, 1)
    other = case.offer_support(what="Post", kind=SupportKind.MONEY, provider="De Brug", **telling(day))
    case.start_support(other, **deciding(day))
    assert noticed(case)
    case.end_support(other, "Het lukt.", **deciding(day))
    assert noticed(case) is None


def test_help_that_stopped_after_a_no_does_not_grow_any_more() -> None:
    case = grown("6")
    day = date(2026, 6, 1)
    refusal = case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **deciding(day, no()))
    case.respect_refusal(refusal, stopped=True, door="Bel gerust.", **telling(day))
    assert noticed(case) is None


@pytest.mark.parametrize(("days", "told"), [(364, False), (365, True), (366, True)])
def test_it_takes_a_year_of_record_to_see(days: int, told: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(grown("6"), given.OPENING + timedelta(days=days)) is not None) is told


def test_the_time_can_be_chosen() -> None:
    assert noticed(grown("6"), given.OPENING + timedelta(days=200), days=200)
    assert noticed(grown("6"), given.OPENING + timedelta(days=199), days=200) is None


@pytest.mark.parametrize(("days", "told"), [(364, True), (365, True), (366, False)])
def test_growth_of_more_than_a_year_ago_is_no_growth_now(days: int, told: bool) -> None:  # noqa: FBT001
    assert (noticed(grown("6"), MORE + timedelta(days=days)) is not None) is told


def test_from_a_day_that_is_not_known_nothing_is_counted() -> None:
    assert noticed(grown("6", precision=Precision.MONTH)) is None
