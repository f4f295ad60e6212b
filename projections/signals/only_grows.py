"""Help that becomes more and never less."""

from __future__ import annotations

from dataclasses import dataclass

from domain.days import Precision
from domain.measures import SupportScaledDown, SupportScaledUp
from domain.support import SupportEnded
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(365, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=91)
def only_grows(seen: Observed, limits: Limits) -> Noticed | None:
    """In %(days)s days help became more, and never less. Times it became more: %(many)s.

    More help can be just what is needed. But help that only grows may take over what somebody can do alone
    or with people close to them. Look together: what goes well, what does the client want to do again, and
    how can they have the help back when they need it?
    """
    opened = seen.plan.opened_on
    if opened is None or seen.days_since(opened) < limits.days:  # the record does not reach back so far
        return None
    year = [e for e in seen.counting if seen.days_since(e.counts_from) <= limits.days]
    more = [e for e in year if isinstance(e, SupportScaledUp) and _runs(seen, e)]
    if not more or any(isinstance(e, SupportScaledDown | SupportEnded) for e in year):
        return None
    facts = {"days": limits.days, "many": len(more)}
    return Noticed(more[0].counts_from, tuple(sorted(e.number for e in more)), facts)


def _runs(seen: Observed, more: SupportScaledUp) -> bool:
    """This help still comes; and when it became more is known to the day."""
    support = seen.plan.supports.get(more.support_id)
    return support is not None and support.running and more.precision is Precision.DAY
