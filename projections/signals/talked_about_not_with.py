"""Talked about the client, while they were not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.conversation import ConversationHeld
from domain.days import Precision
from domain.entry import Decision
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import came_back


@dataclass(frozen=True)
class Limits:
    """When it speaks up: when a larger share of the conversations than this. Of a decision at once."""

    percent: int = limit(25, "percent")
    days: int = limit(91, "days")


ONLY_DECIDED = "Decided in a conversation without the client: %(decisions)s."
BOTH = (
    "Decided in a conversation without the client: %(decisions)s. "
    "Of the %(talks)s conversations in %(days)s days, %(apart)s were without them."
)


@signal(Weight.THIS_WEEK, limits=Limits)
def talked_about_not_with(seen: Observed, limits: Limits) -> Noticed | None:
    """Of the %(talks)s conversations in %(days)s days, %(apart)s were held without the client.

    It is about their life, and they know most of it. Ask the client how they want to take part: be there
    themselves, a part of the time, by telephone, or with somebody who speaks for them. Tell them what was
    said, ask what they think of it, and write that down with what was decided.
    """
    decided = _decided_apart(seen)
    talks = [talk for talk in _talks(seen) if talk.precision is Precision.DAY]
    talks = [talk for talk in talks if seen.within(talk.day, limits.days)]
    apart = [talk for talk in talks if not talk.client_present]
    often = len(apart) * 100 > limits.percent * len(talks)
    shown = [*decided, *(apart if often else [])]
    if not shown:
        return None
    says = (BOTH if often else ONLY_DECIDED) if decided else ""
    facts = {"decisions": len(decided), "talks": len(talks), "apart": len(apart), "days": limits.days}
    numbers, weight = tuple(sorted(e.number for e in shown)), Weight.NOW if decided else None
    return Noticed(min(e.counts_from for e in shown), numbers, facts, says=says, weight=weight)


def _decided_apart(seen: Observed) -> Sequence[Decision]:
    """What was decided where the client was not, and nobody came back to since."""
    there = {talk.conversation_id for talk in _talks(seen) if talk.client_present}
    apart = {talk.conversation_id for talk in _talks(seen)} - there - {None}
    made = (decision for decision in seen.decisions if decision.conversation_id in apart)
    return [decision for decision in made if not came_back(seen, decision.number)]


def _talks(seen: Observed) -> list[ConversationHeld]:
    return list(seen.of(ConversationHeld))
