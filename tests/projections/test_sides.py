"""Everybody's words stand side by side: the client first, nobody's taken together."""

from __future__ import annotations

from domain.kinds import Voice
from projections.plan_page import PlanPage
from projections.sides import Side
from tests import given
from tests.given import telling, the


def of_the_goal(*spoken: tuple[Voice, str]) -> tuple[Side, ...]:
    case = given.with_goal()
    for voice, words in spoken:
        case.voice_disagreement(voice, words, subject=the(case.plan.goals), **telling())
    (card,) = PlanPage(case.id, case.entries, given.TODAY).goals
    return card.about.sides


def words(side: Side) -> list[str]:
    return [disagreement.words for _, disagreement in side.said]


def test_the_client_comes_first_whoever_spoke_first() -> None:
    mother, client = of_the_goal((Voice.NETWORK, "Te veel."), (Voice.CLIENT, "Ik kan het."))[::-1]
    assert (client.of_client, words(client), words(mother)) == (True, ["Ik kan het."], ["Te veel."])


def test_what_one_person_said_twice_is_one_side() -> None:
    (side,) = of_the_goal((Voice.WORKER, "Te snel."), (Voice.WORKER, "Te duur."))
    assert words(side) == ["Te snel.", "Te duur."]


def test_what_belongs_to_nothing_on_the_page_stands_apart_by_subject() -> None:
    case = given.with_goal()
    case.voice_disagreement(Voice.NETWORK, "Anders.", **telling())
    case.voice_disagreement(Voice.CLIENT, "Nee.", subject=1, **telling())
    apart = PlanPage(case.id, case.entries, given.TODAY).apart
    assert {subject: [words(side) for side in of] for subject, of in apart.items()} == {
        None: [["Anders."]],
        1: [["Nee."]],
    }
