"""A goal runs: did anybody tell how it goes?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.entry import Entry
from domain.evaluation import EvaluationHeld
from domain.kinds import GoalStatus
from domain.noticed import ActionTaken
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, waits


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(91, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=28)
def stuck_goal(seen: Observed, limits: Limits) -> Noticed | None:
    """Running goals about which nothing was told: %(many)s, the first for %(days)s days.

    Perhaps it goes well and nobody wrote it down; perhaps it stands still, or matters less than it did. Ask
    the client how it goes, and whether it is still what they want. A goal may change, wait, or go.
    """
    running = (key for key, goal in seen.plan.goals.items() if goal.status is GoalStatus.IN_PLAN)
    last = filter(None, (_last_told(seen, goal) for goal in running))
    return noticed(seen, [told for told in last if waits(seen, told, limits.days)])


def _last_told(seen: Observed, goal: UUID) -> Entry | None:
    """The last entry that tells of a goal."""
    return max(_told(seen, goal), key=lambda e: (e.day, e.number), default=None)


def _told(seen: Observed, goal: UUID) -> Iterator[Entry]:
    """What was said or decided about the goal or a part of it, done for it, or looked back on as a whole."""
    about = {goal} | {key for key, part in seen.plan.goals.items() if part.part_of == goal}
    for entry in seen.counting:
        subject = entry.goal_id if isinstance(entry, ActionTaken) else entry.concerns
        if subject in about or isinstance(entry, EvaluationHeld):
            yield entry
