"""What was agreed: did anybody look at it again?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.evaluation import AgreementChecked
from domain.kinds import CheckResult
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import came_back, waits


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(14, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=28)
def agreement_unchecked(seen: Observed, limits: Limits) -> Noticed | None:
    """Agreements that wait to be looked at again: %(many)s, the first for %(days)s days.

    They are past their day and nobody looked whether they were kept, or the last time people were not on the
    same line. Ask the client how it went. Also what we did not do ourselves is worth saying.
    """
    waiting = {**_past_their_day(seen, limits.days), **dict(_not_on_the_same_line(seen, limits.days))}
    if not waiting:
        return None
    since = min(waiting.values())
    facts = {"many": len(waiting), "days": seen.days_since(since)}
    return Noticed(since, tuple(sorted(waiting)), facts)


def _past_their_day(seen: Observed, days: int) -> dict[int, date]:
    """By the number of the agreement: the day until which it was made. Nobody ever looked at it again."""
    agreements = seen.plan.agreements.items()
    ended = {number: made.until for number, made in agreements if made.until and not made.checks}
    return {
        number: until
        for number, until in ended.items()
        if seen.days_since(until) > days and not came_back(seen, number)
    }


def _not_on_the_same_line(seen: Observed, days: int) -> Iterator[tuple[int, date]]:
    """By the number of the check: the day on which people saw it differently, and nobody looked since."""
    last = {check.agreement: check for check in seen.of(AgreementChecked)}
    for check in last.values():
        apart = check.result is CheckResult.NOT_ON_THE_SAME_LINE and waits(seen, check, days)
        if apart and not came_back(seen, check.number) and not came_back(seen, check.agreement):
            yield check.number, check.day
