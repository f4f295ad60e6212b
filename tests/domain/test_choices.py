"""The client chooses and tries; what could not be had is written down, and the wish stays."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.choices import ChoiceMade
from domain.kinds import ChoiceSize, ChoiceSubject, TryoutResult, Voice
from domain.plan import read
from domain.say import Means, Say, Stance
from tests import given
from tests.given import deciding, telling, the

FIRST, LATER = date(2026, 3, 2), date(2026, 3, 9)
SOUPS = ("Linzensoep", "Pompoensoep")


def offer(case: Case, *options: str, day: date = FIRST) -> int:
    return case.offer_choice(ChoiceSubject.ACTIVITY, options or SOUPS, ChoiceSize.SMALL, **telling(day))


def try_out(case: Case, until: date = LATER, **more: object) -> int:
    return case.agree_tryout("Koken zonder lijstje", until, **more, **deciding(FIRST))  # type: ignore[arg-type]  # mixed facts


def test_what_is_offered_is_not_chosen() -> None:
    case = given.an_opened_case()
    offered = offer(case)
    choice = case.plan.choices[offered]
    assert (choice.options, choice.chosen, choice.chosen_on) == (SOUPS, "", None)


@pytest.mark.parametrize("options", [("Soep",), ("Soep", " "), ("Soep", " soep")])
def test_one_option_is_no_choice(options: tuple[str, ...]) -> None:
    with pytest.raises(errors.NothingToChoose) as refused:
        offer(given.an_opened_case(), *options)
    assert refused.value.field == "options"


def test_a_choice_is_noted_where_it_was_offered_from_its_day_on() -> None:
    case = given.an_opened_case()
    offered = offer(case)
    case.make_choice("Linzensoep", offered, "Die van oma.", **deciding(LATER))
    choice = case.plan.choices[offered]
    assert (choice.chosen, choice.words, choice.chosen_on) == ("Linzensoep", "Die van oma.", LATER)
    assert case.plan_on(FIRST).choices[offered].chosen == ""
    assert len(case.plan.choices) == 1


def test_a_choice_of_their_own_accord_stands_by_itself() -> None:
    case = given.an_opened_case()
    number = case.make_choice("Op zondag geen bezoek.", **deciding(FIRST))
    assert case.plan.choices[number].chosen == "Op zondag geen bezoek."
    assert case.plan.choices[number].options == ()


def test_something_else_than_was_offered_may_be_chosen() -> None:
    case = given.an_opened_case()
    offered = offer(case)
    case.make_choice("Liever pannenkoeken.", offered, **deciding())
    assert case.plan.choices[offered].chosen == "Liever pannenkoeken."


def test_people_change_their_mind_and_the_newest_choice_counts() -> None:
    case = given.an_opened_case()
    offered = offer(case)
    case.make_choice("Pompoensoep", offered, **deciding(LATER))
    case.make_choice("Linzensoep", offered, **deciding(FIRST))  # told later, chosen before
    assert case.plan.choices[offered].chosen == "Pompoensoep"
    own = case.make_choice("Rust", **deciding(FIRST))
    case.make_choice("Toch bezoek", own, **deciding(LATER))
    assert case.plan.choices[own].chosen == "Toch bezoek"
    assert [e.TOPIC for e in case.entries].count("choice_made") == 4


def test_a_choice_is_the_answer_itself() -> None:
    case = given.an_opened_case()
    with pytest.raises(errors.OtherAnswer):
        case.make_choice("Soep", **deciding(say=given.not_asked()))
    offered = offer(case)
    case.make_choice("Linzensoep", offered, **deciding())
    (position,) = case.plan.stances_on(offered).of()
    assert position.say.stance is Stance.AGREES


def test_a_choice_says_what_was_chosen_from_what_was_there() -> None:
    case = given.an_opened_case()
    offered = offer(case)
    with pytest.raises(errors.Empty):
        case.make_choice(" ", offered, **deciding())
    with pytest.raises(errors.NotInThePlan):
        case.make_choice("Soep", 99, **deciding())
    with pytest.raises(errors.NotThereYet):
        case.make_choice("Soep", offered, **deciding(date(2026, 3, 1)))


def test_what_could_not_be_had_stands_beside_the_wish_that_stays() -> None:
    case = given.sanne()
    wish = the(case.plan.wishes)
    case.note_ideal_not_available("Koken bij Els", "Koken in de buurtkamer", wish, **telling())
    (ideal,) = case.plan.ideals
    assert (ideal.wanted, ideal.came_instead, ideal.wish_id) == (
        "Koken bij Els",
        "Koken in de buurtkamer",
        wish,
    )
    assert wish in case.plan.wishes
    assert case.plan_on(FIRST).ideals == []


def test_what_could_not_be_had_says_what_was_wanted_and_what_came() -> None:
    case = given.an_opened_case()
    for wanted, came in (("", "x"), ("x", " ")):
        with pytest.raises(errors.Empty):
            case.note_ideal_not_available(wanted, came, **telling())
    with pytest.raises(errors.NotInThePlan):
        case.note_ideal_not_available("x", "y", uuid4(), **telling())


def test_something_is_tried_until_a_day() -> None:
    case = given.sanne()
    number = try_out(case, wish_id=the(case.plan.wishes))
    tryout = case.plan.tryouts[number]
    assert (tryout.words, tryout.until, tryout.result) == ("Koken zonder lijstje", LATER, None)
    assert case.plan_on(date(2026, 3, 1)).tryouts == {}
    assert try_out(case, until=FIRST)


def test_what_is_tried_ends_on_its_day_or_later_and_is_said() -> None:
    case = given.an_opened_case()
    with pytest.raises(errors.EndsTooSoon):
        try_out(case, until=date(2026, 3, 1))
    with pytest.raises(errors.EndsTooSoon):
        try_out(case, from_on=date(2026, 3, 10))
    with pytest.raises(errors.NotInThePlan):
        try_out(case, wish_id=uuid4())
    with pytest.raises(errors.Empty):
        case.agree_tryout(" ", LATER, **deciding(FIRST))


def test_a_no_to_trying_is_no_no_to_the_wish() -> None:
    case = given.sanne()
    wish = the(case.plan.wishes)
    number = case.agree_tryout("Koken", given.TODAY, wish, **deciding(say=given.no()))
    assert case.plan.stances_on(wish).of() == []
    assert case.plan.stances_on(number).of()[0].say.stance is Stance.DISAGREES


def test_it_is_looked_back_on_once_and_somebody_judges() -> None:
    case = given.an_opened_case()
    number = try_out(case)
    facts = (TryoutResult.WORKS_NOT, Voice.CLIENT)
    with pytest.raises(errors.Empty):
        case.look_back_on_tryout(number, *facts, " ", **telling(LATER))
    with pytest.raises(errors.NotThereYet):
        case.look_back_on_tryout(number, *facts, "x", **telling(date(2026, 3, 1)))
    case.look_back_on_tryout(number, *facts, "Ik vergat het zout.", **telling(LATER))
    tryout = case.plan.tryouts[number]
    assert (tryout.result, tryout.judged_by) == facts
    assert (tryout.looked_back, tryout.looked_back_on) == ("Ik vergat het zout.", LATER)
    assert case.plan_on(FIRST).tryouts[number].result is None
    with pytest.raises(errors.AlreadyLookedBack):
        case.look_back_on_tryout(number, *facts, "x", **telling())


def test_a_gesture_that_one_person_saw_is_no_choice() -> None:
    case = given.an_opened_case()
    seen = Say(Stance.AGREES, Means.SHOWN)
    offered = offer(case)
    with pytest.raises(errors.OnlySeen):
        case.make_choice("Linzensoep", offered, **deciding(say=seen))
    facts: dict[str, Any] = {"chosen": "Linzensoep", "offered": offered, **deciding(say=seen)}
    plan = read([*case.entries, given.as_before(case, ChoiceMade, **facts)])
    assert plan.choices[offered].chosen_on is None
    assert plan.stances_on(offered).of()[0].say == seen
