"""A weighty decision rests on spoken words: were they understood as they were meant?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.closing import CaseClosed
from domain.entry import Decision
from domain.goals import GoalAgreed
from domain.measures import SupportScaledDown, SupportScaledUp
from domain.safety import RestrictionImposed
from domain.say import FIRM, Means
from domain.support import EmergencySupportStarted, SupportStarted
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, waits

WEIGHTY = (
    GoalAgreed,
    SupportStarted,
    EmergencySupportStarted,
    SupportScaledDown,
    SupportScaledUp,
    RestrictionImposed,
    CaseClosed,
)


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(28, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=28)
def spoken_not_read_back(seen: Observed, limits: Limits) -> Noticed | None:
    """Weighty decisions that rest on spoken words, not read back yet: %(many)s, the first for %(days)s days.

    What was said and what was written down can differ. Read it to the client, or let them read it
    themselves: is it as they meant it? Their own hand, or a signed sheet, makes it firm. If it is not right,
    the new words come first.
    """
    spoken = (made for made in seen.of(*WEIGHTY) if made.say.means is Means.SPOKEN)
    waiting = (made for made in spoken if waits(seen, made, limits.days))
    return noticed(seen, [made for made in waiting if not _confirmed(seen, made)])


def _confirmed(seen: Observed, made: Decision) -> bool:
    """Read back, or said again since by the client's own hand."""
    held = seen.plan.stances_on(made.concerns or made.number).of()
    firm = (p for p in held if p.say.means in FIRM and (p.on, p.entry) >= (made.day, made.number))
    back = (reading.person for reading in seen.plan.readings.get(made.number, ()))
    return None in back or any(firm)  # to the client, not only to whoever represents them
