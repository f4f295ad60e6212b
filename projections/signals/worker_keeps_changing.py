"""The usual worker becomes somebody else, again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.days import Precision
from domain.people import WorkerChanged
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    changes: int = limit(2, "changes")
    days: int = limit(365, "days")


@signal(Weight.THIS_WEEK, limits=Limits)
def worker_keeps_changing(seen: Observed, limits: Limits) -> Noticed | None:
    """In %(days)s days the client got another usual worker %(many)s times. Told beforehand: %(told)s times.

    Trust needs time, and begins anew with every change. Ask the client how it was, and what would help with
    the next: a say in who comes, a visit of both together, a day to say goodbye. Tell them as soon as you
    know, and look for somebody who can stay.
    """
    changes = [e for e in seen.of(WorkerChanged) if e.precision is Precision.DAY]
    changes = [e for e in changes if seen.within(e.counts_from, limits.days)]
    if not changes or len(changes) < limits.changes:
        return None
    told = sum(e.told_on is not None and e.told_on < e.counts_from for e in changes)
    facts = {"days": limits.days, "many": len(changes), "told": told}
    since = changes[max(limits.changes - 1, 0)].counts_from
    return Noticed(since, tuple(sorted(e.number for e in changes)), facts)
