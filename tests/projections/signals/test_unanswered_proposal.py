"""Who proposes something hears back within the term."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import Asks, TakenUp, Voice
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "unanswered_proposal"
DAY = date(2026, 3, 2)
LAST, PASSED = date(2026, 3, 9), date(2026, 3, 10)


def proposed(by: Voice = Voice.CLIENT, precision: Precision = Precision.DAY) -> Case:
    """A proposal of 2 March: entry 2."""
    case = given.an_opened_case()
    how = telling(clock_of(case).to(DAY))
    case.make_proposal(
        then="Iemand van mijn leeftijd.", proposed_by=by, asks=Asks.ORGANISATION, precision=precision, **how
    )
    clock_of(case).to(given.TODAY)
    return case


@pytest.mark.parametrize("by", [Voice.CLIENT, Voice.TOGETHER])
def test_a_proposal_is_noticed_when_the_term_has_passed(by: Voice) -> None:
    assert look(NAME, proposed(by), date(2026, 3, 8)) is None
    assert look(NAME, proposed(by), LAST) is None
    noticed = look(NAME, proposed(by), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (2,), {"many": 1, "days": 8})


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, proposed(), LAST, {"days": 6})
    assert look(NAME, proposed(), PASSED, {"days": 8}) is None


def test_a_proposal_of_ours_is_not_the_clients() -> None:
    assert look(NAME, proposed(Voice.WORKER)) is None


def test_any_answer_makes_it_silent_from_its_own_day() -> None:
    case = proposed()
    case.answer_proposal(2, TakenUp.NOT, **deciding(clock_of(case).to(date(2026, 3, 20)), given.no()))
    assert look(NAME, case, date(2026, 3, 19))
    assert look(NAME, case, date(2026, 3, 20)) is None


def test_a_proposal_that_was_taken_back_waits_for_nothing() -> None:
    case = proposed()
    case.take_back_proposal(2, "Niet meer nodig.", **telling())
    assert look(NAME, case) is None


def test_the_clients_own_statement_beside_it_is_no_answer() -> None:
    case = proposed()
    case.add_statement(2, "Ik wacht nog.", **telling())
    assert look(NAME, case)


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, proposed(precision=Precision.YEAR)) is None


def test_what_they_ask_of_themselves_together_waits_for_the_client() -> None:
    case = given.an_opened_case()
    how = telling(clock_of(case).to(DAY))
    case.make_proposal(then="Op maandag.", proposed_by=Voice.TOGETHER, asks=Asks.CLIENT, **how)
    assert look(NAME, case) is None


def test_handled_it_comes_back_after_its_own_time() -> None:
    case = proposed()
    case.handle_signal(NAME, (2,), "Komt in het overleg.", **telling(clock_of(case).to(PASSED)))
    for day, state in ((date(2026, 3, 16), State.HANDLED), (date(2026, 3, 17), State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state


def test_handled_it_comes_back_on_another_proposal() -> None:
    case = proposed()
    case.handle_signal(NAME, (2,), "Komt in het overleg.", **telling(clock_of(case).to(PASSED)))
    case.make_proposal(
        then="Op maandag.",
        proposed_by=Voice.CLIENT,
        asks=Asks.ORGANISATION,
        **telling(date(2026, 3, 3)),
    )
    back = state_of(NAME, case, date(2026, 3, 11))
    assert back
    assert (back.state, back.noticed.evidence) == (State.NEW, (2, 4))
    assert (back.noticed.since, back.noticed.facts) == (DAY, {"many": 2, "days": 9})
