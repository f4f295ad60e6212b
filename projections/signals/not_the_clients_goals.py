"""Whose goals are they?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import GoalStatus, Voice
from domain.nouns import Goal
from projections.signals.signal import Noticed, Observed, Weight, limit, signal

THEIRS = {Voice.CLIENT, Voice.TOGETHER}


@dataclass(frozen=True)
class Limits:
    """When it speaks up: more than so many in a hundred."""

    percent: int = limit(50, "percent")


@signal(Weight.THIS_WEEK, limits=Limits)
def not_the_clients_goals(seen: Observed, limits: Limits) -> Noticed | None:
    """Running goals that did not come from the client: %(many)s of %(running)s.

    The client did not propose these goals, and they are not in the client's own words. People work on what
    they want themselves. Ask what that is, and put it in the plan in their words; a goal that nobody misses
    can go.
    """
    in_plan = [goal for goal in seen.plan.goals.values() if goal.status is GoalStatus.IN_PLAN]
    running = [goal for goal in in_plan if not _nobody_knows(goal)]
    others = [goal for goal in running if not _theirs(goal)]
    if 100 * len(others) <= limits.percent * len(running):
        return None
    facts = {"many": len(others), "running": len(running)}
    shown = tuple(sorted({goal.entry for goal in others}))
    return Noticed(min(goal.status_since for goal in others), shown, facts)


def _theirs(goal: Goal) -> bool:
    """The client's idea, or in the client's own words."""
    return not THEIRS.isdisjoint((goal.proposed_by, goal.words_of))


def _nobody_knows(goal: Goal) -> bool:
    """Another system did not tell whose it is: such a goal says nothing either way."""
    return not _theirs(goal) and Voice.UNKNOWN in (goal.proposed_by, goal.words_of)
