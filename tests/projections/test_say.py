"""The say: one row a decision that stands, with what the client said of it."""

from __future__ import annotations

from domain.case import Case
from domain.entry import Decision
from domain.kinds import WhyWithdrawn
from domain.say import WhyNotAsked
from projections.read_model import Told
from projections.say import SayRow, rows
from tests import given
from tests.given import deciding, telling


def say_of(case: Case) -> list[SayRow]:
    return list(rows(Told(case.id, case.entries, case.entries, len(case.entries))))


def test_every_decision_has_a_row_and_nothing_else_has() -> None:
    case = given.sanne()
    assert [row.entry for row in say_of(case)] == [e.number for e in case.entries if isinstance(e, Decision)]


def test_a_row_says_who_decided_and_nobodys_words() -> None:
    case = given.karim()
    refusal = next(row for row in say_of(case) if row.topic == "support_refused")
    assert (refusal.stance, refusal.means, refusal.decided_by) == ("disagrees", "spoken", "client")
    assert (refusal.team, refusal.subject) == ("Noord", str(given.the(case.plan.supports)))
    assert not any("Vorige keer" in str(value) for value in vars(refusal).values())


def test_not_having_asked_says_why() -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    case.agree_goal(goal, **deciding(say=given.not_asked(WhyNotAsked.COULD_NOT_WAIT)))
    last = say_of(case)[-1]
    assert (last.stance, last.means, last.reason_not_asked) == ("not_asked", "none", "could_not_wait")


def test_a_say_that_was_read_back_by_the_client_is_firm() -> None:
    case = given.with_offer()
    decision = say_of(case)[-1]
    case.read_back(decision.entry, right=True, **telling(by=given.CLIENT))
    assert (say_of(case)[-1].stance, say_of(case)[-1].means) == ("agrees", "read_back")


def test_a_say_that_was_not_right_is_a_wish_to_talk() -> None:
    case = given.with_offer()
    decision = say_of(case)[-1]
    case.read_back(decision.entry, right=False, words="Zo zei ik het niet.", **telling())
    assert (say_of(case)[-1].stance, say_of(case)[-1].decided_by) == ("wants_to_talk", "professional")


def test_a_withdrawn_decision_is_gone() -> None:
    case = given.with_offer()
    before = say_of(case)
    case.withdraw_entry(before[-1].entry, WhyWithdrawn.IN_ERROR, **telling())
    assert say_of(case) == before[:-1]
