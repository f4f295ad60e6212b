"""A need, and nothing that began."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.case import Case
from domain.days import Precision
from domain.entry import Initiative
from domain.kinds import SupportKind, Voice, WhyRefused
from projections.signals.nothing_started import URGENT
from projections.signals.signal import Noticed, Weight
from tests import given
from tests.given import clock_of, deciding, no, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "nothing_started"
STATED = date(2026, 2, 2)


def noticed(case: Case, today: date = given.TODAY) -> Noticed | None:
    return look(NAME, case, today)


def in_need(case: Case | None = None, precision: Precision = Precision.DAY) -> Case:
    """A need, stated on 2 February."""
    case = case or given.an_opened_case()
    how = telling(clock_of(case).to(STATED))
    how["precision"] = precision
    case.state_need("Iemand die meekijkt met de post.", Voice.CLIENT, **how)
    clock_of(case).to(given.TODAY)
    return case


def offered(case: Case) -> Case:
    case.offer_support(what="Post", kind=SupportKind.GUIDANCE, provider="De Brug", **telling())
    return case


def test_a_need_for_which_nothing_began_is_shown() -> None:
    found = noticed(in_need(), STATED + timedelta(days=15))
    assert found
    assert (found.evidence, found.since, found.facts) == ((2,), STATED, {"many": 1, "days": 15})
    assert found.weight is None


@pytest.mark.parametrize(("days", "late"), [(13, False), (14, False), (15, True)])
def test_there_are_two_weeks_for_it(days: int, late: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(in_need(), STATED + timedelta(days=days)) is not None) is late


@pytest.mark.parametrize(("days", "late"), [(2, False), (3, False), (4, True)])
def test_what_is_urgent_waits_three_days_from_the_opening(days: int, late: bool) -> None:  # noqa: FBT001
    case = given.an_opened_case(urgent=True)
    found = noticed(case, given.OPENING + timedelta(days=days))
    assert (found is not None) is late
    if found:
        assert (found.evidence, found.says, found.weight) == ((1,), URGENT, Weight.NOW)


def test_the_terms_can_be_chosen() -> None:
    day = STATED + timedelta(days=15)
    assert look(NAME, in_need(), day, {"days": 15}) is None
    assert look(NAME, given.an_opened_case(urgent=True), day, {"urgent_days": 40}) is None


def test_a_question_that_is_not_urgent_is_no_need_yet() -> None:
    assert noticed(given.an_opened_case()) is None


def test_an_offer_and_a_yes_are_no_beginning_and_a_start_is() -> None:
    case = offered(in_need())
    assert noticed(case)
    case.accept_support(the(case.plan.supports), **deciding())
    assert noticed(case)
    case.start_support(the(case.plan.supports), **deciding())
    assert noticed(case) is None


def test_help_that_could_not_wait_is_a_beginning() -> None:
    case = in_need()
    how = deciding(initiative=Initiative.PROFESSIONAL)
    case.start_emergency_support("Opvang", SupportKind.OTHER, "De Brug", "Er was brand.", **how)
    assert noticed(case) is None


def test_after_a_no_there_is_nothing_to_hurry() -> None:
    case = offered(in_need())
    case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **deciding(say=no()))
    assert noticed(case) is None
    how = telling()
    other = case.offer_support(what="Bellen", kind=SupportKind.INFORMAL, provider="Buurthuis", **how)
    case.accept_support(other, **deciding())
    assert noticed(case)


def test_with_a_plan_there_is_an_answer() -> None:
    case = in_need()
    case.lay_down_plan(**deciding())
    assert noticed(case) is None


def test_from_a_day_that_is_not_known_no_term_runs() -> None:
    assert noticed(in_need(precision=Precision.YEAR)) is None


def test_handled_it_comes_back_after_a_week() -> None:
    case = in_need()
    case.handle_signal(NAME, (2,), "Gebeld: begint maandag.", **telling(clock_of(case).to(date(2026, 3, 2))))
    before, after = state_of(NAME, case, date(2026, 3, 8)), state_of(NAME, case, date(2026, 3, 9))
    assert before
    assert before.state == "handled"
    assert after
    assert after.state == "new"
