"""Safety that stands in the way of a life: is something tried, and is it looked at again?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from domain.days import Precision
from domain.kinds import LimitKind
from domain.nouns import Limit
from domain.plan import Plan
from domain.safety import RestrictionImposed, RestrictionReviewed
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import came_back

Found = Iterator[tuple[date, int]]  # since when, and the entry that shows it


@dataclass(frozen=True)
class Limits:
    """When it speaks up of a restriction; of a risk and a wish at once."""

    days: int = limit(91, "days", "Wzd: at most 3 months the first time. Not verified.")


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def smothering_safety(seen: Observed, limits: Limits) -> Noticed | None:
    """Safety stands in the way, and nothing is tried or looked at again: %(many)s.

    It is about a risk, a restriction, or a wish that was called unsafe. Nobody lives without risk, and what
    is given up counts too. Ask the client what it is worth to them, try something small until a day, and
    agree when to look again whether it can be lighter.
    """
    found = chain(_risks(seen), _wishes(seen), _restrictions(seen, limits.days))
    left = [(day, number) for day, number in found if not came_back(seen, number)]
    if not left:
        return None
    shown = tuple(sorted(number for _, number in left))
    return Noticed(min(day for day, _ in left), shown, {"many": len(shown)})


def _risks(seen: Observed) -> Found:
    """The day to look again has gone by."""
    for risk in seen.plan.risks.values():
        due = risk.review_on or risk.since
        if due < seen.today and not _looked_again(seen, risk.wish_id, risk.entry):
            yield due, risk.entry


def _wishes(seen: Observed) -> Found:
    """Safety was said to stand in the way of a wish, and no risk was weighed, nor anything tried."""
    for told in seen.plan.limits:
        if told.limit is LimitKind.SAFETY and not _looked_again(seen, _wish(seen.plan, told), 0):
            yield told.since, told.entry


def _restrictions(seen: Observed, days: int) -> Found:
    """It holds, nobody looked again for so long, and nothing was tried meanwhile."""
    decided = seen.of(RestrictionImposed, RestrictionReviewed)
    vague = {e.number for e in decided if e.precision is not Precision.DAY}
    for held in seen.plan.restrictions.values():
        looked, by = [(held.since, held.entry), *((r.on, r.entry) for r in held.reviews)][-1]
        lasts = held.holds_on(seen.today) and seen.days_since(looked) > days and by not in vague
        if lasts and not any(tried.entry > held.entry for tried in seen.plan.tryouts.values()):
            yield looked, held.entry


def _looked_again(seen: Observed, wish: UUID | None, after: int) -> bool:
    """For this wish something is tried now, or was tried or weighed after that entry."""
    tried = [tryout for tryout in seen.plan.tryouts.values() if tryout.wish_id == wish]
    weighed = [risk for risk in seen.plan.risks.values() if risk.wish_id == wish]
    now = any(t.until and seen.today <= t.until and not t.looked_back_on for t in tried)
    return wish is not None and (now or any(noun.entry > after for noun in (*tried, *weighed)))


def _wish(plan: Plan, told: Limit) -> UUID | None:
    """The wish that it is about, or that the goal it is about comes from."""
    for key, goal in plan.goals.items():
        if key == told.subject:
            return goal.wish_id
    return next((key for key in plan.wishes if key == told.subject), None)
