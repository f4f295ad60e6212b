"""The right to a plan of one's own, and to somebody independent: was the client told?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.case import CaseOpened
from domain.kinds import LegalBasis, OwnPlanKind
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import waits

OWN_PLAN = {
    LegalBasis.WMO: OwnPlanKind.PERSONAL_PLAN,
    LegalBasis.JEUGDWET: OwnPlanKind.FAMILY_GROUP_PLAN,
    LegalBasis.WLZ: OwnPlanKind.PERSONAL_PLAN,
}
ONLY_SUPPORTER = (
    "%(days)s days after the opening, nothing says that the client heard of free independent support."
)
BOTH = (
    "%(days)s days after the opening, nothing says that the client heard of a plan of their own, "
    "nor of free independent support."
)


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(7, "days")


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def own_plan_not_offered(seen: Observed, limits: Limits) -> Noticed | None:
    """%(days)s days after the opening, nothing says that the client heard of a plan of their own.

    The client may make a plan first, alone or with family and friends. Somebody independent can help them
    with it, free of charge (Wmo 2015, art. 2.3.2; Jeugdwet, art. 4.1.2). Tell them, in a way that suits, and
    write down what they answered. Were they told already? Then write that down on the day it was.
    """
    opening = next(seen.of(CaseOpened), None)
    if opening is None or not waits(seen, opening, limits.days):
        return None
    plan = OWN_PLAN.get(opening.legal_basis)
    no_plan = bool(plan) and all(own.kind is not plan for own in seen.plan.own_plans)
    no_supporter = opening.legal_basis is LegalBasis.WMO and not seen.plan.pointed_out
    if not no_plan and not no_supporter:
        return None
    says = (BOTH if no_plan else ONLY_SUPPORTER) if no_supporter else ""
    return Noticed(opening.day, (opening.number,), {"days": seen.days_since(opening.day)}, says=says)
