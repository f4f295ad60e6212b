"""How goals go: told by somebody, waiting for a while, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import GoalKind, GoalStatus, LifeArea, LimitKind, Scope, Voice
from domain.representation import scope_of
from domain.say import Stance
from tests import given
from tests.given import deciding, telling, the

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 1)


def test_how_it_goes_is_told_by_somebody_on_a_day() -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    case.tell_progress(goal, Voice.CLIENT, "Twee keer gekookt.", 8, **telling(JUNE))
    case.tell_progress(goal, Voice.WORKER, worker_score=6, **telling())
    assert [(p.on, p.told_by, p.client_score, p.worker_score) for p in case.plan.goals[goal].told] == [
        (JUNE, Voice.CLIENT, 8, None),
        (given.TODAY, Voice.WORKER, None, 6),
    ]
    assert not case.plan_on(MAY).goals[goal].told


def test_how_it_goes_takes_words_or_a_mark() -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        case.tell_progress(the(case.plan.goals), Voice.CLIENT, **telling())


def test_how_it_goes_is_told_of_a_goal_that_is_open_also_when_it_waits() -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    case.pause_goal(goal, "Eerst verhuizen.", **deciding(JUNE))
    case.tell_progress(goal, Voice.CLIENT, "Nog niet.", **telling())
    case.drop_goal(goal, "Toch niet.", **deciding())
    with pytest.raises(errors.NotOpen):
        case.tell_progress(goal, Voice.CLIENT, "Goed.", **telling())
    with pytest.raises(errors.NotInThePlan):
        case.tell_progress(uuid4(), Voice.CLIENT, "Goed.", **telling())


def test_a_goal_waits_from_a_day_and_is_taken_up_again() -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    case.pause_goal(goal, "Eerst verhuizen.", **deciding(JUNE))
    case.resume_goal(goal, **deciding(date(2026, 7, 1)))
    states = [case.plan_on(day).goals[goal].status for day in (MAY, JUNE, date(2026, 7, 1))]
    assert states == [GoalStatus.IN_PLAN, GoalStatus.PAUSED, GoalStatus.IN_PLAN]
    assert case.plan_on(JUNE).goals[goal].reason == "Eerst verhuizen."


def test_only_a_goal_in_the_plan_waits_and_only_a_waiting_goal_is_taken_up() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    with pytest.raises(errors.GoalNotInPlan):
        case.pause_goal(goal, "Rust", **deciding())
    case.agree_goal(goal, **deciding())
    with pytest.raises(errors.GoalNotPaused):
        case.resume_goal(goal, **deciding())
    case.pause_goal(goal, "Rust", **deciding())
    with pytest.raises(errors.GoalNotInPlan):
        case.pause_goal(goal, "Nog eens", **deciding())
    with pytest.raises(errors.AlreadyInThePlan):
        case.agree_goal(goal, **deciding())


def test_that_a_goal_waits_has_a_reason_and_a_say() -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    with pytest.raises(errors.Empty):
        case.pause_goal(goal, "", **deciding())
    case.pause_goal(goal, "Vakantie van Thomas", **deciding(say=given.no("Ik wil door.")))
    (position,) = case.plan.stances_on(goal).of()
    assert position.say.stance is Stance.DISAGREES


def test_what_stands_in_the_way_leaves_the_wish_as_it_is() -> None:
    case = given.sanne()
    wish = the(case.plan.wishes)
    case.explain_limit(LimitKind.MEANS, "Er is geen geld voor.", wish, **telling(JUNE))
    (limit,) = case.plan.limits
    assert (limit.limit, limit.subject) == (LimitKind.MEANS, wish)
    assert wish in case.plan.wishes
    assert not case.plan_on(MAY).limits


def test_what_stands_in_the_way_is_explained_of_something_that_was_there() -> None:
    case = given.sanne()
    case.explain_limit(LimitKind.LAW, "Dat mag niet.", **telling())
    with pytest.raises(errors.Empty):
        case.explain_limit(LimitKind.LAW, "", **telling())
    with pytest.raises(errors.NotInThePlan):
        case.explain_limit(LimitKind.LAW, "x", uuid4(), **telling())


def split(case: Case, *into: str, day: date = JUNE) -> tuple[UUID, ...]:
    return case.split_goal(the(case.plan.goals), into or ("Een lijst.", "Naar de winkel."), **deciding(day))


def test_a_goal_is_split_into_goals_of_their_own_and_the_whole_stays() -> None:
    case = given.sanne()
    whole = the(case.plan.goals)
    before = case.plan.goals[whole]
    steps = split(case)
    assert [case.plan.goals[step].words for step in steps] == ["Een lijst.", "Naar de winkel."]
    assert {case.plan.goals[step].status for step in steps} == {GoalStatus.PROPOSED}
    assert {case.plan.goals[step].part_of for step in steps} == {whole}
    assert case.plan.goals[whole].words == before.words
    assert case.plan.goals[whole].status is GoalStatus.IN_PLAN
    assert list(case.plan_on(MAY).goals) == [whole]


def test_a_step_inherits_the_wish_the_kind_and_the_part_of_life_and_not_what_was_said() -> None:
    case = given.sanne()
    whole = case.propose_goal(
        words="Els komt eten.",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        wish_id=the(case.plan.wishes),
        kind=GoalKind.LIFE,
        life_area=LifeArea.MONEY,
        **telling(JUNE),
    )
    step, _ = case.split_goal(whole, ("Bellen.", "Koken."), Voice.CLIENT, **deciding(JUNE))
    goal = case.plan.goals[step]
    assert (goal.wish_id, goal.kind, goal.words_of) == (the(case.plan.wishes), GoalKind.LIFE, Voice.CLIENT)
    assert scope_of(case.plan, step) is Scope.MONEY  # who speaks for the client about money decides on it too
    assert case.plan.stances_on(whole).of()
    assert not case.plan.stances_on(step).of()


def test_one_step_is_no_split_and_every_step_has_words() -> None:
    with pytest.raises(errors.OnePart):
        split(given.sanne(), "Alles.")
    with pytest.raises(errors.Empty):
        split(given.sanne(), "Een lijst.", " ")


ON_A_GOAL: list[Callable[[Case, UUID, date], object]] = [
    lambda case, goal, day: case.split_goal(goal, ("a", "b"), **deciding(day)),
    lambda case, goal, day: case.pause_goal(goal, "x", **deciding(day)),
    lambda case, goal, day: case.resume_goal(goal, **deciding(day)),
    lambda case, goal, day: case.tell_progress(goal, Voice.CLIENT, "x", **telling(day)),
    lambda case, goal, day: case.explain_limit(LimitKind.LAW, "x", goal, **telling(day)),
]


@pytest.mark.parametrize("write", ON_A_GOAL)
def test_before_its_first_day_nothing_is_told_of_a_goal(write: Callable[[Case, UUID, date], object]) -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    with pytest.raises(errors.NotThereYet) as refused:
        write(case, goal, given.OPENING)
    assert refused.value.facts == {"first": date(2026, 1, 19)}


def test_a_goal_that_is_done_with_is_not_split() -> None:
    case = given.sanne()
    case.reach_goal(the(case.plan.goals), Voice.CLIENT, **deciding(JUNE))
    with pytest.raises(errors.NotOpen):
        split(case)
