"""From a wish to help: is a link missing?"""

from __future__ import annotations

from dataclasses import dataclass

from projections.chain import Chain
from projections.signals.signal import Noticed, Observed, Weight, limit, signal

NO_WISH = "“%(what)s” comes from no wish and no talking point."
NO_GOAL = "%(what)s serves no goal."


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
    from_no_wish = {path.goal: seen.plan.goals[path.goal].entry for path in broken if path.goal}
    for_no_goal = {p.support: seen.plan.supports[p.support].entry for p in broken if p.support and not p.goal}
    about = from_no_wish | for_no_goal
    shown = tuple(sorted(set(about.values())))
    since = min(entry.counts_from for entry in seen.counting if entry.number in shown)
    facts = {"broken": len(broken), "ways": len(ways)}
    if len(about) > 1:
        return Noticed(since, shown, facts)
    return Noticed(since, shown, facts, says=NO_WISH if from_no_wish else NO_GOAL, about=next(iter(about)))
