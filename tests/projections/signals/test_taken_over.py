"""Whose idea it was, decision after decision."""

from __future__ import annotations

from domain.case import Case
from domain.entry import Initiative
from domain.kinds import PartyKind
from projections.signals.state import State
from tests import given
from tests.given import deciding, telling
from tests.projections.signals.observing import look, state_of

NAME = "taken_over"
OURS, THEIRS = Initiative.PROFESSIONAL, Initiative.CLIENT


def decided(*whose: Initiative) -> Case:
    """Decisions by whose idea they were, after an opening that the client asked for: entry 2 and on."""
    case = given.an_opened_case()
    for initiative in whose:
        decide(case, initiative)
    return case


def decide(case: Case, initiative: Initiative) -> None:
    case.join_party(f"Partij {case.version}", PartyKind.FORMAL, "Helpen.", **deciding(initiative=initiative))


def test_five_of_our_ideas_in_a_row_are_shown() -> None:
    found = look(NAME, decided(OURS, OURS, Initiative.ORGANISATION, OURS, OURS))
    assert found
    assert (found.since, found.evidence, found.facts) == (given.TODAY, (2, 3, 4, 5, 6), {"many": 5})


def test_four_are_silent() -> None:
    assert look(NAME, decided(OURS, OURS, OURS, OURS)) is None


def test_an_organisation_may_choose_another_number() -> None:
    assert look(NAME, decided(OURS, OURS, OURS, OURS), chosen={"decisions": 4})
    assert look(NAME, decided(*[OURS] * 5), chosen={"decisions": 6}) is None


def test_one_idea_of_somebody_else_breaks_the_row() -> None:
    for other in (THEIRS, Initiative.NETWORK, Initiative.REPRESENTATIVE):
        assert look(NAME, decided(*[OURS] * 5, other)) is None
        assert look(NAME, decided(OURS, OURS, OURS, other, OURS, OURS)) is None


def test_what_another_system_does_not_tell_is_not_ours_and_not_theirs() -> None:
    assert look(NAME, decided(OURS, OURS, Initiative.UNKNOWN, OURS, OURS)) is None
    found = look(NAME, decided(OURS, OURS, Initiative.UNKNOWN, OURS, OURS, OURS))
    assert found
    assert found.evidence == (2, 3, 5, 6, 7)


def test_handled_it_comes_back_on_one_more() -> None:
    case = decided(*[OURS] * 5)
    case.handle_signal(NAME, (2, 3, 4, 5, 6), "Volgende keer een open vraag.", **telling())
    handled = state_of(NAME, case)
    assert handled
    assert handled.state is State.HANDLED
    decide(case, OURS)
    again = state_of(NAME, case)
    assert again
    assert (again.state, again.noticed.evidence[-1]) == (State.NEW, 8)
