"""Looking back together is held when it was planned, and is planned at all."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import LegalBasis
from projections.signals.evaluation_overdue import NONE_PLANNED, WLZ
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of
from tests.projections.signals.test_clocks import in_care, look_back, opened

NAME = "evaluation_overdue"
PLANNED = date(2026, 4, 6)
LAST, PASSED = date(2026, 4, 9), date(2026, 4, 10)


def planned() -> Case:
    """To be held on 6 April: entry 2."""
    case = opened(LegalBasis.WMO)
    case.plan_evaluation(PLANNED, "Sanne en haar broer", **telling(clock_of(case).to(given.OPENING)))
    clock_of(case).to(given.TODAY)
    return case


def test_a_planned_day_that_went_by_is_noticed_after_some_days_to_write_it_down() -> None:
    assert look(NAME, planned(), date(2026, 4, 8)) is None
    assert look(NAME, planned(), LAST) is None
    noticed = look(NAME, planned(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (PLANNED, (2,), {"days": 4})


def test_an_organisation_may_choose_other_terms() -> None:
    assert look(NAME, planned(), date(2026, 4, 7), {"days_late": 0})
    assert look(NAME, planned(), PASSED, {"days_late": 4}) is None
    case = opened(LegalBasis.WMO)
    assert look(NAME, case, date(2026, 4, 13), {"days_unplanned": 90})
    assert look(NAME, case, date(2026, 7, 14), {"days_unplanned": 183}) is None


def test_held_it_is_silent_also_when_nobody_said_which_planned_one_it_was() -> None:
    for which in ({"planned": 2}, {}):
        case = planned()
        look_back(case, PLANNED, **which)
        assert look(NAME, case, PASSED) is None


def test_an_evaluation_before_the_planned_day_is_another_one_unless_it_is_said_to_be_this_one() -> None:
    for which, expected in (({}, True), ({"planned": 2}, False)):
        case = planned()
        look_back(case, date(2026, 3, 9), **which)
        assert bool(look(NAME, case, PASSED)) is expected


def test_put_off_it_waits_for_the_new_day_and_that_is_new_evidence() -> None:
    case = planned()
    case.handle_signal(NAME, (2,), "Nieuwe dag gekozen.", **telling(clock_of(case).to(PASSED)))
    handled = state_of(NAME, case, date(2026, 4, 11))
    assert handled
    assert handled.state is State.HANDLED
    how = telling(clock_of(case).to(date(2026, 4, 11)))
    case.postpone_evaluation(2, date(2026, 4, 13), "Sanne was ziek.", **how)
    assert look(NAME, case, date(2026, 4, 16)) is None
    back = state_of(NAME, case, date(2026, 4, 17))
    assert back
    assert (back.state, back.noticed.evidence) == (State.NEW, (4,))


def test_when_none_is_planned_it_is_noticed_after_half_a_year() -> None:
    case = opened(LegalBasis.WMO)
    assert look(NAME, case, date(2026, 7, 12)) is None
    assert look(NAME, case, date(2026, 7, 13)) is None
    noticed = look(NAME, case, date(2026, 7, 14))
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.says) == (given.OPENING, (1,), NONE_PLANNED)
    assert noticed.facts == {"days": 183}


def test_a_day_ahead_or_a_time_that_was_held_makes_it_silent() -> None:
    ahead, held = opened(LegalBasis.WMO), opened(LegalBasis.WMO)
    ahead.plan_evaluation(date(2026, 12, 1), **telling(clock_of(ahead).to(date(2026, 7, 13))))
    assert look(NAME, ahead, date(2026, 7, 14)) is None
    number = look_back(held, date(2026, 3, 2))
    assert look(NAME, held, date(2026, 8, 31)) is None
    noticed = look(NAME, held, date(2026, 9, 1))
    assert noticed
    assert noticed.evidence == (number,)


def test_under_the_wlz_twice_a_year_also_when_a_day_is_planned() -> None:
    case = in_care()  # care since 2 February
    case.plan_evaluation(date(2026, 12, 1), **telling(clock_of(case).to(date(2026, 7, 13))))
    assert look(NAME, case, date(2026, 8, 1)) is None
    assert look(NAME, case, date(2026, 8, 2)) is None
    noticed = look(NAME, case, date(2026, 8, 3))
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.says) == (date(2026, 2, 2), (2,), WLZ)
    other = in_care(LegalBasis.WMO)
    other.plan_evaluation(date(2026, 12, 1), **telling(date(2026, 7, 13)))
    assert look(NAME, other, date(2026, 8, 3)) is None


def test_a_case_that_was_reopened_begins_anew() -> None:
    case = given.bram()
    case.reopen_case("Het gaat weer minder.", **deciding(clock_of(case).to(date(2026, 7, 6))))
    assert look(NAME, case, date(2026, 9, 1)) is None
    assert look(NAME, case, date(2027, 1, 5))


@pytest.mark.parametrize("basis", [LegalBasis.WMO, LegalBasis.WLZ])
def test_no_term_runs_from_a_day_that_is_not_known(basis: LegalBasis) -> None:
    case = in_care(basis)
    look_back(case, date(2026, 3, 2), precision=Precision.MONTH)
    assert look(NAME, case, given.TODAY) is None


def test_handled_it_comes_back_after_its_own_time() -> None:
    case = planned()
    case.handle_signal(NAME, (2,), "Sanne belt zelf.", **telling(clock_of(case).to(PASSED)))
    for day, state in ((date(2026, 5, 7), State.HANDLED), (date(2026, 5, 8), State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state
