"""Looking back together, and agreeing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import CheckResult, Fit, Voice
from tests import given
from tests.given import deciding, telling, the


def test_an_evaluation_is_planned_ahead_and_held_once() -> None:
    case = given.sanne()
    planned = case.plan_evaluation(date(2026, 11, 1), **telling(date(2026, 10, 1)))
    facts: dict[str, Any] = {"worker_judgement": Fit.FITS, "conclusions": "Het past.", "planned": planned}
    case.hold_evaluation(**facts, client_score=8, worker_score=6, **deciding())
    held = case.plan.evaluations[planned]
    assert (held.planned_on, held.held_on) == (date(2026, 11, 1), given.TODAY)
    assert (held.client_score, held.worker_score) == (8, 6)
    with pytest.raises(errors.AlreadyHeld):
        case.hold_evaluation(**facts, **deciding())


def test_an_evaluation_may_be_held_without_a_plan_and_its_say_is_found() -> None:
    case = given.sanne()
    heavy: Any = {"client_judgement": Fit.TOO_HEAVY}
    held = case.hold_evaluation(conclusions="Te veel.", **heavy, **deciding(say=given.no()))
    assert case.plan.evaluations[held].client_judgement is Fit.TOO_HEAVY
    assert not case.plan.stances_on(held).of()[0].agrees


def test_an_evaluation_has_conclusions_and_was_planned_if_it_says_so() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.hold_evaluation(worker_judgement=Fit.FITS, conclusions="", **deciding())
    with pytest.raises(errors.NotInThePlan):
        case.hold_evaluation(worker_judgement=Fit.FITS, conclusions="x", planned=2, **deciding())


def test_an_evaluation_is_not_planned_in_the_past() -> None:
    with pytest.raises(errors.PlannedInThePast):
        given.sanne().plan_evaluation(date(2026, 11, 21), **telling())


def test_the_client_and_the_worker_judge_apart_and_nothing_is_made_of_the_two() -> None:
    case = given.sanne()
    apart: dict[str, Any] = {"client_judgement": Fit.TOO_LIGHT, "worker_judgement": Fit.FITS}
    held = case.hold_evaluation(conclusions="Sanne wil meer hulp.", **apart, **deciding())
    evaluation = case.plan.evaluations[held]
    assert (evaluation.client_judgement, evaluation.worker_judgement) == (Fit.TOO_LIGHT, Fit.FITS)
    assert evaluation.judgement is None


def test_an_evaluation_says_whether_it_fits_according_to_somebody() -> None:
    with pytest.raises(errors.NoJudgement):
        given.sanne().hold_evaluation(conclusions="Goed gesprek.", **deciding())


def planned_for_november() -> tuple[Case, int]:
    """Planned on 1 October for the 1st of November, put off on the 20th to the 29th of November."""
    case = given.sanne()
    planned = case.plan_evaluation(date(2026, 11, 1), **telling(date(2026, 10, 1)))
    case.postpone_evaluation(planned, date(2026, 11, 29), "Sanne is ziek.", **telling(date(2026, 10, 20)))
    return case, planned


def test_a_postponed_evaluation_has_another_day_and_keeps_the_day_it_had() -> None:
    case, planned = planned_for_november()
    evaluation = case.plan.evaluations[planned]
    assert evaluation.planned_on == date(2026, 11, 29)
    (postponed,) = evaluation.postponed
    assert (postponed.was, postponed.to) == (date(2026, 11, 1), date(2026, 11, 29))
    assert (postponed.on, postponed.reason) == (date(2026, 10, 20), "Sanne is ziek.")
    before = case.plan_on(date(2026, 10, 19)).evaluations[planned]
    assert (before.planned_on, before.postponed) == (date(2026, 11, 1), [])


def test_an_evaluation_that_was_held_or_not_planned_is_not_postponed() -> None:
    case, planned = planned_for_november()
    case.hold_evaluation(planned=planned, worker_judgement=Fit.FITS, conclusions="Past.", **deciding())
    unplanned = case.hold_evaluation(worker_judgement=Fit.FITS, conclusions="Past.", **deciding())
    assert case.plan.evaluations[planned].held_in == unplanned - 1  # what came of it stands there
    for held in (planned, unplanned):
        with pytest.raises(errors.AlreadyHeld):
            case.postpone_evaluation(held, date(2026, 12, 1), "x", **telling())
    with pytest.raises(errors.NotInThePlan):
        case.postpone_evaluation(2, date(2026, 12, 1), "x", **telling())


def test_an_evaluation_is_postponed_from_the_day_it_was_planned_to_another_day_with_a_reason() -> None:
    case, planned = planned_for_november()
    with pytest.raises(errors.NotThereYet):
        case.postpone_evaluation(planned, date(2026, 12, 1), "x", **telling(date(2026, 9, 30)))
    with pytest.raises(errors.PlannedInThePast):
        case.postpone_evaluation(planned, date(2026, 11, 21), "x", **telling())
    with pytest.raises(errors.NothingChanged):
        case.postpone_evaluation(planned, date(2026, 11, 29), "x", **telling())
    with pytest.raises(errors.Empty):
        case.postpone_evaluation(planned, date(2026, 12, 1), " ", **telling())


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


def test_an_agreement_is_checked_as_often_as_needed_and_each_check_stays() -> None:
    case = given.sanne()
    agreement = the(case.plan.agreements)
    june, words = date(2026, 6, 1), "Hij belde niet."
    case.check_agreement(agreement, CheckResult.NOT_KEPT, words, Voice.CLIENT, **telling(june))
    case.check_agreement(agreement, CheckResult.KEPT, **telling())
    first, second = case.plan.agreements[agreement].checks
    assert (first.on, first.result, first.words) == (june, CheckResult.NOT_KEPT, words)
    assert first.judged_by is Voice.CLIENT
    assert (second.result, second.judged_by) == (CheckResult.KEPT, Voice.UNKNOWN)
    assert not case.plan_on(date(2026, 5, 31)).agreements[agreement].checks


@pytest.mark.parametrize("result", [CheckResult.NOT_KEPT, CheckResult.NOT_ON_THE_SAME_LINE])
def test_how_an_agreement_went_otherwise_is_told_in_words(result: CheckResult) -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.check_agreement(the(case.plan.agreements), result, " ", **telling())


def test_an_agreement_is_checked_after_it_was_made() -> None:
    case = given.sanne()
    with pytest.raises(errors.NotThereYet) as refused:
        case.check_agreement(the(case.plan.agreements), CheckResult.KEPT, **telling(date(2026, 3, 1)))
    assert refused.value.facts == {"first": date(2026, 3, 2)}
    with pytest.raises(errors.NotInThePlan):
        case.check_agreement(99, CheckResult.KEPT, **telling())
