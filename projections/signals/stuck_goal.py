"""A goal runs: did anybody tell how it goes?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.entry import Entry, Subject
from domain.evaluation import EvaluationHeld
from domain.kinds import GoalStatus
from domain.noticed import ActionTaken
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, waits

AS_A_WHOLE = 0  # no entry has this number
Last = dict[Subject | None, Entry]


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
    told = _last_told(seen)
    last = filter(None, (_told(seen, goal, told) for goal in running))
    return noticed(seen, [entry for entry in last if waits(seen, entry, limits.days)])


def _told(seen: Observed, goal: UUID, last: Last) -> Entry | None:
    """The last entry that tells of the goal or a part of it, or looks back on it all."""
    parts = (key for key, part in seen.plan.goals.items() if part.part_of == goal)
    abouts: tuple[Subject, ...] = (goal, *parts, AS_A_WHOLE)
    found = (last[about] for about in abouts if about in last)
    return max(found, key=_when, default=None)


def _last_told(seen: Observed) -> Last:
    """By what was said or decided about, or was done for: the last entry."""
    return {_subject(entry): entry for entry in sorted(seen.counting, key=_when)}


def _subject(entry: Entry) -> Subject | None:
    match entry:
        case EvaluationHeld():
            return AS_A_WHOLE
        case ActionTaken():
            return entry.goal_id
    return entry.concerns


def _when(entry: Entry) -> tuple[date, int]:
    return entry.day, entry.number
