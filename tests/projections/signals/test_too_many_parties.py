"""How many organisations help at the same time."""

from __future__ import annotations

from datetime import date, timedelta

from domain.case import Case
from domain.kinds import PartyKind
from projections.signals.state import State
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "too_many_parties"
FIRST = date(2026, 2, 2)
NAMES = ("Buurtteam", "Schuldhulp", "Thuiszorg", "Woningcorporatie", "Dagbesteding")


def with_parties(*names: str, kind: PartyKind = PartyKind.FORMAL) -> Case:
    """One joins a day, from 2 February: entry 2 and on."""
    case = given.an_opened_case()
    for days, name in enumerate(names):
        day = clock_of(case).to(FIRST + timedelta(days=days))
        case.join_party(name, kind, "Meehelpen.", **deciding(day))
    clock_of(case).to(given.TODAY)
    return case


def test_five_beside_our_own_are_shown_with_how_many_people_take_part() -> None:
    case = with_parties(*NAMES)
    given.a_representative(case)
    found = look(NAME, case)
    assert found
    assert (found.evidence, found.facts) == ((2, 3, 4, 5, 6), {"parties": 6, "people": 1})
    assert found.since == FIRST + timedelta(days=4)


def test_four_beside_our_own_are_silent() -> None:
    assert look(NAME, with_parties(*NAMES[:4])) is None


def test_an_organisation_may_choose_another_number() -> None:
    assert look(NAME, with_parties(*NAMES), chosen={"parties": 6}) is None
    found = look(NAME, with_parties(*NAMES), chosen={"parties": 3})
    assert found
    assert found.since == FIRST + timedelta(days=2)


def test_our_own_organisation_is_counted_once() -> None:
    assert look(NAME, with_parties(*NAMES[:4], "de brug")) is None


def test_who_helps_unpaid_is_not_counted() -> None:
    assert look(NAME, with_parties(*NAMES, kind=PartyKind.INFORMAL)) is None


def test_who_left_is_not_counted() -> None:
    case = with_parties(*NAMES)
    case.leave_party(next(iter(case.plan.parties)), "De vraag is beantwoord.", **telling())
    assert look(NAME, case) is None


def test_handled_it_comes_back_when_one_more_joins() -> None:
    case = with_parties(*NAMES)
    case.handle_signal(NAME, (2, 3, 4, 5, 6), "Samen bekeken: nodig.", **telling())
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    case.join_party("Reclassering", PartyKind.FORMAL, "Toezicht.", **deciding())
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence) == (State.NEW, (2, 3, 4, 5, 6, 8))
