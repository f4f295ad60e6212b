"""What we offer came before what the client asks."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import ConversationKind, LifeArea, OpensWith, SupportKind, Voice, WishForm
from projections.signals import supply_led
from projections.signals.signal import Noticed
from tests import given
from tests.given import clock_of, telling
from tests.projections.signals.observing import look

OFFERED = date(2026, 2, 2)


def noticed(case: Case) -> Noticed | None:
    return look("supply_led", case)


def offered(case: Case, *, asked_for: bool = False, precision: Precision = Precision.DAY) -> Case:
    """Help offered on 2 February."""
    how = telling(clock_of(case).to(OFFERED))
    how["precision"] = precision
    case.offer_support(
        what="Dagbesteding",
        kind=SupportKind.DAY_ACTIVITIES,
        provider="De Brug",
        asked_for=asked_for,
        **how,
    )
    clock_of(case).to(given.TODAY)
    return case


def wished(case: Case, day: date, precision: Precision = Precision.DAY) -> Case:
    how = telling(day)
    how["precision"] = precision
    case.voice_wish("Naar zee.", WishForm.SAID, Voice.CLIENT, **how)
    return case


def talked(case: Case, opening: OpensWith, *, present: bool = True, day: date = given.OPENING) -> Case:
    case.hold_conversation(
        kind=ConversationKind.INTAKE,
        client_present=present,
        why_absent="" if present else "Zij was ziek.",
        opening_question="Wat zoekt u?",
        opening_about=opening,
        **telling(day),
    )
    return case


def test_an_offer_before_any_wish_or_need_is_shown() -> None:
    found = noticed(offered(given.an_opened_case()))
    assert found
    assert (found.evidence, found.since, found.facts) == ((2,), OFFERED, {"many": 1})


@pytest.mark.parametrize(
    ("day", "early"), [(date(2026, 2, 1), False), (OFFERED, False), (date(2026, 2, 3), True)]
)
def test_a_wish_on_the_same_day_is_in_time(day: date, early: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(wished(offered(given.an_opened_case()), day)) is not None) is early


def test_a_need_is_enough() -> None:
    case = offered(given.an_opened_case())
    case.state_need("Iemand die meegaat.", Voice.WORKER, **telling(OFFERED))
    assert noticed(case) is None


def test_help_that_the_client_asked_for_is_no_offer_of_ours() -> None:
    assert noticed(offered(given.an_opened_case(), asked_for=True)) is None


def test_a_goal_that_the_client_came_with_asks_and_one_of_ours_does_not() -> None:
    assert noticed(offered(given.with_goal())) is None
    ours = given.an_opened_case()
    ours.propose_goal(
        words="Zij gaat naar de dagbesteding.",
        words_of=Voice.WORKER,
        proposed_by=Voice.WORKER,
        life_area=LifeArea.DAILY_ACTIVITIES,
        **telling(date(2026, 1, 19)),
    )
    assert noticed(offered(ours))


def test_a_wish_of_a_day_that_is_not_known_may_have_come_first() -> None:
    assert noticed(wished(offered(given.an_opened_case()), given.TODAY, Precision.UNKNOWN)) is None
    assert noticed(offered(given.an_opened_case(), precision=Precision.MONTH)) is None


def test_the_first_question_about_our_offer_is_shown_and_about_the_person_is_not() -> None:
    found = noticed(talked(given.an_opened_case(), OpensWith.OFFER))
    assert found
    assert (found.evidence, found.says) == ((2,), supply_led.OUR_OFFER_FIRST)
    assert noticed(talked(given.an_opened_case(), OpensWith.PERSON)) is None


def test_only_the_first_conversation_with_the_client_counts() -> None:
    without = talked(given.an_opened_case(), OpensWith.OFFER, present=False)
    assert noticed(without) is None
    later = talked(given.an_opened_case(), OpensWith.PERSON)
    assert noticed(talked(later, OpensWith.OFFER, day=date(2026, 3, 2))) is None


def test_both_are_shown_together() -> None:
    found = noticed(offered(talked(given.an_opened_case(), OpensWith.OFFER)))
    assert found
    assert (found.evidence, found.since, found.says) == ((2, 3), given.OPENING, "")
