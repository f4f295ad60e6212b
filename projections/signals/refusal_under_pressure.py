"""The client said no. Were they left in peace?"""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import Precision
from domain.plan import read
from domain.refusals import SupportRefused
from domain.support import SupportOffered
from projections.signals.signal import NoLimits, Noticed, Observed, Weight, signal


@signal(Weight.NOW)
def refusal_under_pressure(seen: Observed, limits: NoLimits) -> Noticed | None:  # noqa: ARG001  # at once
    """The client was offered the same help again in the quiet time after a no: %(many)s.

    A no is an answer. Who is asked again soon may say yes to have it over with. Let it rest, and tell the
    client how they can come back to it when they want. Other help may be offered, one kind at a time. When
    the client asked for it themselves, all is well: say so here.
    """
    again = [(offer, noes) for offer in seen.of(SupportOffered) if (noes := list(_quiet(seen, offer)))]
    if not again:
        return None
    shown = {offer.number for offer, _ in again} | {no for _, noes in again for no in noes}
    asked_for = all(offer.asked_for for offer, _ in again)
    return Noticed(
        min(offer.day for offer, _ in again),
        tuple(sorted(shown)),
        {"many": len(again)},
        weight=Weight.KEEP_AN_EYE if asked_for else None,
    )


def _quiet(seen: Observed, offer: SupportOffered) -> Iterator[int]:
    """The noes to the same help after which it was quiet, by what was said before this offer."""
    exact = {no.number for no in seen.of(SupportRefused) if no.precision is Precision.DAY}
    if not exact or offer.precision is not Precision.DAY:
        return
    before = (e for e in seen.entries if (e.day, e.number) < (offer.day, offer.number))
    for key, support in read(before).supports.items():
        same = key == offer.again_of or support.same_as(offer.provider, offer.kind, offer.goal_id)
        no = support.quiet_on(offer.day)
        if same and no and no.entry in exact:
            yield no.entry
