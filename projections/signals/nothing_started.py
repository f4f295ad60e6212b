"""There is a need. Did anything begin?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.case import CaseOpened
from domain.needs import NeedStated
from projections.signals.begun import begun, said_no
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, waits


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(14, "days")
    urgent_days: int = limit(3, "days")


URGENT = "This is urgent, and for %(days)s days no help has begun."


@signal(Weight.THIS_WEEK, limits=Limits, again=7)
def nothing_started(seen: Observed, limits: Limits) -> Noticed | None:
    """A need was written down %(days)s days ago, and no help has begun.

    There is no plan yet either. Help may begin before the plan is laid down: begin with something small, and
    tell the client what they wait for, and until when. After a no of the client there is nothing to hurry.
    """
    if seen.plan.versions or begun(seen.plan) or said_no(seen.plan):
        return None
    if not seen.plan.urgent:
        return noticed(seen, (need for need in seen.of(NeedStated) if waits(seen, need, limits.days)))
    asked = (e for e in seen.of(CaseOpened, NeedStated) if waits(seen, e, limits.urgent_days))
    found = noticed(seen, asked)  # an urgent question is a need
    return found and replace(found, says=URGENT, weight=Weight.NOW)
