"""What was written down late, and what was put right: a plan that on one day was known otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from domain.entry import Deciding, Initiative, Telling
from domain.kinds import WhyWithdrawn
from domain.say import Say, Stance, means_of
from jobs.demo.teller import Teller, amount
from jobs.demo.themes import HOURS, WEEK

T = TypeVar("T", Telling, Deciding)
CLIENT = Initiative.CLIENT


def less_help_told_late(t: Teller) -> None:
    """Less help since twelve days, written down the day before yesterday; the hours were wrong."""
    (support,) = t.case.plan.supports
    how = _back(t, 12, t.decided(Stance.AGREES, "Eén keer is genoeg, de rest doe ik zelf.", CLIENT))
    way_back = "Bellen, dan is er dezelfde week weer meer."
    t.case.scale_down_support(support, amount(("1", HOURS, WEEK)), "Koken lukt alleen", way_back, **how)
    told = t.case.version
    t.later(1)
    right = '{"number":"1.5","unit":"hours","per":"week"}'
    t.case.correct_entry(told, "to", right, "Het is anderhalf uur", t.client.called, **t.by())


def goal_changed_without_yes(t: Teller) -> None:
    """A goal in other words, told late: she did not agree. An agreement was written down twice."""
    goal = _open_goal(t)
    how = _back(
        t, 20, t.decided(Stance.DISAGREES, "Dat is te veel. Alleen overdag.", Initiative.PROFESSIONAL)
    )
    t.case.adjust_goal(goal, "Ik doe zelf de deur open, ook in de avond", "Past bij het rooster", **how)
    yes = _back(t, 30, t.decided(Stance.AGREES, "Ja, eerst bellen.", CLIENT))
    for _ in range(2):
        t.case.make_agreement("Wie komt, belt eerst.", f"{t.client.called} en {t.worker.name}", **yes)
    t.later(1)
    who, words = t.worker.name, "Deze afspraak stond er al."
    t.case.withdraw_entry(t.case.version, WhyWithdrawn.DOUBLE, who, words, **t.by())


def another_day_and_another_word(t: Teller) -> None:
    """A goal changed on another day than was written down; a "not now" that was about something else."""
    goal = _open_goal(t)
    how = _back(t, 10, t.decided(Stance.AGREES, "Twee keer, als het rustig is.", CLIENT))
    t.case.adjust_goal(goal, "Ik wil twee keer per week iemand zien", "Zij wil vaker", **how)
    changed, words = t.case.version, "Nu even niet."
    say = Say(Stance.NOT_NOW, means_of(Stance.NOT_NOW, words), words, present=True)
    t.case.take_stance(goal, say, **_back(t, 6, t.by()))
    stance = t.case.version
    t.later(1)
    day = (t.today - timedelta(days=14)).isoformat()
    t.case.correct_entry(changed, "happened_on", day, "Het gesprek was eerder", t.worker.name, **t.by())
    about = "Dit ging over de zomervakantie."
    t.case.withdraw_entry(stance, WhyWithdrawn.IN_ERROR, t.client.called, about, **t.by())


def _back(t: Teller, days: int, how: T) -> T:
    """The same, so many days before today."""
    return cast("T", {**how, "happened_on": t.today - timedelta(days=days)})


def _open_goal(t: Teller) -> UUID:
    return next(key for key, goal in t.case.plan.goals.items() if goal.open)


PUT_RIGHT: dict[int, Callable[[Teller], Any]] = {
    10: less_help_told_late,
    19: goal_changed_without_yes,
    43: another_day_and_another_word,
}  # by the number of the client
