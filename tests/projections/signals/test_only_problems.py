"""Beside what is difficult stands what the client can, wants and finds important."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from domain.case import Case
from domain.kinds import ConversationKind, Matter, Voice, WishForm
from projections.signals.state import State
from tests import given
from tests.given import clock_of, telling
from tests.projections.signals.observing import look, state_of

NAME = "only_problems"
DAYS = (date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 16))


def talk(case: Case, day: date, *, client_present: bool = True) -> None:
    how = telling(clock_of(case).to(day))
    why = "" if client_present else "Overleg over het rooster."
    case.hold_conversation(
        kind=ConversationKind.FOLLOW_UP,
        client_present=client_present,
        present=("Fatima",),
        why_absent=why,
        **how,
    )


def told(needs: int = 1, talks: int = 3) -> Case:
    """Needs first (entry 2), then the conversations."""
    case = given.an_opened_case()
    for _ in range(needs):
        case.state_need("Hulp met geld.", Voice.WORKER, **telling(clock_of(case).to(given.OPENING)))
    for day in DAYS[:talks]:
        talk(case, day)
    return case


def test_only_needs_are_noticed_from_the_third_conversation_on() -> None:
    assert look(NAME, told(), DAYS[2].replace(day=15)) is None
    assert look(NAME, told(talks=2)) is None
    noticed = look(NAME, told(), DAYS[2])
    assert noticed
    assert (noticed.since, noticed.evidence) == (DAYS[2], (2, 3, 4, 5))
    assert noticed.facts == {"conversations": 3, "needs": 1}


def test_an_organisation_may_choose_another_number() -> None:
    assert look(NAME, told(talks=2), chosen={"conversations": 2})
    assert look(NAME, told(), chosen={"conversations": 4}) is None


MORE: dict[str, Callable[[Case], object]] = {
    "a strength": lambda case: case.name_strength("Kookt goed.", Voice.NETWORK, **telling()),
    "a wish": lambda case: case.voice_wish("Weer koken.", WishForm.SAID, Voice.CLIENT, **telling()),
    "what matters": lambda case: case.say_what_matters("Rust.", Matter.PACE, **telling()),
    "getting to know each other": lambda case: case.hold_introduction(strengths="Kookt goed.", **telling()),
}


@pytest.mark.parametrize("tell", MORE.values(), ids=MORE)
def test_anything_that_is_no_problem_makes_it_silent(tell: Callable[[Case], object]) -> None:
    case = told()
    clock_of(case).to(given.TODAY)
    tell(case)
    assert look(NAME, case) is None


def test_what_care_is_for_is_no_strength() -> None:
    case = told()
    case.hold_introduction(role_of_care="Helpen met geld.", **telling(clock_of(case).to(given.TODAY)))
    assert look(NAME, case)


def test_without_needs_it_is_silent_and_talks_about_the_client_do_not_count() -> None:
    assert look(NAME, told(needs=0)) is None
    case = told(talks=2)
    talk(case, DAYS[2], client_present=False)
    assert look(NAME, case) is None


def test_handled_it_comes_back_on_another_need() -> None:
    case = told()
    clock = clock_of(case)
    case.handle_signal(NAME, (2, 3, 4, 5), "Vrijdag gaan we wandelen.", **telling(clock.to(DAYS[2])))
    for _ in range(2):
        found = state_of(NAME, case)
        assert found
        assert found.state is State.HANDLED
        talk(case, date(2026, 3, 2))
    case.state_need("Hulp met post.", Voice.WORKER, **telling(clock.to(date(2026, 3, 3))))
    back = state_of(NAME, case)
    assert back
    assert back.state is State.NEW
