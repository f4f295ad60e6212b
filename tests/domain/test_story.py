"""Who the client is, in own words."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.correcting import facts_of
from domain.kinds import Bond, Doing, LifeArea, Matter, Voice, WishForm
from domain.nouns import Tie
from domain.say import Means, Say, Stance
from domain.story import AbilityDescribed, CircleDrawn
from tests import given
from tests.given import deciding, telling, the

JANUARY, FEBRUARY = date(2026, 1, 19), date(2026, 2, 2)


def test_a_wish_is_kept_in_the_words_it_was_said() -> None:
    case = given.sanne()
    (wish,) = case.plan.wishes.values()
    assert (wish.words, wish.whose) == ("Ik wil weer voor mijn zus kunnen koken.", Voice.CLIENT)


def test_who_heard_a_wish_is_who_wrote_it_down_unless_said_otherwise() -> None:
    case = given.an_opened_case()
    case.voice_wish("Rust.", WishForm.SAID, Voice.CLIENT, **telling(by=given.WORKER))
    case.voice_wish("Werk.", WishForm.SAID, Voice.CLIENT, heard_by="Henk", **telling(by=given.WORKER))
    heard = [getattr(entry, "heard_by") for entry in case.entries[1:]]  # noqa: B009  # of this kind only
    assert heard == ["Thomas Visser", "Henk"]


def test_what_matters_and_strengths_are_told_beside_it() -> None:
    plan = given.sanne().plan
    assert [(m.words, m.kind) for m in plan.matters] == [("Niet gehaast worden.", Matter.PACE)]
    assert [(s.words, s.whose) for s in plan.strengths] == [
        ("Kent alle recepten van haar oma uit het hoofd.", Voice.NETWORK)
    ]


def test_the_daily_note_is_one_line() -> None:
    case = given.an_opened_case()
    case.take_action("Samen soep gemaakt.", **telling(by=given.WORKER))
    assert getattr(case.entries[-1], "done_by") == "Thomas Visser"  # noqa: B009


def test_a_daily_note_is_about_a_goal_that_was_there() -> None:
    case = given.with_goal()
    with pytest.raises(errors.NotInThePlan):
        case.take_action("x", uuid4(), **telling())
    with pytest.raises(errors.NotThereYet):
        case.take_action("x", the(case.plan.goals), **telling(given.OPENING))


def test_words_are_never_empty() -> None:
    case, how = given.an_opened_case(), telling()
    for without_words in (
        lambda: case.voice_wish(" ", WishForm.SAID, Voice.CLIENT, **how),
        lambda: case.say_what_matters("", Matter.LIFE, **how),
        lambda: case.name_strength("", Voice.WORKER, LifeArea.HEALTH, **how),
        lambda: case.mark_success(" ", Voice.WORKER, **how),
        lambda: case.take_action("\n", **how),
    ):
        with pytest.raises(errors.Empty) as refused:
            without_words()
        assert refused.value.field == "words"
    assert case.version == 1


def test_a_wish_of_long_ago_takes_its_place() -> None:
    case = given.sanne()
    early = case.voice_wish("Eerst slapen.", WishForm.SAID, Voice.CLIENT, **telling(date(2026, 1, 13)))
    assert case.plan.wishes[early].since == date(2026, 1, 13)


def test_getting_to_know_each_other_tells_at_least_one_thing() -> None:
    case = given.an_opened_case()
    with pytest.raises(errors.NothingFilledIn) as refused:
        case.hold_introduction(" ", "", "\n", **telling())
    assert refused.value.field == "strengths"
    case.hold_introduction(role_of_care="Dat ik het zelf weer leer.", **telling(FEBRUARY))
    (told,) = case.plan.introductions
    assert (told.role_of_care, told.since) == ("Dat ik het zelf weer leer.", FEBRUARY)
    assert not case.plan_on(JANUARY).introductions


def test_a_success_is_kept_with_who_saw_it() -> None:
    case = given.an_opened_case()
    case.mark_success("Soep voor acht mensen!", Voice.CLIENT, **telling(FEBRUARY))
    assert [(s.words, s.whose) for s in case.plan.successes] == [("Soep voor acht mensen!", Voice.CLIENT)]
    assert not case.plan_on(JANUARY).successes


def test_the_newest_of_a_task_takes_the_place_of_what_stood() -> None:
    case = given.an_opened_case()
    case.describe_ability("Koken", Doing.WITH_HELP, "Snijden gaat nog niet.", **telling(JANUARY))
    case.describe_ability("Was", Doing.BY_OTHER, **telling(JANUARY))
    case.describe_ability(" koken", Doing.SELF, **telling(FEBRUARY))
    assert abilities(case, JANUARY) == [("Koken", Doing.WITH_HELP), ("Was", Doing.BY_OTHER)]
    assert abilities(case, FEBRUARY) == [("Was", Doing.BY_OTHER), (" koken", Doing.SELF)]
    assert case.plan_on(JANUARY).abilities[0].words == "Snijden gaat nog niet."


def abilities(case: Case, on: date) -> list[tuple[str, Doing]]:
    return [(ability.task, ability.doing) for ability in case.plan_on(on).abilities]


def test_a_task_has_a_name() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.an_opened_case().describe_ability(" ", Doing.SELF, **telling())
    assert refused.value.field == "task"


def test_a_circle_is_drawn_anew_and_the_one_before_stays() -> None:
    case, els = given.an_opened_case(), Tie("Els", Bond.STRAINED, "Wij bellen niet meer.")
    case.draw_circle((els,), with_client=True, **telling(JANUARY))
    case.draw_circle((Tie("Els", Bond.STRONG),), with_client=True, **telling(FEBRUARY))
    assert [[tie.bond for tie in circle.ties] for circle in case.plan.circles] == [["strained"], ["strong"]]
    assert [circle.ties for circle in case.plan_on(JANUARY).circles] == [(els,)]


@pytest.mark.parametrize("ties", [(), (Tie("Els", Bond.STRONG), Tie(" ", Bond.LOOSE))])
def test_a_circle_is_of_people_with_names(ties: tuple[Tie, ...]) -> None:
    with pytest.raises(errors.Empty) as refused:
        given.an_opened_case().draw_circle(ties, with_client=True, **telling())
    assert refused.value.field == "ties"


def test_how_close_somebody_is_or_what_the_client_can_do_is_told_anew_and_never_put_right() -> None:
    assert set(facts_of(CircleDrawn)) == {"happened_on", "with_client"}
    assert set(facts_of(AbilityDescribed)) == {"happened_on", "task"}


def released(case: Case, **how: Any) -> int:
    return case.release_story("Hoe ik weer leerde koken.", "Het blad van de buurt", **how)


def test_a_story_is_released_by_the_clients_own_yes() -> None:
    case = given.an_opened_case()
    number = released(case, **deciding(FEBRUARY))
    assert case.plan.released[number].purpose == "Het blad van de buurt"
    assert case.plan.stances_on(number).of()[0].agrees
    assert not case.plan_on(JANUARY).released


def test_what_was_released_is_taken_back_by_its_number() -> None:
    case = given.an_opened_case()
    number = released(case, **deciding(JANUARY))
    case.withdraw_consent(number, **deciding(FEBRUARY, given.no()))
    assert case.plan.released[number].withdrawn_on == FEBRUARY
    assert case.plan_on(JANUARY).released[number].withdrawn_on is None


@pytest.mark.parametrize(
    "say", [given.no(), given.wants_to_talk(), given.not_asked(), Say(Stance.AGREES, Means.SHOWN)]
)
def test_without_their_own_yes_a_story_stays_here_also_with_the_yes_of_a_representative(say: Say) -> None:
    case = given.an_opened_case()
    rita = given.a_representative(case)
    with pytest.raises(errors.NotReleased) as refused:
        released(case, representative_say=given.yes(person=rita), **deciding(say=say))
    assert refused.value.field == "stance"
    assert not case.plan.released


def test_a_story_is_released_for_something() -> None:
    case = given.an_opened_case()
    for words, purpose, field in (("", "x", "words"), ("x", " ", "purpose")):
        with pytest.raises(errors.Empty) as refused:
            case.release_story(words, purpose, **deciding())
        assert refused.value.field == field
