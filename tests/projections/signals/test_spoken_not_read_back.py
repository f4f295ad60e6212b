"""Spoken words behind a weighty decision are read back within the term."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.days import Precision
from domain.say import Say
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "spoken_not_read_back"
DAY = date(2026, 3, 2)
LAST, PASSED = date(2026, 3, 30), date(2026, 3, 31)


def agreed(say: Say | None = None, precision: Precision = Precision.DAY) -> Case:
    """A goal comes into the plan on 2 March."""
    case = given.with_goal()
    how = deciding(clock_of(case).to(DAY), say)
    case.agree_goal(the(case.plan.goals), precision=precision, **how)
    clock_of(case).to(given.TODAY)
    return case


def test_spoken_words_are_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, agreed(), date(2026, 3, 29)) is None
    assert look(NAME, agreed(), LAST) is None
    noticed = look(NAME, agreed(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence) == (DAY, (3,))
    assert noticed.facts == {"many": 1, "days": 29}


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, agreed(), LAST, {"days": 27})
    assert look(NAME, agreed(), PASSED, {"days": 29}) is None


def test_what_was_read_back_in_time_is_silent_whatever_they_said() -> None:
    for right in (True, False):
        case = agreed()
        case.read_back(3, right=right, words="Niet elke week.", **telling(date(2026, 3, 20)))
        assert look(NAME, case) is None
        assert look(NAME, case, date(2026, 3, 19)) is None


def test_reading_it_to_a_representative_is_not_reading_it_to_the_client() -> None:
    case = agreed()
    rita = given.a_representative(case)
    case.read_back(3, right=True, person=rita, **telling(date(2026, 3, 20)))
    assert look(NAME, case)
    case.read_back(3, right=True, **telling(date(2026, 3, 21)))
    case.read_back(3, right=True, person=rita, **telling(date(2026, 3, 22)))
    assert look(NAME, case) is None


def test_a_click_is_no_words_and_the_clients_own_hand_needs_no_reading() -> None:
    assert look(NAME, agreed(given.yes(""))) is None
    case = given.with_goal()
    own = deciding(clock_of(case).to(DAY), given.yes(own_hand=True), given.CLIENT)
    case.agree_goal(the(case.plan.goals), **own)
    assert look(NAME, case) is None


def test_said_again_by_the_clients_own_hand_it_is_silent() -> None:
    case = agreed()
    case.take_stance(the(case.plan.goals), given.yes(own_hand=True), **telling(by=given.CLIENT))
    assert look(NAME, case) is None


def test_said_again_in_spoken_words_it_is_not() -> None:
    case = agreed()
    case.take_stance(the(case.plan.goals), given.yes(), **telling())
    assert look(NAME, case)


def test_a_light_decision_needs_no_reading() -> None:
    case = given.an_opened_case()
    case.make_agreement("Bellen als het later wordt.", "Thomas", **deciding(clock_of(case).to(DAY)))
    assert look(NAME, case) is None


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, agreed(precision=Precision.MONTH)) is None


def test_handled_it_comes_back_on_another_decision_and_after_its_own_time() -> None:
    case = given.with_support()  # goal 3, start 6, both on spoken words
    case.handle_signal(NAME, (3, 6), "Wordt maandag voorgelezen.", **telling(clock_of(case).to(LAST)))
    handled = state_of(NAME, case, date(2026, 4, 26))
    assert handled
    assert handled.state is State.HANDLED
    back = state_of(NAME, case, date(2026, 4, 27))
    assert back
    assert back.state is State.NEW


def test_what_they_said_by_their_own_hand_before_is_not_what_they_say_now() -> None:
    case = given.with_goal()
    goal, clock = the(case.plan.goals), clock_of(case)
    own = given.no(own_hand=True)
    case.take_stance(goal, own, **telling(clock.to(date(2026, 2, 23)), given.CLIENT))
    case.agree_goal(goal, **deciding(clock.to(DAY)))
    assert look(NAME, case)
