"""About a goal that runs, something is told now and then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import Fit, Voice
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "stuck_goal"
DAY = date(2026, 1, 26)
LAST, PASSED = date(2026, 4, 27), date(2026, 4, 28)
TOLD = date(2026, 3, 2)


def running(precision: Precision = Precision.DAY) -> Case:
    """A goal in the plan since 26 January: entry 3."""
    case = given.with_goal()
    case.agree_goal(the(case.plan.goals), precision=precision, **deciding(clock_of(case).to(DAY)))
    clock_of(case).to(given.TODAY)
    return case


def test_a_goal_about_which_nothing_is_told_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, running(), date(2026, 4, 26)) is None
    assert look(NAME, running(), LAST) is None
    noticed = look(NAME, running(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (3,), {"many": 1, "days": 92})


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, running(), LAST, {"days": 90})
    assert look(NAME, running(), PASSED, {"days": 92}) is None


TELLS: dict[str, Callable[[Case], object]] = {
    "progress": lambda case: case.tell_progress(
        the(case.plan.goals), Voice.CLIENT, "Het gaat.", **telling(TOLD)
    ),
    "a stance": lambda case: case.take_stance(the(case.plan.goals), given.yes(), **telling(TOLD)),
    "other words": lambda case: case.adjust_goal(
        the(case.plan.goals), "Ik kook één keer per week.", **deciding(TOLD)
    ),
    "an evaluation": lambda case: case.hold_evaluation(
        conclusions="Het past.", client_judgement=Fit.FITS, **deciding(TOLD)
    ),
    "a daily note": lambda case: case.take_action(
        "Samen soep gemaakt.", the(case.plan.goals), **telling(TOLD)
    ),
}


@pytest.mark.parametrize("tell", TELLS.values(), ids=TELLS)
def test_what_was_told_gives_it_time_again(tell: Callable[[Case], object]) -> None:
    case = running()
    clock_of(case).to(TOLD)
    tell(case)
    assert look(NAME, case, date(2026, 6, 1)) is None
    noticed = look(NAME, case, date(2026, 6, 2))
    assert noticed
    assert noticed.evidence == (4,)


def test_a_note_about_something_else_tells_nothing_of_the_goal() -> None:
    case = running()
    case.take_action("Samen gewandeld.", **telling(clock_of(case).to(TOLD)))
    assert look(NAME, case, PASSED)


def test_what_is_told_of_a_step_is_told_of_the_whole() -> None:
    case = running()
    goal = the(case.plan.goals)
    first, _ = case.split_goal(goal, ("Soep", "Rijst"), **deciding(clock_of(case).to(DAY)))
    case.tell_progress(first, Voice.CLIENT, "De soep lukt.", **telling(clock_of(case).to(TOLD)))
    assert look(NAME, case, PASSED) is None


def test_a_goal_that_waits_or_is_reached_or_not_in_the_plan_is_silent() -> None:
    waits, reached = running(), running()
    waits.pause_goal(the(waits.plan.goals), "Eerst verhuizen.", **deciding(clock_of(waits).to(TOLD)))
    reached.reach_goal(the(reached.plan.goals), Voice.CLIENT, **deciding(clock_of(reached).to(TOLD)))
    for case in (waits, reached, given.with_goal()):
        assert look(NAME, case) is None


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, running(Precision.MONTH)) is None


def test_handled_it_comes_back_on_new_silence_and_after_its_own_time() -> None:
    case = running()
    case.handle_signal(NAME, (3,), "Gaat goed, zegt Sanne.", **telling(clock_of(case).to(PASSED)))
    for day, state in ((date(2026, 5, 25), State.HANDLED), (date(2026, 5, 26), State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state
