"""The terms of law in one case, as they stand today."""

from __future__ import annotations

from domain.case import Case
from projections.signals import looking
from projections.signals.clocks import NEAR, Clock, ClockState, clocks
from projections.signals.rows import observed
from web.desk import rows, today


def terms_in(case: Case) -> list[tuple[Clock, ClockState]]:
    """Every term that started, and how it stands; near from the day on which its signal speaks up."""
    with rows() as db:
        near = looking.limits(db).get("legal_clock", {}).get("days_ahead", NEAR)
    seen = observed(case.entries, (), today(), case.plan_on(today()))
    return [(clock, clock.state_on(today(), near)) for clock in clocks(seen)]
