"""How it goes is asked of those it is about; a list of questions decides nothing by itself."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import Experience, Fit, Voice
from tests import given
from tests.given import deciding, telling, the

JUNE = date(2026, 6, 1)
QUESTIONS = ("Slaapt u goed?", "Eet u warm?")


def fill(case: Case, *answers: str, day: date = JUNE) -> int:
    case.fill_questionnaire(
        "Vijf vragen", "2026-1", QUESTIONS, answers, filled_by=Voice.CLIENT, **telling(day)
    )
    return case.version


def test_the_client_is_asked_how_they_are_in_words_or_with_a_mark() -> None:
    case = given.sanne()
    case.ask_wellbeing("Best goed.", **telling(JUNE))
    case.ask_wellbeing(score=7, **telling())
    assert [(w.words, w.score) for w in case.plan.wellbeing] == [("Best goed.", None), ("", 7)]
    assert not case.plan_on(date(2026, 5, 31)).wellbeing


def test_not_wanting_to_say_how_one_is_is_an_answer() -> None:
    case = given.sanne()
    case.ask_wellbeing(did_not_want_to_say=True, **telling())
    assert case.plan.wellbeing[-1].did_not_want_to_say


def test_neither_words_nor_a_mark_says_nothing() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.ask_wellbeing(" ", **telling())
    with pytest.raises(errors.Empty):
        case.judge_experience(Experience.TRUST, Voice.CLIENT, **telling())


@pytest.mark.parametrize("mark", [-1, 11])
def test_a_mark_is_from_0_to_10(mark: int) -> None:
    case = given.sanne()
    with pytest.raises(errors.NotAMark) as refused:
        case.ask_wellbeing(score=mark, **telling())
    assert refused.value.field == "score"
    with pytest.raises(errors.NotAMark) as refused:
        case.hold_evaluation(worker_judgement=Fit.FITS, conclusions="x", client_score=mark, **deciding())
    assert refused.value.field == "client_score"


@pytest.mark.parametrize("mark", [0, 10])
def test_the_lowest_and_the_highest_mark_are_marks(mark: int) -> None:
    case = given.sanne()
    case.ask_wellbeing(score=mark, **telling())
    assert case.plan.wellbeing[-1].score == mark


def test_an_experience_says_whose_it_is() -> None:
    case = given.sanne()
    case.judge_experience(Experience.HEARD, Voice.CLIENT, "Hij laat mij uitpraten.", 9, **telling(JUNE))
    case.judge_experience(Experience.HEARD, Voice.NETWORK, score=6, **telling())
    assert [(j.subject, j.judged_by, j.score) for j in case.plan.experiences] == [
        (Experience.HEARD, Voice.CLIENT, 9),
        (Experience.HEARD, Voice.NETWORK, 6),
    ]
    assert not case.plan_on(date(2026, 5, 31)).experiences


@pytest.mark.parametrize("field", ["score", "subject", "judged_by", "words"])
def test_an_opinion_is_not_put_right_by_somebody_else(field: str) -> None:
    case = given.sanne()
    case.judge_experience(Experience.TRUST, Voice.CLIENT, "Goed.", 9, **telling())
    with pytest.raises(errors.NotAFact):
        case.correct_entry(case.version, field, "3", "Tikfout", **telling())


def test_a_list_of_questions_is_kept_as_it_was_worded() -> None:
    case = given.sanne()
    fill(case, "Ja", "–")
    (filled,) = case.plan.questionnaires
    assert (filled.asked, filled.answers) == (QUESTIONS, ("Ja", "–"))
    assert filled.wording_hash == hashlib.sha256(b"Slaapt u goed?\nEet u warm?").hexdigest()
    assert not case.plan_on(date(2026, 5, 31)).questionnaires


@pytest.mark.parametrize("answers", [("Ja",), ("Ja", "Nee", "Soms")])
def test_every_question_has_one_answer(answers: tuple[str, ...]) -> None:
    with pytest.raises(errors.NotAsManyAnswers):
        fill(given.sanne(), *answers)


def test_a_list_has_a_name_and_questions() -> None:
    how = {"filled_by": Voice.CLIENT, **telling()}
    with pytest.raises(errors.Empty):
        given.sanne().fill_questionnaire("", "1", QUESTIONS, ("Ja", "Nee"), **how)
    with pytest.raises(errors.Empty):
        given.sanne().fill_questionnaire("Vijf vragen", "1", (), (), **how)


@pytest.mark.parametrize("ground", ["about", "evaluation"])
def test_a_list_of_questions_is_never_the_only_ground_of_a_decision(ground: str) -> None:
    case = given.sanne()
    filled, goal = fill(case, "Ja", "Nee"), the(case.plan.goals)
    only = {ground: filled}
    with pytest.raises(errors.OnlyAQuestionnaire):
        case.drop_goal(goal, "Score te hoog.", **only, **deciding())  # type: ignore[arg-type]  # one of two


def test_beside_a_talk_or_an_evaluation_a_list_of_questions_may_be_named() -> None:
    case = given.sanne()
    filled, goal = fill(case, "Ja", "Nee"), the(case.plan.goals)
    held = case.hold_evaluation(worker_judgement=Fit.FITS, conclusions="Goed.", **deciding())
    case.adjust_goal(goal, "Elke dag.", about=filled, evaluation=held, **deciding())
    case.adjust_goal(goal, "Elke week.", about=filled, conversation_id=UUID(int=7), **deciding())
    assert case.plan.goals[goal].words == "Elke week."


def test_what_is_no_decision_may_answer_a_list_of_questions() -> None:
    case = given.sanne()
    case.take_action("Lijst besproken.", about=fill(case, "Ja", "Nee"), **telling())
    assert case.entries[-1].about == case.version - 1


@pytest.mark.parametrize("more", [{"words": "Gaat wel."}, {"score": 6}])
def test_who_did_not_want_to_say_gave_no_words_and_no_mark(more: dict[str, Any]) -> None:
    case = given.an_opened_case()
    with pytest.raises(errors.SaidAfterAll):
        case.ask_wellbeing(did_not_want_to_say=True, **more, **telling())
    case.ask_wellbeing(did_not_want_to_say=True, **telling())
    assert case.plan.wellbeing[-1].did_not_want_to_say
