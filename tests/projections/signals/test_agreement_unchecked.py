"""What was agreed is looked at again, with the client."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import CheckResult, Matter
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "agreement_unchecked"
UNTIL = date(2026, 3, 2)
LAST, PASSED = date(2026, 3, 16), date(2026, 3, 17)
APART = CheckResult.NOT_ON_THE_SAME_LINE


def agreed(until: date | None = UNTIL) -> Case:
    """Agreed on 2 February, until 2 March: entry 2."""
    case = given.an_opened_case()
    how = deciding(clock_of(case).to(date(2026, 2, 2)))
    case.make_agreement("Thomas belt als het later wordt.", "Thomas", until=until, **how)
    clock_of(case).to(given.TODAY)
    return case


def checked(result: CheckResult = APART, precision: Precision = Precision.DAY) -> Case:
    """Looked at on 2 March: entry 3."""
    case = agreed(until=None)
    how = telling(clock_of(case).to(UNTIL))
    case.check_agreement(2, result, "Thomas vergat het.", precision=precision, **how)
    clock_of(case).to(given.TODAY)
    return case


def test_an_agreement_past_its_day_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, agreed(), date(2026, 3, 15)) is None
    assert look(NAME, agreed(), LAST) is None
    noticed = look(NAME, agreed(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (UNTIL, (2,), {"many": 1, "days": 15})


def test_not_on_the_same_line_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, checked(), date(2026, 3, 15)) is None
    assert look(NAME, checked(), LAST) is None
    noticed = look(NAME, checked(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (UNTIL, (3,), {"many": 1, "days": 15})


def test_an_organisation_may_choose_another_term() -> None:
    for case in (agreed(), checked()):
        assert look(NAME, case, LAST, {"days": 13})
        assert look(NAME, case, PASSED, {"days": 15}) is None


def test_an_agreement_without_a_day_waits_for_nothing() -> None:
    assert look(NAME, agreed(until=None)) is None


@pytest.mark.parametrize("result", [CheckResult.KEPT, CheckResult.NOT_KEPT])
def test_once_looked_at_it_is_silent_whatever_came_of_it(result: CheckResult) -> None:
    assert look(NAME, checked(result)) is None
    case = agreed()
    case.check_agreement(2, result, "Hij belde niet.", **telling(clock_of(case).to(date(2026, 4, 6))))
    assert look(NAME, case, date(2026, 4, 5))
    assert look(NAME, case, date(2026, 4, 6)) is None


def test_looked_at_again_or_come_back_to_it_is_silent() -> None:
    for case, about in ((agreed(), 2), (checked(), 2), (checked(), 3)):
        case.say_what_matters("Bel liever mijn zus.", Matter.OTHER, about=about, **telling())
        assert look(NAME, case) is None
    case = checked()
    case.check_agreement(2, CheckResult.KEPT, **telling())
    assert look(NAME, case) is None


def test_both_kinds_are_counted_and_the_first_gives_the_days() -> None:
    case = checked()
    how = deciding(clock_of(case).to(date(2026, 3, 3)))
    other = case.make_agreement("Fatima zoekt een buddy.", "Fatima", until=date(2026, 3, 4), **how)
    noticed = look(NAME, case, date(2026, 3, 23))
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (UNTIL, (3, other), {"many": 2, "days": 21})


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, checked(precision=Precision.MONTH)) is None


def test_handled_it_comes_back_on_another_agreement_and_after_its_own_time() -> None:
    case = agreed()
    clock = clock_of(case)
    case.handle_signal(NAME, (2,), "Maandag bespreken.", **telling(clock.to(PASSED)))
    for day, state in ((date(2026, 4, 13), State.HANDLED), (date(2026, 4, 14), State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state
    case.make_agreement(
        "Fatima zoekt een buddy.", "Fatima", until=date(2026, 3, 20), **deciding(clock.to(PASSED))
    )
    back = state_of(NAME, case, date(2026, 4, 6))
    assert back
    assert (back.state, back.noticed.evidence) == (State.NEW, (2, 4))
