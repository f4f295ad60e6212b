"""Our question lies with the client: did we ask it in a way that suits?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import Asks, Voice
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, open_proposals


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(14, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=28)
def question_with_client(seen: Observed, limits: Limits) -> Noticed | None:
    """Questions of ours that lie with the client: %(many)s, the first for %(days)s days.

    Did we ask in a way that suits? Another moment, another person, fewer words, a picture, or reading it
    together may help. Taking time is fine. Until there is an answer, everything stays as it is.
    """
    asked = (made for made in open_proposals(seen, limits.days) if made.asks is Asks.CLIENT)
    ours = (made for made in asked if made.proposed_by is not Voice.CLIENT)
    return noticed(seen, [made for made in ours if not made.answer_by or made.answer_by < seen.today])
