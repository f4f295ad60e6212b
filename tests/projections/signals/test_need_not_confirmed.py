"""A need that a professional stated is looked at with the client within the term."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import Voice
from projections.signals.state import State
from tests import given
from tests.given import clock_of, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "need_not_confirmed"
DAY = date(2026, 3, 2)
LAST, PASSED = date(2026, 3, 30), date(2026, 3, 31)


def needed(by: Voice = Voice.WORKER, precision: Precision = Precision.DAY) -> Case:
    """A need of 2 March: entry 2."""
    case = given.an_opened_case()
    case.state_need("Hulp met de post.", by, precision=precision, **telling(clock_of(case).to(DAY)))
    clock_of(case).to(given.TODAY)
    return case


def test_a_need_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, needed(), date(2026, 3, 29)) is None
    assert look(NAME, needed(), LAST) is None
    noticed = look(NAME, needed(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (2,), {"many": 1, "days": 29})


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, needed(), LAST, {"days": 27})
    assert look(NAME, needed(), PASSED, {"days": 29}) is None


@pytest.mark.parametrize("by", [Voice.CLIENT, Voice.TOGETHER, Voice.NETWORK, Voice.UNKNOWN])
def test_a_need_that_no_professional_stated_is_silent(by: Voice) -> None:
    assert look(NAME, needed(by)) is None


def test_the_clients_yes_makes_it_silent_and_so_does_their_no() -> None:
    for right in (True, False):
        case = needed()
        need = the(case.plan.needs)
        case.confirm_need(need, Voice.CLIENT, right=right, words="Post lukt wel.", **telling())
        assert look(NAME, case) is None


def test_that_somebody_else_sees_it_so_is_not_the_clients_word() -> None:
    case = needed()
    case.confirm_need(the(case.plan.needs), Voice.NETWORK, **telling())
    assert look(NAME, case)


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, needed(precision=Precision.MONTH)) is None


def test_handled_it_comes_back_after_its_own_time() -> None:
    case = needed()
    case.handle_signal(NAME, (2,), "Volgende week erover praten.", **telling(clock_of(case).to(PASSED)))
    for day, state in ((date(2026, 4, 27), State.HANDLED), (date(2026, 4, 28), State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state
