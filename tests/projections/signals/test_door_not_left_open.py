"""After a no: why, what else, and how to come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import SupportKind, WhyRefused
from projections.signals.door_not_left_open import NOT_ASKED_WHY, NOTHING_ELSE
from projections.signals.signal import Noticed
from tests import given
from tests.given import clock_of, deciding, no, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "door_not_left_open"
SAID_NO = date(2026, 2, 4)


def noticed(case: Case, today: date = given.TODAY, days: int = 7) -> Noticed | None:
    return look(NAME, case, today, {"days": days})


def refused(why: WhyRefused = WhyRefused.OTHER, precision: Precision = Precision.DAY) -> Case:
    """An offer (4) and a no (5)."""
    case = given.with_offer()
    how = deciding(clock_of(case).to(SAID_NO), no())
    how["precision"] = precision
    case.refuse_support(the(case.plan.supports), why, **how)
    clock_of(case).to(given.TODAY)
    return case


def respected(case: Case, alternatives: str = "Een kookboek.") -> Case:
    case.respect_refusal(
        5, stopped=True, door="Bel Fatima.", alternatives=alternatives, **telling(date(2026, 2, 5))
    )
    return case


def test_a_no_without_a_way_back_is_shown() -> None:
    found = noticed(refused(), SAID_NO + timedelta(days=8))
    assert found
    assert (found.evidence, found.since, found.facts, found.says) == ((5,), SAID_NO, {"days": 8}, "")


def test_karims_door_stands_open() -> None:
    assert noticed(given.karim()) is None


@pytest.mark.parametrize(("days", "late"), [(6, False), (7, False), (8, True)])
def test_there_is_a_week_for_it(days: int, late: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(refused(), SAID_NO + timedelta(days=days)) is not None) is late


def test_the_term_can_be_chosen() -> None:
    assert noticed(refused(), SAID_NO + timedelta(days=8), days=8) is None
    assert noticed(refused(), SAID_NO + timedelta(days=9), days=8)


def test_without_a_word_about_what_else_there_is_it_says_so() -> None:
    found = noticed(respected(refused(), alternatives=" "))
    assert found
    assert found.says == NOTHING_ELSE


def test_an_offer_in_its_place_tells_what_else_there_is() -> None:
    case = respected(refused(), alternatives="")
    case.offer_support(
        what="Een maaltijdgroep",
        kind=SupportKind.INFORMAL,
        provider="Buurthuis",
        alternative_to=the(case.plan.supports),
        **telling(),
    )
    assert noticed(case) is None


def test_when_nobody_asked_why_it_says_so_until_somebody_came_back_to_it() -> None:
    case = respected(refused(WhyRefused.NOT_ASKED))
    found = noticed(case)
    assert found
    assert found.says == NOT_ASKED_WHY
    how = telling()
    how["about"] = 5
    case.make_observation("Zij vertelde over de vorige keer.", **how)
    assert noticed(case) is None


def test_not_wanting_to_say_why_is_an_answer() -> None:
    assert noticed(respected(refused(WhyRefused.DID_NOT_WANT_TO_SAY))) is None


def test_who_came_back_found_the_way() -> None:
    case = refused()
    case.accept_support(the(case.plan.supports), **deciding())
    assert noticed(case) is None


def test_from_a_day_that_is_not_known_no_term_runs() -> None:
    assert noticed(refused(precision=Precision.MONTH)) is None


def test_handled_it_comes_back_after_another_no() -> None:
    case = refused()
    case.handle_signal(NAME, (5,), "Gebeld.", **telling(clock_of(case).to(date(2026, 3, 2))))
    other = case.offer_support(
        what="Schoonmaak", kind=SupportKind.HOUSEHOLD, provider="De Brug", **telling(date(2026, 3, 2))
    )
    case.refuse_support(other, WhyRefused.OTHER, **deciding(date(2026, 3, 2), no()))
    clock_of(case).to(given.TODAY)
    before, after = state_of(NAME, case, date(2026, 3, 9)), state_of(NAME, case, date(2026, 3, 10))
    assert before
    assert (before.state, before.noticed.evidence) == ("handled", (5,))
    assert after
    assert (after.state, after.noticed.evidence) == ("new", (5, 8))
