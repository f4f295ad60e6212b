"""The client may need less help. Did somebody ask?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.entry import Entry
from domain.evaluation import EvaluationHeld
from domain.goals import GoalReached
from domain.kinds import Change, Fit, Voice
from domain.measures import FitJudged, SupportScaledDown
from domain.noticed import ChangeNoticed
from domain.support import SupportStarted
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import came_back, noticed, waits

TOLD = (ChangeNoticed, EvaluationHeld, FitJudged, GoalReached, SupportScaledDown, SupportStarted)


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(28, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=28)
def time_to_scale_down(seen: Observed, limits: Limits) -> Noticed | None:
    """Signs that the client may need less help: %(many)s, the first %(days)s days ago.

    A goal was reached, it goes better, or the client finds the help too heavy. Less help leaves room to do
    things alone. Ask the client whether it can be less, in what steps, and agree at once how they can have it
    back. When the client wants it to stay as it is, write that down.
    """
    signs = (sign for sign in _signs(seen) if waits(seen, sign, limits.days))
    return noticed(seen, [sign for sign in signs if not came_back(seen, sign.number)])


def _signs(seen: Observed) -> Iterator[Entry]:
    """For all help that runs: the signs since it last became less, or was right for the client."""
    told: dict[UUID | None, list[tuple[int, Entry]]] = {}
    for place, entry in enumerate(seen.of(*TOLD)):
        told.setdefault(getattr(entry, "support_id", None), []).append((place, entry))
    for key, support in seen.plan.supports.items():
        if support.running:
            signs: list[Entry] = []
            for _, entry in sorted(told.get(None, []) + told.get(key, [])):
                if _was_right(entry, key):
                    signs.clear()
                elif _could_be_less(entry, key, support.goal_id):
                    signs.append(entry)
            yield from signs


def _could_be_less(entry: Entry, support: UUID, goal: UUID | None) -> bool:
    match entry:
        case GoalReached(goal_id=reached):
            return reached == goal
        case ChangeNoticed(kind=Change.BETTER):
            return True
    return _judgement(entry, support) is Fit.TOO_HEAVY


def _was_right(entry: Entry, support: UUID) -> bool:
    match entry:
        case SupportStarted() | SupportScaledDown():
            return entry.support_id == support
        case ChangeNoticed(kind=Change.WORSE):
            return True
    return _judgement(entry, support) in (Fit.FITS, Fit.TOO_LIGHT)


def _judgement(entry: Entry, support: UUID) -> Fit | None:
    """What the client thinks of this help, or of all of it together."""
    if isinstance(entry, EvaluationHeld):
        return entry.client_judgement
    if isinstance(entry, FitJudged) and entry.judged_by in (Voice.CLIENT, Voice.TOGETHER):
        return entry.fit if entry.support_id in (None, support) else None
    return None
