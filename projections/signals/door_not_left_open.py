"""The client said no. Did somebody ask why, tell what else there is, and leave the door open?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import WhyRefused
from domain.refusals import SupportRefused
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import came_back, waits


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(7, "days")


NOTHING_ELSE = "For %(days)s days after a no, it is not written down what else is possible."
NOT_ASKED_WHY = "For %(days)s days after a no, it is not written down why the client said it."


@signal(Weight.THIS_WEEK, limits=Limits)
def door_not_left_open(seen: Observed, limits: Limits) -> Noticed | None:
    """For %(days)s days after a no, it is not written down how the client can come back.

    A no often has a reason: an earlier experience, or fear of losing independence. Ask for it once, kindly;
    not wanting to say is an answer too. Tell what else there is, and whom the client can call when they think
    otherwise. Do not offer the same again.
    """
    noes = (no for no in seen.of(SupportRefused) if waits(seen, no, limits.days))
    lacking = [(no, says) for no in noes if (says := _lacks(seen, no)) is not None]
    if not lacking:
        return None
    (first, says), shown = lacking[0], sorted(no.number for no, _ in lacking)
    return Noticed(first.day, tuple(shown), {"days": seen.days_since(first.day)}, says=says)


def _lacks(seen: Observed, no: SupportRefused) -> str | None:
    """What is missing after a no that stands: first the way back (the signal's own sentence)."""
    refusal = seen.plan.refusals.get(no.number)
    if refusal is None or not refusal.stands:  # the client came back to it
        return None
    respect = refusal.respected
    if not respect:
        return ""
    if not respect.alternatives.strip() and not _offered_instead(seen, no):
        return NOTHING_ELSE
    asked = no.reason is not WhyRefused.NOT_ASKED or came_back(seen, no.number)
    return None if asked else NOT_ASKED_WHY


def _offered_instead(seen: Observed, no: SupportRefused) -> bool:
    return any(support.alternative_to == no.support_id for support in seen.plan.supports.values())
