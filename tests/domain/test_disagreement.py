"""Seeing it differently, what is seen the same way, and a mediator between them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import PersonKind, Voice
from tests import given
from tests.given import deciding, person_called, telling, the

OFFERED, INVOLVED = date(2026, 3, 2), date(2026, 3, 9)
MEDIATOR = "Anna de Boer"


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


# What is seen the same way.
def test_common_ground_stands_beside_the_disagreement_from_its_day() -> None:
    case = given.lena()
    case.find_common_ground("Rust in huis.", "Lena en Thomas", **telling(OFFERED))
    (ground,) = case.plan.common_ground
    assert (ground.words, ground.kind, ground.since) == ("Rust in huis.", "Lena en Thomas", OFFERED)
    assert case.plan.disagreements[the(case.plan.disagreements)].settled_on is None
    assert not case.plan_on(date(2026, 3, 1)).common_ground
    with pytest.raises(errors.Empty):
        case.find_common_ground(" ", **telling())


# A mediator.
def with_a_mediator() -> tuple[Case, int]:
    """Lena's disagreement: a mediator offered on 2 March and involved on the 9th."""
    case = given.lena()
    offered = case.offer_mediator(the(case.plan.disagreements), "Aan Lena en Thomas.", **telling(OFFERED))
    assert case.involve_mediator(offered, MEDIATOR, **deciding(INVOLVED)) == offered
    return case, offered


def test_a_mediator_is_offered_then_helps_and_then_is_done() -> None:
    case, offered = with_a_mediator()
    case.end_mediation(offered, "Zij praten weer.", **telling())
    mediation = case.plan.mediations[offered]
    assert (mediation.since, mediation.involved_on, mediation.ended_on) == (OFFERED, INVOLVED, given.TODAY)
    assert (mediation.mediator, mediation.result) == (MEDIATOR, "Zij praten weer.")
    assert mediation.disagreement == the(case.plan.disagreements)
    then = case.plan_on(OFFERED).mediations[offered]
    assert (then.involved_on, then.running) == (None, False)
    assert case.plan_on(INVOLVED).mediations[offered].running


def test_what_the_mediation_brought_settles_nothing_by_itself() -> None:
    case, offered = with_a_mediator()
    case.end_mediation(offered, "Zij praten weer.", **telling())
    assert case.plan.disagreements[the(case.plan.disagreements)].settled_on is None


def test_an_offer_says_about_what_or_in_words() -> None:
    case = given.lena()
    with pytest.raises(errors.Empty) as refused:
        case.offer_mediator(words=" ", **telling(OFFERED))
    assert refused.value.field == "words"
    case.offer_mediator(the(case.plan.disagreements), **telling(OFFERED))
    case.offer_mediator(words="Aan iedereen.", **telling(OFFERED))


def test_a_mediator_may_come_without_an_offer() -> None:
    case = given.lena()
    number = case.involve_mediator(mediator=MEDIATOR, **deciding(INVOLVED))
    assert number == case.version
    assert case.plan.mediations[number].running
    assert case.plan.mediations[number].disagreement is None


def test_a_mediator_who_takes_part_goes_by_their_own_name() -> None:
    case = given.lena()
    anna = case.join_person(name=MEDIATOR, kind=PersonKind.MEDIATOR, **telling())
    disagreement = the(case.plan.disagreements)
    number = case.involve_mediator(person=anna, disagreement=disagreement, **deciding())
    mediation = case.plan.mediations[number]
    assert (mediation.mediator, mediation.disagreement) == (MEDIATOR, disagreement)
    case.leave_person(anna, "Klaar.", **telling())
    with pytest.raises(errors.NoLongerHere):
        case.involve_mediator(person=anna, **deciding())


def test_the_say_on_a_mediator_is_no_stance_on_the_disagreement() -> None:
    case, offered = with_a_mediator()
    assert case.plan.stances_on(offered).of()[0].say.agrees
    assert not case.plan.stances_on(the(case.plan.disagreements)).held


def test_a_mediator_has_a_name_and_is_involved_once_after_the_offer() -> None:
    case, offered = with_a_mediator()
    with pytest.raises(errors.Empty):
        case.involve_mediator(**deciding())
    with pytest.raises(errors.AlreadyInvolved):
        case.involve_mediator(offered, MEDIATOR, **deciding())
    with pytest.raises(errors.NotThereYet):
        case.involve_mediator(offered, MEDIATOR, **deciding(date(2026, 3, 1)))
    with pytest.raises(errors.NotInThePlan):
        case.involve_mediator(person=uuid4(), **deciding())


def test_a_mediation_ends_once_and_only_when_a_mediator_helps() -> None:
    case, offered = with_a_mediator()
    with pytest.raises(errors.NoMediation):
        case.end_mediation(offered, "x", **telling(OFFERED))
    with pytest.raises(errors.Empty):
        case.end_mediation(offered, " ", **telling())
    case.end_mediation(offered, "Zij praten weer.", **telling())
    with pytest.raises(errors.NoMediation):
        case.end_mediation(offered, "x", **telling())


def test_a_mediator_is_for_a_disagreement_that_is_there_and_not_settled() -> None:
    case = given.lena()
    disagreement = the(case.plan.disagreements)
    with pytest.raises(errors.NotThereYet):
        case.offer_mediator(disagreement, **telling(date(2026, 1, 27)))
    case.settle_disagreement(disagreement, "Eerst rust.", **deciding())
    with pytest.raises(errors.AlreadySettled):
        case.offer_mediator(disagreement, **telling())
    with pytest.raises(errors.AlreadySettled):
        case.involve_mediator(mediator=MEDIATOR, disagreement=disagreement, **deciding())
