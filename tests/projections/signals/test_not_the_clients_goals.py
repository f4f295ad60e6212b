"""Goals are the client's: proposed by them, or in their own words."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.kinds import Voice
from tests import given
from tests.given import clock_of, deciding, telling
from tests.projections.signals.observing import look

NAME = "not_the_clients_goals"
DAY = date(2026, 3, 2)
OURS, THEIRS = (Voice.WORKER, Voice.WORKER), (Voice.CLIENT, Voice.CLIENT)


def with_goals(*goals: tuple[Voice, Voice]) -> Case:
    """Goals in the plan since 2 March, each proposed by somebody (entries 2, 4, …) in somebody's words."""
    case = given.an_opened_case()
    for proposed_by, words_of in goals:
        how = telling(clock_of(case).to(DAY))
        goal = case.propose_goal(words="Geld op orde.", words_of=words_of, proposed_by=proposed_by, **how)
        case.agree_goal(goal, **deciding(DAY))
    return case


def test_more_than_half_of_them_not_the_clients_is_noticed() -> None:
    noticed = look(NAME, with_goals(OURS, THEIRS, OURS))
    assert noticed
    assert (noticed.since, noticed.evidence, noticed.facts) == (DAY, (2, 6), {"many": 2, "running": 3})


def test_half_of_them_is_not() -> None:
    assert look(NAME, with_goals(OURS, THEIRS)) is None


def test_an_organisation_may_choose_another_share() -> None:
    assert look(NAME, with_goals(OURS, THEIRS), chosen={"percent": 49})
    assert look(NAME, with_goals(OURS, THEIRS, OURS), chosen={"percent": 67}) is None


@pytest.mark.parametrize(
    "goal",
    [
        (Voice.CLIENT, Voice.WORKER),
        (Voice.WORKER, Voice.CLIENT),
        (Voice.WORKER, Voice.TOGETHER),
        (Voice.TOGETHER, Voice.WORKER),
    ],
)
def test_their_idea_or_their_words_make_it_theirs(goal: tuple[Voice, Voice]) -> None:
    assert look(NAME, with_goals(goal)) is None


def test_a_goal_of_the_family_is_not_the_clients() -> None:
    assert look(NAME, with_goals((Voice.NETWORK, Voice.REPRESENTATIVE)))


def test_a_goal_of_which_nobody_knows_whose_it_is_counts_on_neither_side() -> None:
    unknown = (Voice.UNKNOWN, Voice.UNKNOWN)
    assert look(NAME, with_goals(unknown)) is None
    assert look(NAME, with_goals(unknown, OURS, THEIRS)) is None
    assert look(NAME, with_goals((Voice.CLIENT, Voice.UNKNOWN), OURS)) is None
    noticed = look(NAME, with_goals(unknown, OURS))
    assert noticed
    assert noticed.facts == {"many": 1, "running": 1}


def test_a_goal_on_the_table_or_let_go_does_not_run() -> None:
    case = given.an_opened_case()
    goal = case.propose_goal(
        words="Op tijd op.", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **telling()
    )
    assert look(NAME, case) is None
    case.agree_goal(goal, **deciding())
    assert look(NAME, case)
    case.drop_goal(goal, "Niet het doel van Sanne.", **deciding())
    assert look(NAME, case) is None
