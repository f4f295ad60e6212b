"""From a wish to help: is a link missing?"""

from __future__ import annotations

from dataclasses import dataclass

from projections.chain import Chain
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up: when a larger share than this lacks a link."""

    percent: int = limit(0, "percent")


@signal(Weight.KEEP_AN_EYE, limits=Limits)
def chain_broken(seen: Observed, limits: Limits) -> Noticed | None:
    """From wish to help a link is missing in %(broken)s of %(ways)s lines.

    Help that serves no goal, or a goal that comes from no wish or talking point, may be right. But nobody can
    see what it is for. Ask the client what they want to reach with it, and write that down in their words.
    Help that could not wait needs no goal.
    """
    ways = Chain(seen.plan).ways
    broken = [path for path in ways if path.broken]
    if len(broken) * 100 <= limits.percent * len(ways):
        return None
    from_no_wish = {seen.plan.goals[path.goal].entry for path in broken if path.goal}
    for_no_goal = {seen.plan.supports[p.support].entry for p in broken if p.support and not p.goal}
    shown = sorted(from_no_wish | for_no_goal)
    since = min(entry.counts_from for entry in seen.counting if entry.number in shown)
    return Noticed(since, tuple(shown), {"broken": len(broken), "ways": len(ways)})
