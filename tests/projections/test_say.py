"""The say: one row a decision that stands, with what the client said of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.case import Case
from domain.days import end_of
from domain.entry import Decider, Decision, Initiative
from domain.kinds import LegalKind, Scope, WhyWithdrawn
from domain.say import WhyNotAsked
from projections.read_model import Told
from projections.say import SayRow, rows
from projections.timeline import timeline
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


def with_a_representatives_yes() -> Case:
    """Scaled up on 1 April, with the client's no, and the yes of a representative who was not named yet."""
    case = given.with_support()
    rita, april = given.a_representative(case), date(2026, 4, 1)
    how = deciding(april, given.no(), initiative=Initiative.PROFESSIONAL)
    more: dict[str, Any] = {"to": given.hours_a_week("6"), "reason": "Meer nodig."}
    case.scale_up_support(
        given.the(case.plan.supports), representative_say=given.yes(person=rita), **more, **how
    )
    return case


def test_a_representation_that_is_told_later_is_read_back_into_the_decision() -> None:
    case = with_a_representatives_yes()
    assert say_of(case)[-1].decided_by == "professional"
    seen, march = case.version, date(2026, 3, 2)
    rita, support = given.person_called(case, "Rita Mulder"), given.the(case.plan.supports)
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **telling(march))
    assert _rows_after(case, seen)[-1].decided_by == "professional"
    facts: dict[str, Any] = {"judged_by": "Huisarts", "ground": "Een delier.", "subject": support}
    case.judge_capacity("Hoeveel hulp", able=False, **facts, **telling(march))
    assert _rows_after(case, case.version - 1)[-1].decided_by == "representative"
    case.end_representation(rita, "Toch niet.", **telling(march))
    assert _rows_after(case, case.version - 1)[-1].decided_by == "professional"


def _rows_after(case: Case, seen: int) -> list[SayRow]:
    """The rows that follow from what is new."""
    return list(rows(Told(case.id, case.entries, case.entries[seen:], len(case.entries))))


def test_a_line_says_the_same_of_who_decided() -> None:
    case = with_a_representatives_yes()
    rita, march = given.person_called(case, "Rita Mulder"), date(2026, 3, 2)
    number = case.version
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **telling(march))
    facts: dict[str, Any] = {
        "judged_by": "Huisarts",
        "ground": "Een delier.",
        "subject": given.the(case.plan.supports),
    }
    case.judge_capacity("Hoeveel hulp", able=False, **facts, **telling(march))
    (line,) = (line for line in timeline(case.entries) if line.number == number)
    assert line.decided_by is Decider.REPRESENTATIVE
    known = end_of(march)
    assert all(line.decided_by is not Decider.REPRESENTATIVE for line in timeline(case.entries, known=known))
