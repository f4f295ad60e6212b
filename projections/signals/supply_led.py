"""Did it begin with what somebody asks, or with what we have on offer?"""

from __future__ import annotations

from domain.conversation import ConversationHeld
from domain.days import Precision
from domain.entry import Entry
from domain.goals import GoalProposed
from domain.kinds import OpensWith, Voice
from domain.needs import NeedStated
from domain.story import WishVoiced
from domain.support import SupportOffered
from projections.signals.signal import NoLimits, Noticed, Observed, Weight, signal

OUR_OFFER_FIRST = "The first conversation began with what we have on offer."


@signal(Weight.KEEP_AN_EYE)
def supply_led(seen: Observed, limits: NoLimits) -> Noticed | None:  # noqa: ARG001  # at once
    """Help was offered before a wish or a need was written down: %(many)s.

    What somebody wishes comes first, what we have to offer after that. Otherwise people get what there is,
    and not what they ask. Begin again with an open question: what does a good day look like? Help that the
    client asked for is fine, and so is help for a goal that they came with.
    """
    early, opening = _too_early(seen), _about_our_offer(seen)
    if not early and not opening:
        return None
    shown = sorted(entry.number for entry in (*early, *opening))
    since = min(entry.day for entry in (*early, *opening))
    return Noticed(since, tuple(shown), {"many": len(early)}, says="" if early else OUR_OFFER_FIRST)


def _too_early(seen: Observed) -> list[SupportOffered]:
    """The offers before anything was asked. Of a day that is not known nobody can say which came first."""
    asked = [e for e in seen.of(WishVoiced, NeedStated, GoalProposed) if _asks(e)]
    if any(e.precision is not Precision.DAY for e in asked):
        return []
    first = min((e.day for e in asked), default=None)
    offers = (o for o in seen.of(SupportOffered) if o.precision is Precision.DAY and not o.asked_for)
    return [offer for offer in offers if first is None or offer.day < first]


def _asks(entry: Entry) -> bool:
    """A wish or a need; and a goal, when the client came with it."""
    return not isinstance(entry, GoalProposed) or entry.proposed_by in (Voice.CLIENT, Voice.TOGETHER)


def _about_our_offer(seen: Observed) -> list[ConversationHeld]:
    """The first conversation with the client, when its first question was about our offer."""
    talks = (talk for talk in seen.of(ConversationHeld) if talk.client_present)
    return [talk for talk in [next(talks, None)] if talk and talk.opening_about is OpensWith.OFFER]
