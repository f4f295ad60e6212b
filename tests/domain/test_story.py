"""Who the client is, in own words."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from domain import errors
from domain.kinds import ConversationKind, LifeArea, Matter, Voice, WishForm
from tests import given
from tests.given import telling, the


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


def test_a_conversation_without_the_client_says_why() -> None:
    case = given.an_opened_case()
    facts = {"kind": ConversationKind.TEAM, "client_present": False, **telling()}
    with pytest.raises(errors.Empty) as refused:
        case.hold_conversation(**facts)
    assert refused.value.field == "why_absent"
    case.hold_conversation(why_absent="Wilde niet.", **facts)
    assert not case.plan.talks[0].client_present


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
