"""Looking back together, agreeing, and seeing it differently."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain import errors
from domain.kinds import Fit, Voice
from tests import given
from tests.given import deciding, person_called, telling, the


def test_an_evaluation_is_planned_ahead_and_held_once() -> None:
    case = given.sanne()
    planned = case.plan_evaluation(date(2026, 11, 1), **telling(date(2026, 10, 1)))
    facts: dict[str, Any] = {"judgement": Fit.FITS, "conclusions": "Het past.", "planned": planned}
    case.hold_evaluation(**facts, client_score=8, worker_score=6, **deciding())
    held = case.plan.evaluations[planned]
    assert (held.planned_on, held.held_on) == (date(2026, 11, 1), given.TODAY)
    assert (held.client_score, held.worker_score) == (8, 6)
    with pytest.raises(errors.AlreadyHeld):
        case.hold_evaluation(**facts, **deciding())


def test_an_evaluation_may_be_held_without_a_plan_and_its_say_is_found() -> None:
    case = given.sanne()
    held = case.hold_evaluation(judgement=Fit.TOO_HEAVY, conclusions="Te veel.", **deciding(say=given.no()))
    assert case.plan.evaluations[held].judgement is Fit.TOO_HEAVY
    assert not case.plan.stances_on(held).of()[0].agrees


def test_an_evaluation_has_conclusions_and_was_planned_if_it_says_so() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.hold_evaluation(judgement=Fit.FITS, conclusions="", **deciding())
    with pytest.raises(errors.NotInThePlan):
        case.hold_evaluation(judgement=Fit.FITS, conclusions="x", planned=2, **deciding())


def test_an_evaluation_is_not_planned_in_the_past() -> None:
    with pytest.raises(errors.PlannedInThePast):
        given.sanne().plan_evaluation(date(2026, 11, 21), **telling())


def test_an_agreement_says_what_and_with_whom() -> None:
    case = given.sanne()
    (agreement,) = case.plan.agreements.values()
    assert (agreement.words, agreement.who) == ("Thomas belt als hij later komt.", "Thomas Visser")
    for words, who in (("", "Thomas"), ("Bellen", " ")):
        with pytest.raises(errors.Empty):
            case.make_agreement(words, who, **deciding())


def test_an_agreement_is_about_a_goal_or_support_that_is_there() -> None:
    case = given.sanne()
    unknowns: list[dict[str, Any]] = [{"goal_id": uuid4()}, {"support_id": uuid4()}]
    for unknown in unknowns:
        with pytest.raises(errors.NotInThePlan):
            case.make_agreement("x", "y", **unknown, **deciding())


def test_the_say_on_an_agreement_is_found_by_its_number() -> None:
    case = given.sanne()
    assert case.plan.stances_on(the(case.plan.agreements)).of()[0].say.words == "Dat vind ik fijn."


def test_a_disagreement_stays_until_it_is_settled_and_after() -> None:
    case = given.lena()
    disagreement = the(case.plan.disagreements)
    with pytest.raises(errors.Empty):
        case.settle_disagreement(disagreement, "", **deciding())
    case.settle_disagreement(disagreement, "Eerst rust, in maart verder.", **deciding())
    held = case.plan.disagreements[disagreement]
    assert (held.words, held.settled_words) == ("Ik wil eerst rust in huis.", "Eerst rust, in maart verder.")
    with pytest.raises(errors.AlreadySettled):
        case.settle_disagreement(disagreement, "Nog eens.", **deciding())


def test_a_disagreement_is_of_somebody_and_about_something_that_is_there() -> None:
    case = given.sanne()
    henk = person_called(case, "Henk Mulder")
    case.voice_disagreement(Voice.NETWORK, "Te snel.", henk, the(case.plan.goals), **telling())
    with pytest.raises(errors.Empty):
        case.voice_disagreement(Voice.NETWORK, "", **telling())
    with pytest.raises(errors.NotInThePlan):
        case.voice_disagreement(Voice.NETWORK, "x", person=uuid4(), **telling())
    with pytest.raises(errors.NotInThePlan):
        case.voice_disagreement(Voice.NETWORK, "x", subject=uuid4(), **telling())
