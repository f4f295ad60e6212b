"""Looking back together: was it held when it was planned, and is it planned at all?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case import CaseOpened
from domain.closing import CaseReopened
from domain.evaluation import EvaluationHeld
from projections.signals.clocks import ClockState, clocks
from projections.signals.deadlines import DEADLINES
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import waits

TWICE_A_YEAR = DEADLINES["L3"]


@dataclass(frozen=True)
class Limits:
    """When it speaks up: so many days after a planned day, and so many without any day at all."""

    days_late: int = limit(3, "days")
    days_unplanned: int = limit(182, "days")


NONE_PLANNED = "For %(days)s days people did not look back together, and no day is planned for it."
WLZ = "For %(days)s days people did not look back together. Under the Wlz they do so twice a year."


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def evaluation_overdue(seen: Observed, limits: Limits) -> Noticed | None:
    """Looking back together was planned, and nothing says that it was held; that is %(days)s days ago.

    Only by looking back together do we learn whether the help fits, according to the client too. Was it held?
    Then write down what the client thought of it. If not, choose a day that suits the client.
    """
    return (
        _not_held(seen, limits.days_late) or _twice_a_year(seen) or _none_planned(seen, limits.days_unplanned)
    )


def _not_held(seen: Observed, days: int) -> Noticed | None:
    """Planned days that went by."""
    late = {number: day for number, day in _awaited(seen) if seen.days_since(day) > days}
    return _noticed(seen, min(late.values()), tuple(sorted(late))) if late else None


def _awaited(seen: Observed) -> Iterator[tuple[int, date]]:
    """By the entry that planned or postponed it: the day, when nobody looked back on that day or after it."""
    held = [evaluation.held_on for evaluation in seen.plan.evaluations.values() if evaluation.held_on]
    last = max(held, default=date.min)
    for number, evaluation in seen.plan.evaluations.items():
        planned = evaluation.planned_on
        if planned and not evaluation.held_on and last < planned:
            yield next((put_off.entry for put_off in evaluation.postponed[-1:]), number), planned


def _twice_a_year(seen: Observed) -> Noticed | None:
    """Under the Wlz a day that is planned is not enough, when the half year is over."""
    clock = next((clock for clock in clocks(seen) if clock.deadline is TWICE_A_YEAR), None)
    if clock and clock.state_on(seen.today) is ClockState.PASSED:
        return _noticed(seen, clock.since, (clock.entry,), WLZ)
    return None


def _none_planned(seen: Observed, days: int) -> Noticed | None:
    last = list(seen.of(CaseOpened, CaseReopened, EvaluationHeld))[-1:]
    if not last or any(_awaited(seen)) or not waits(seen, last[0], days):
        return None
    return _noticed(seen, last[0].day, (last[0].number,), NONE_PLANNED)


def _noticed(seen: Observed, since: date, shown: tuple[int, ...], says: str = "") -> Noticed:
    return Noticed(since, shown, {"days": seen.days_since(since)}, says=says)
