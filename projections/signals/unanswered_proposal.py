"""The client proposed something, and nobody answered."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import Asks, Voice
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, open_proposals

THEIRS = {Voice.CLIENT, Voice.TOGETHER}


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(7, "days")


@signal(Weight.THIS_WEEK, limits=Limits, again=7)
def unanswered_proposal(seen: Observed, limits: Limits) -> Noticed | None:
    """Proposals of the client without an answer: %(many)s, the first for %(days)s days.

    The client had an idea and waits to hear what we think of it. Answer it, also when the answer is no or
    partly, and say why. Is there no answer yet? Then tell them when it comes.
    """
    theirs = (made for made in open_proposals(seen, limits.days) if made.proposed_by in THEIRS)
    return noticed(seen, [made for made in theirs if made.asks is not Asks.CLIENT])
