"""A need that a professional stated: does the client see it so?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import Voice
from domain.needs import NeedStated
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import noticed, waits


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(28, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=28)
def need_not_confirmed(seen: Observed, limits: Limits) -> Noticed | None:
    """Needs that we stated, and did not look at with the client yet: %(many)s, the first for %(days)s days.

    What is needed may look different to the client. Ask whether they see it so. That they see it otherwise is
    an answer too: it is written down beside it, in their words, and nobody has to convince them.
    """
    ours = (need for need in seen.of(NeedStated) if need.stated_by is Voice.WORKER)
    waiting = (need for need in ours if waits(seen, need, limits.days))
    return noticed(seen, [need for need in waiting if not _looked_at_together(seen, need)])


def _looked_at_together(seen: Observed, stated: NeedStated) -> bool:
    """The client said whether it is so: yes or no."""
    need = seen.plan.needs.get(stated.need_id)
    return need is None or any(said.by in (Voice.CLIENT, Voice.TOGETHER) for said in need.confirmations)
