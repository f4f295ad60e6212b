"""What is told of how it goes, on the timeline: whose words it is, and what a step of a goal is called."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.case import Case
from domain.kinds import Change, Experience, LimitKind, Voice
from projections.kind import Kind
from projections.timeline import timeline
from tests import given
from tests.given import deciding, telling, the


def the_client_is_heard(case: Case) -> bool:
    return Kind.VOICE in timeline(case.entries)[0].kinds


def test_a_step_of_a_goal_has_a_name_of_its_own() -> None:
    case = given.sanne()
    whole = the(case.plan.goals)
    step, other = case.split_goal(whole, ("Een lijst.", "Naar de winkel."), **deciding())
    case.agree_goal(step, **deciding())
    case.drop_goal(other, "Hoeft niet.", **deciding())
    dropped, agreed, split = timeline(case.entries)[:3]
    assert (dropped.names[other], agreed.names[step]) == ("Naar de winkel.", "Een lijst.")
    assert split.names[whole] == "Ik kook drie keer per week zelf."


@pytest.mark.parametrize(
    "write",
    [
        lambda case: case.ask_wellbeing("Goed.", **telling()),
        lambda case: case.judge_experience(Experience.TRUST, Voice.CLIENT, score=8, **telling()),
        lambda case: case.notice_change(Change.BETTER, "Ik zing weer.", Voice.CLIENT, **telling()),
        lambda case: case.tell_progress(the(case.plan.goals), Voice.TOGETHER, "Goed.", **telling()),
    ],
)
def test_what_the_client_told_is_found_as_their_voice(write: Callable[[Case], None]) -> None:
    case = given.sanne()
    write(case)
    assert the_client_is_heard(case)


@pytest.mark.parametrize(
    "write",
    [
        lambda case: case.make_observation("De gordijnen waren dicht.", **telling()),
        lambda case: case.notice_change(Change.WORSE, "Ze slaapt slecht.", Voice.NETWORK, **telling()),
        lambda case: case.tell_progress(the(case.plan.goals), Voice.WORKER, "Goed.", **telling()),
        lambda case: case.explain_limit(LimitKind.LAW, "Dat mag niet.", **telling()),
    ],
)
def test_what_others_saw_or_said_is_not_their_voice(write: Callable[[Case], None]) -> None:
    case = given.sanne()
    write(case)
    assert not the_client_is_heard(case)
