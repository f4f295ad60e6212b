"""What the client waits for, on top of their case: for who answers it."""

from __future__ import annotations

from domain.case import Case
from domain.plan import read
from projections.waits_for_us import Waits, waits_for_us
from web.access import can
from web.desk import today


def waits_in(case: Case) -> list[Waits]:
    """The longest waiting first. What may not be used now is in no plan, and not here."""
    plan = read(case.entries, on=today())
    return waits_for_us(plan, case.entries) if can("read_signals") and not plan.closed_on else []
