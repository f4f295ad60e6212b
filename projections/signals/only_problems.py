"""What is difficult was written down. What is there besides?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.conversation import ConversationHeld
from domain.plan import Plan
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up: from this conversation with the client on."""

    conversations: int = limit(3, "conversations")


@signal(Weight.KEEP_AN_EYE, limits=Limits)
def only_problems(seen: Observed, limits: Limits) -> Noticed | None:
    """After %(conversations)s conversations only needs were written down: %(needs)s.

    Nothing tells yet what the client is good at, wishes for, or finds important. Support that starts from
    there fits better and lasts longer. Ask for it in the next conversation; there is always something.
    """
    needs, talks = seen.plan.needs.values(), [one for one in seen.of(ConversationHeld) if one.client_present]
    if not needs or len(talks) < limits.conversations or _more_than_problems(seen.plan):
        return None
    first = talks[: limits.conversations]
    since = max([min(need.since for need in needs), *(talk.day for talk in first)])
    shown = {need.entry for need in needs} | {talk.number for talk in first}
    return Noticed(since, tuple(sorted(shown)), {"conversations": len(talks), "needs": len(needs)})


def _more_than_problems(plan: Plan) -> bool:
    """A strength, a wish, or what matters: told on its own, or in getting to know each other."""
    introduced = any(held.strengths.strip() or held.what_matters.strip() for held in plan.introductions)
    return bool(plan.strengths or plan.wishes or plan.matters or introduced)
