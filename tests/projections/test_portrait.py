"""Who the client is: in their own words, with what they can, choose, and could not have."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.kinds import ChoiceSize, ChoiceSubject, LifeArea, Matter, Voice, WishForm
from domain.plan import read
from projections.portrait import Portrait
from tests import given
from tests.given import deciding, telling


def portrait(case: Case) -> Portrait:
    return Portrait(read(case.entries, on=given.TODAY), given.TODAY)


@pytest.mark.parametrize("voice", [voice for voice in Voice if voice is not Voice.CLIENT])
def test_who_i_am_holds_the_words_of_the_client_and_of_nobody_else(voice: Voice) -> None:
    case = given.an_opened_case()
    case.name_strength("Geduldig", voice, **telling())
    assert portrait(case).told_nothing
    case.name_strength("Ik kan goed luisteren", Voice.CLIENT, **telling())
    assert [told.words for told in portrait(case).own_strengths] == ["Ik kan goed luisteren"]
    assert not portrait(case).told_nothing


def test_what_matters_stands_by_what_it_is_about() -> None:
    case = given.an_opened_case()
    for words, subject in (("Rust", Matter.PACE), ("Ramadan", Matter.CULTURE), ("Stilte", Matter.PACE)):
        case.say_what_matters(words, subject, **telling())
    matters = {subject: [told.words for told in of] for subject, of in portrait(case).matters.items()}
    assert matters == {Matter.PACE: ["Rust", "Stilte"], Matter.CULTURE: ["Ramadan"]}


def test_strengths_stand_by_part_of_life_and_the_silent_parts_are_named() -> None:
    case = given.an_opened_case()
    case.name_strength("Betaalt zelf", Voice.WORKER, LifeArea.MONEY, **telling())
    case.name_strength("Vrolijk", Voice.NETWORK, **telling())
    shown = portrait(case)
    assert [(of.area, [told.words for told in of.strengths]) for of in shown.strengths] == [
        (LifeArea.MONEY, ["Betaalt zelf"]),
        (None, ["Vrolijk"]),
    ]
    assert LifeArea.MONEY not in shown.silent_areas
    assert LifeArea.LIVING in shown.silent_areas


def test_dreams_are_apart_from_wishes_that_were_said() -> None:
    case = given.an_opened_case()
    dream = case.voice_wish("Een bootje", WishForm.DREAM_CARD, Voice.CLIENT, **telling())
    said = case.voice_wish("Een hond", WishForm.SAID, Voice.CLIENT, **telling())
    shown = portrait(case)
    assert (list(shown.dreams), list(shown.wishes)) == ([dream], [said])


def test_choices_grow_or_not_by_quarter() -> None:
    case = given.an_opened_case()
    clock = given.clock_of(case)
    for day in (date(2026, 6, 1), date(2026, 10, 1), date(2026, 11, 1)):
        case.make_choice(chosen="Vroeg", **deciding(clock.to(day)))
    clock.to(given.TODAY)
    case.offer_choice(ChoiceSubject.TIME, ("Ochtend", "Avond"), ChoiceSize.SMALL, **telling())
    shown = portrait(case)
    assert shown.lately == (2, 1)
    assert [choice.chosen_on for choice in shown.chosen] == [
        date(2026, 11, 1),
        date(2026, 10, 1),
        date(2026, 6, 1),
    ]
    assert [choice.options for choice in shown.to_choose] == [("Ochtend", "Avond")]


def test_what_could_not_be_had_keeps_its_wish() -> None:
    case = given.an_opened_case()
    wish = case.voice_wish("Zelfstandig wonen", WishForm.SAID, Voice.CLIENT, **telling())
    case.note_ideal_not_available("Een eigen flat", "Een kamer", wish, **telling())
    (unmet,) = portrait(case).unmet
    assert (unmet.ideal.came_instead, unmet.wish and unmet.wish.words) == ("Een kamer", "Zelfstandig wonen")
