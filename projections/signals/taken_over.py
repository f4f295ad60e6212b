"""Whose ideas are carried out?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from domain.entry import Initiative
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up: from so many in a row."""

    decisions: int = limit(5, "decisions")


@signal(Weight.KEEP_AN_EYE, limits=Limits)
def taken_over(seen: Observed, limits: Limits) -> Noticed | None:
    """The last decisions were all our own idea: %(many)s in a row.

    They may be good, and the client may agree. Still, whoever is only asked for a yes loses the habit of
    choosing. Ask an open question and wait: what would they like to do, change or leave? Begin small, with
    the time, the day or the order, and follow it up when they come with something.
    """
    known = [made for made in seen.decisions if made.initiative is not Initiative.UNKNOWN]
    ours = (Initiative.PROFESSIONAL, Initiative.ORGANISATION)
    run = list(takewhile(lambda made: made.initiative in ours, reversed(known)))
    if not run or len(run) < limits.decisions:
        return None
    return Noticed(run[-1].counts_from, tuple(sorted(made.number for made in run)), {"many": len(run)})
