"""From the question to help that fits: how long does it take?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.case import CaseOpened
from domain.days import Precision
from domain.entry import Entry
from domain.kinds import Fit, Voice
from domain.needs import NeedStated
from domain.nouns import FitJudgement, Support
from domain.support import SupportStarted
from projections.signals.begun import begun, said_no
from projections.signals.signal import Noticed, Observed, Weight, limit, signal

AVERAGE = "Kwiz: from a need to help that fits takes 4 to 8 weeks. That is an average, no norm."


@dataclass(frozen=True)
class Limits:
    """When it speaks up: softly after the mark, aloud after so many days."""

    mark: int = limit(28, "days", AVERAGE)
    days: int = limit(56, "days", AVERAGE)


IT_TOOK = "From the question to the first help that fits it took %(days)s days."


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def plan_takes_long(seen: Observed, limits: Limits) -> Noticed | None:
    """The client asked for help %(days)s days ago, and no help for it has begun.

    Waiting is hard when nobody tells what for. Tell the client where it stands, and whom they can call. What
    can begin now, before the plan is ready? And what would help them to get through the wait? As long as the
    client did not say which help fits, the first help counts.
    """
    asked = next(seen.of(CaseOpened, NeedStated), None)
    if asked is None or asked.precision is not Precision.DAY:
        return None
    helped = _fitting_or_all(begun(seen.plan))
    if helped:
        return _took(seen, asked, helped, limits)
    return None if said_no(seen.plan) else _waiting(seen, asked, limits)


def _fitting_or_all(helped: list[Support]) -> list[Support]:
    """The help that the client judged to fit; else all that began, but for what could not wait."""
    fitting = [support for support in helped if any(map(_fits, support.fits))]
    return fitting or [support for support in helped if not support.emergency]


def _fits(judged: FitJudgement) -> bool:
    return judged.fit is Fit.FITS and judged.judged_by in (Voice.CLIENT, Voice.TOGETHER)


def _waiting(seen: Observed, asked: Entry, limits: Limits) -> Noticed | None:
    days = seen.days_since(asked.day)
    if days <= limits.mark:
        return None
    weight = None if days > limits.days else Weight.KEEP_AN_EYE
    return Noticed(asked.day, (asked.number,), {"days": days}, weight=weight)


def _took(seen: Observed, asked: Entry, helped: list[Support], limits: Limits) -> Noticed | None:
    """Told for a while after it began; what is long over is nobody's question any more."""
    vague = {e.number for e in seen.of(SupportStarted) if e.precision is not Precision.DAY}
    starts = [(s.measures[0].on, s.measures[0].entry) for s in helped if s.started_on and s.measures]
    if len(starts) < len(helped) or any(number in vague for _, number in starts):
        return None  # nobody knows which was the first
    first, number = min(starts)
    days = (first - asked.day).days
    if days <= limits.days or seen.days_since(first) > limits.mark:
        return None
    shown = tuple(sorted({asked.number, number}))
    return Noticed(asked.day, shown, {"days": days}, says=IT_TOOK, weight=Weight.KEEP_AN_EYE)
