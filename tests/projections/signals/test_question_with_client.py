"""Our question lies with the client for a while: how did we ask it?"""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.days import Precision
from domain.kinds import Asks, Matter, TakenUp, Voice
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look

NAME = "question_with_client"
DAY = date(2026, 3, 2)
LAST, PASSED = date(2026, 3, 16), date(2026, 3, 17)


def asked(
    proposed_by: Voice = Voice.WORKER,
    asks: Asks = Asks.CLIENT,
    answer_by: date | None = None,
    precision: Precision = Precision.DAY,
) -> Case:
    """A question of 2 March: entry 2."""
    case = given.an_opened_case()
    case.make_proposal(
        then="Eén keer per week samen koken.",
        proposed_by=proposed_by,
        asks=asks,
        answer_by=answer_by,
        precision=precision,
        **telling(clock_of(case).to(DAY)),
    )
    clock_of(case).to(given.TODAY)
    return case


def test_a_question_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, asked(), date(2026, 3, 15)) is None
    assert look(NAME, asked(), LAST) is None
    noticed = look(NAME, asked(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (2,), {"many": 1, "days": 15})


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, asked(), LAST, {"days": 13})
    assert look(NAME, asked(), PASSED, {"days": 15}) is None


def test_an_answer_makes_it_silent_also_a_no() -> None:
    case = asked()
    case.answer_proposal(2, TakenUp.NOT, **deciding(say=given.no()))
    assert look(NAME, case) is None


def test_coming_back_to_it_makes_it_silent() -> None:
    case = asked()
    case.say_what_matters("Niet op dinsdag.", Matter.PACE, about=2, **telling())
    assert look(NAME, case) is None


def test_a_question_to_somebody_else_or_of_the_client_is_not_ours_to_them() -> None:
    assert look(NAME, asked(asks=Asks.ORGANISATION)) is None
    assert look(NAME, asked(proposed_by=Voice.CLIENT)) is None


def test_the_client_has_the_time_that_was_given() -> None:
    given_time = asked(answer_by=date(2026, 4, 1))
    assert look(NAME, given_time, date(2026, 4, 1)) is None
    assert look(NAME, given_time, date(2026, 4, 2))


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, asked(precision=Precision.MONTH)) is None
