"""A law sets a term: does it end soon, or is it over?"""

from __future__ import annotations

from dataclasses import dataclass

from projections.signals.clocks import NEAR, ClockState, clocks
from projections.signals.signal import Fact, Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up: so many days before the end of a term."""

    days_ahead: int = limit(NEAR, "days")


ONLY_NEAR = "Terms of the law that end within %(days)s days: %(near)s."
BOTH = "Terms of the law that are over: %(passed)s. That end within %(days)s days: %(near)s."


@signal(Weight.THIS_WEEK, limits=Limits, again=7, closed=True)
def legal_clock(seen: Observed, limits: Limits) -> Noticed | None:
    """Terms of the law that are over: %(passed)s.

    A law says how long this may take, so that nobody has to wait for us without end. The list of terms names
    each law and article, and says which of them were not checked yet. Do what is asked, or tell the client
    why it takes longer, and until when.
    """
    watched = [clock for clock in clocks(seen) if clock.deadline.watched_by == legal_clock.name]
    told = [(clock.state_on(seen.today, limits.days_ahead), clock) for clock in watched]
    passed = [clock for state, clock in told if state is ClockState.PASSED]
    near = [clock for state, clock in told if state is ClockState.NEAR]
    if not passed and not near:
        return None
    since = min(clock.near_from(limits.days_ahead) for clock in passed + near)
    shown = tuple(sorted({clock.entry for clock in passed + near}))
    last_day = min(clock.due for clock in passed + near if clock.due)
    facts: dict[str, Fact] = {
        "passed": len(passed),
        "near": len(near),
        "days": limits.days_ahead,
        "last_day": last_day,
    }
    says = (BOTH if near else "") if passed else ONLY_NEAR
    return Noticed(since, shown, facts, says=says, weight=Weight.NOW if passed else None)
