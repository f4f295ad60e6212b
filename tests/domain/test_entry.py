"""What every entry carries, and who decided: read from the say and the initiative, never asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.entry import Decider, Decision, Entry, Initiative
from domain.kinds import ByWhom, WhyRefused
from domain.say import Means, Say, Stance
from tests import given
from tests.given import deciding, the


def decided(say: Say, initiative: Initiative, representative: Say | None = None) -> Decider:
    case = given.sanne()
    other = replace(representative, person=given.a_representative(case)) if representative else None
    case.lay_down_plan(representative_say=other, **deciding(say=say, initiative=initiative))
    return last_decision(case.entries)


def last_decision(entries: list[Entry]) -> Decider:
    decision = entries[-1]
    assert isinstance(decision, Decision)
    return decision.decided_by(decision.say, decision.representative_say)


@pytest.mark.parametrize(
    ("say", "initiative", "decider"),
    [
        (given.yes(), Initiative.CLIENT, Decider.CLIENT),
        (given.yes(), Initiative.PROFESSIONAL, Decider.TOGETHER),
        (given.no(), Initiative.PROFESSIONAL, Decider.PROFESSIONAL),
        (given.no(), Initiative.CLIENT, Decider.PROFESSIONAL),
        (given.not_asked(), Initiative.NETWORK, Decider.PROFESSIONAL),
        (given.not_asked(), Initiative.ORGANISATION, Decider.ORGANISATION),
        (given.not_asked(), Initiative.UNKNOWN, Decider.UNKNOWN),
    ],
)
def test_who_decided_is_read_from_the_say_and_the_initiative(
    say: Say, initiative: Initiative, decider: Decider
) -> None:
    assert decided(say, initiative) is decider


def test_without_the_clients_yes_a_representative_whose_yes_counts_decided() -> None:
    assert decided(given.no(), Initiative.PROFESSIONAL, given.yes()) is Decider.REPRESENTATIVE


def test_a_gesture_decides_nothing() -> None:
    seen = Say(Stance.AGREES, Means.SHOWN)
    assert decided(seen, Initiative.CLIENT) is Decider.PROFESSIONAL
    assert decided(given.no(), Initiative.PROFESSIONAL, seen) is Decider.PROFESSIONAL


def test_a_refusal_is_decided_by_the_client() -> None:
    case = given.with_offer()
    facts = deciding(say=given.no(), initiative=Initiative.PROFESSIONAL)
    case.refuse_support(the(case.plan.supports), WhyRefused.OTHER, **facts)
    assert last_decision(case.entries) is Decider.CLIENT


@pytest.mark.parametrize(
    ("by_whom", "decider"),
    [(ByWhom.CLIENT, Decider.CLIENT), (ByWhom.ORGANISATION, Decider.ORGANISATION)],
)
def test_a_goal_is_turned_down_by_whom_it_says(by_whom: ByWhom, decider: Decider) -> None:
    case = given.with_goal()
    facts = deciding(say=given.no(), initiative=Initiative.ORGANISATION)
    case.turn_down_goal(the(case.plan.goals), by_whom, "Te duur.", **facts)
    assert last_decision(case.entries) is decider


def test_a_decision_about_no_one_noun_is_known_by_its_number_so_that_its_say_is_found() -> None:
    case = given.bram()
    closing = case.entries[-1]
    assert closing.concerns == closing.number
    assert case.plan.stances_on(closing.number).of()[0].say.words == "Bedankt, tot ziens."


def test_people_quote_an_entry_by_its_number() -> None:
    assert [entry.number for entry in given.lena().entries] == [1, 2, 3, 4, 5, 6]


def test_a_decision_counts_from_its_day_or_later() -> None:
    case = given.sanne()
    case.lay_down_plan(from_on=date(2026, 12, 1), **deciding())
    assert (case.entries[-1].day, case.entries[-1].counts_from) == (given.TODAY, date(2026, 12, 1))
