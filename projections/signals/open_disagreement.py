"""People see it differently, and found no way on yet."""

from __future__ import annotations

from dataclasses import dataclass

from domain.disagreement import DisagreementVoiced
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, waits


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(28, "days")


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def open_disagreement(seen: Observed, limits: Limits) -> Noticed | None:
    """Where people see it differently, and it is not settled: %(many)s, the first for %(days)s days.

    People may see things differently, and every side stays readable. When it lasts, somebody from outside can
    help. Offer a mediator, and ask each of them what would help.
    """
    lasting = (said for said in seen.of(DisagreementVoiced) if waits(seen, said, limits.days))
    return noticed(seen, [said for said in lasting if _left_to_them(seen, said.number)])


def _left_to_them(seen: Observed, number: int) -> bool:
    """Not settled, and no mediator helps: with this one, or with all of it."""
    disagreement = seen.plan.disagreements.get(number)
    if disagreement is None or disagreement.settled_on:
        return False
    helped = (mediation for mediation in seen.plan.mediations.values() if mediation.running)
    return all(mediation.disagreement not in (None, number) for mediation in helped)
