"""A disagreement that lasts asks for somebody from outside."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.days import Precision
from domain.kinds import Voice
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "open_disagreement"
DAY = date(2026, 3, 2)
LAST, PASSED = date(2026, 3, 30), date(2026, 3, 31)


def disagreed(precision: Precision = Precision.DAY) -> Case:
    """The brother sees it differently since 2 March: entry 2."""
    case = given.an_opened_case()
    how = telling(clock_of(case).to(DAY))
    case.voice_disagreement(Voice.NETWORK, "Zij kan niet alleen wonen.", precision=precision, **how)
    clock_of(case).to(given.TODAY)
    return case


def test_a_disagreement_is_noticed_when_the_term_has_passed() -> None:
    assert look(NAME, disagreed(), date(2026, 3, 29)) is None
    assert look(NAME, disagreed(), LAST) is None
    noticed = look(NAME, disagreed(), PASSED)
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (2,), {"many": 1, "days": 29})


def test_an_organisation_may_choose_another_term() -> None:
    assert look(NAME, disagreed(), LAST, {"days": 27})
    assert look(NAME, disagreed(), PASSED, {"days": 29}) is None


def test_settled_it_is_silent_from_that_day() -> None:
    case = disagreed()
    how = deciding(clock_of(case).to(date(2026, 4, 6)))
    case.settle_disagreement(2, "Eerst een maand proberen.", **how)
    assert look(NAME, case, date(2026, 4, 5))
    assert look(NAME, case, date(2026, 4, 6)) is None


def test_an_offer_alone_settles_nothing_and_while_a_mediator_helps_it_is_silent() -> None:
    case = disagreed()
    clock = clock_of(case)
    offered = case.offer_mediator(2, **telling(clock.to(date(2026, 4, 6))))
    assert look(NAME, case)
    case.involve_mediator(offered, "Mevrouw Jansen", **deciding(clock.to(date(2026, 4, 13))))
    assert look(NAME, case) is None
    case.end_mediation(offered, "Nog niet eens.", **telling(clock.to(date(2026, 5, 4))))
    assert look(NAME, case, date(2026, 5, 3)) is None
    assert look(NAME, case, date(2026, 5, 4))


def test_a_mediator_for_all_of_it_helps_with_this_one_too() -> None:
    case = disagreed()
    case.involve_mediator(mediator="Mevrouw Jansen", **deciding())
    assert look(NAME, case) is None


def test_a_mediator_for_another_disagreement_does_not() -> None:
    case = disagreed()
    other = case.voice_disagreement(Voice.WORKER, "Het gaat te snel.", **telling())
    case.involve_mediator(mediator="Mevrouw Jansen", disagreement=other, **deciding())
    noticed = look(NAME, case)
    assert noticed
    assert noticed.evidence == (2,)


def test_no_term_runs_from_a_day_that_is_not_known() -> None:
    assert look(NAME, disagreed(precision=Precision.MONTH)) is None


def test_handled_it_comes_back_on_another_disagreement() -> None:
    case = disagreed()
    clock = clock_of(case)
    case.voice_disagreement(Voice.CLIENT, "Ik kan het wel.", **telling(clock.to(date(2026, 3, 9))))
    case.handle_signal(NAME, (2,), "Bemiddelaar genoemd.", **telling(clock.to(PASSED)))
    for day, state in ((date(2026, 4, 6), State.HANDLED), (date(2026, 4, 7), State.NEW)):
        found = state_of(NAME, case, day)
        assert found
        assert found.state is state
