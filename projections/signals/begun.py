"""Which help began, and whether the client said no to it."""

from __future__ import annotations

from domain.kinds import SupportStatus
from domain.nouns import Support
from domain.plan import Plan

NOT_YET = {SupportStatus.OFFERED, SupportStatus.ACCEPTED, SupportStatus.REFUSED}


def begun(plan: Plan) -> list[Support]:
    """The help that began, also what is over, and what another system knows of without saying since when."""
    return [s for s in plan.supports.values() if s.started_on or s.status not in NOT_YET]


def said_no(plan: Plan) -> bool:
    """The client said no to help, and waits for no other that they said yes to: nothing has to hurry."""
    said = {support.status for support in plan.supports.values()}
    return SupportStatus.REFUSED in said and SupportStatus.ACCEPTED not in said
