"""A decision was made, and the client was not heard about it."""

from __future__ import annotations

from domain.entry import Decision
from domain.people import LeadNamed, PartyJoined
from domain.proposals import ProposalAnswered
from domain.say import Means, Say, Stance
from projections.signals.signal import NoLimits, Noticed, Observed, Weight, signal
from projections.signals.waiting import came_back


@signal(Weight.NOW)
def decided_without_say(seen: Observed, limits: NoLimits) -> Noticed | None:  # noqa: ARG001  # at once
    """Decisions about which the client was not asked: %(many)s.

    Sometimes there was a reason; it stands with the decision. Still it is the client's life. Tell what was
    decided, ask what they think of it, and write that down, also when they see it differently.
    """
    unheard = [made for made in seen.decisions if _unasked(seen, made) and not _heard_since(seen, made)]
    if not unheard:
        return None
    urgent = any(not isinstance(made, LeadNamed | PartyJoined) for made in unheard)
    since, shown = min(made.counts_from for made in unheard), sorted(made.number for made in unheard)
    weight = None if urgent else Weight.THIS_WEEK
    return Noticed(since, tuple(shown), {"many": len(shown)}, weight=weight)


def _unasked(seen: Observed, made: Decision) -> bool:
    """Another system may not tell what the client said: that is not the same as not having asked. Nor is our
    answer to what they asked themselves.
    """
    if isinstance(made, ProposalAnswered) and made.to_the_client(seen.plan):
        return False
    return made.say.stance is not Stance.UNKNOWN and _silent(made.say)


def _silent(say: Say) -> bool:
    return say.stance is Stance.NOT_ASKED or say.means is Means.NONE


def _heard_since(seen: Observed, made: Decision) -> bool:
    """The client spoke about the same since, or about this decision; or a later entry came back to it."""
    held = seen.plan.stances_on(made.concerns or made.number).of() + seen.plan.stances_on(made.number).of()
    later = (p for p in held if (p.on, p.entry) >= (made.day, made.number))
    return any(not _silent(p.say) for p in later) or came_back(seen, made.number)
