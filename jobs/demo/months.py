"""Ordinary months: notes, small choices, something tried, and now and then: how are you?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from domain.entry import Initiative
from domain.kinds import ChoiceSize, Fit, GoalStatus, LifeArea, TryoutResult, Voice
from domain.say import Stance
from jobs.demo import words
from jobs.demo.acquaintance import how_it_is
from jobs.demo.looking_back import look_back, read_back
from jobs.demo.teller import Teller
from jobs.demo.themes import THEMES

CLIENT = Initiative.CLIENT
NOTES = {theme.area: theme.note for theme in reversed(THEMES)}
SINCE_ASKED = timedelta(days=60)


def until(t: Teller, last: date) -> None:
    """The ordinary months up to that day: every few weeks a note, and twice a year a look back together."""
    goals = _in_turn(t)
    while t.case.plan.closed_on is None and t.day + timedelta(days=26) <= last:
        t.later(t.random.randrange(12, 26))
        goal = next(goals)
        if goal and t.case.plan.goals[goal].status is GoalStatus.IN_PLAN:
            t.case.take_action(_note(t, goal), goal, with_client=True, **t.by())
        _asked_now_and_then(t)
        looked_back_on(t, t.day + timedelta(days=14))
    if t.case.plan.closed_on is None:
        _asked_now_and_then(t)
        looked_back_on(t, last)


def looked_back_on(t: Teller, last: date) -> None:
    """What was planned until that day is held: on its day, or as soon as it comes up."""
    waiting = [e for e in t.case.plan.evaluations.values() if e.held_on is None and e.planned_on]
    for one in waiting[-1:]:
        if one.planned_on and one.planned_on <= last:
            t.later(max(0, (one.planned_on - t.day).days))
            look_back(t, one.entry)


def looked_back_early(t: Teller) -> None:
    """What was planned for the weeks up to today is held now."""
    waiting = [e for e in t.case.plan.evaluations.values() if e.held_on is None and e.planned_on]
    for one in waiting[-1:]:
        if one.planned_on and one.planned_on <= t.today:
            look_back(t, one.entry)


def _asked_now_and_then(t: Teller) -> None:
    """How are you? And is it written down as you meant it?"""
    if t.case.plan.wellbeing and t.day - t.case.plan.wellbeing[-1].since >= SINCE_ASKED:
        how_it_is(t)
        read_back(t)


def _in_turn(t: Teller) -> Iterator[UUID | None]:
    """The goals in the plan, one after another."""
    while True:
        in_plan = [key for key, goal in t.case.plan.goals.items() if goal.status is GoalStatus.IN_PLAN]
        yield from in_plan or (None,)


def _note(t: Teller, goal: UUID) -> str:
    area = t.case.plan.goals[goal].life_area or LifeArea.OTHER
    return NOTES.get(area, "Samen gekeken hoe het gaat.")


def small_choice(t: Teller) -> None:
    """Something to choose from, and what the client chose."""
    subject, options, chosen = t.random.choice(words.CHOICES)
    offered = t.case.offer_choice(subject, options, ChoiceSize.SMALL, **t.by())
    t.case.make_choice(chosen, offered, **t.decided(Stance.AGREES, "", CLIENT))


def tryout(t: Teller) -> None:
    """Something is tried until a day, and looked back on."""
    wish = next(iter(t.case.plan.wishes), None)
    what, came_of_it = t.random.choice(words.TRYOUTS)
    tried = t.case.agree_tryout(
        what, t.day + timedelta(days=28), wish, **t.decided(Stance.AGREES, "Dat wil ik proberen.", CLIENT)
    )
    if t.later(29):
        t.case.look_back_on_tryout(tried, TryoutResult.WORKS, Voice.CLIENT, came_of_it, **t.by())


def not_to_be_had(t: Teller) -> None:
    """What the client wanted is not there; something else came instead. The wish stays."""
    wanted, instead = t.random.choice(words.IDEALS)
    t.case.note_ideal_not_available(wanted, instead, next(iter(t.case.plan.wishes), None), **t.by())


def fits(t: Teller) -> None:
    """The client says of each help that runs whether it fits."""
    for key, support in t.case.plan.supports.items():
        if support.running:
            t.case.judge_fit(Fit.FITS, Voice.CLIENT, key, "Dit past bij mij.", **t.by())


def success(t: Teller) -> None:
    """Something went well, and is not lost among the rest."""
    t.case.mark_success(t.random.choice(words.SUCCESSES), Voice.CLIENT, **t.by())
