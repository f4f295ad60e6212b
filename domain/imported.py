"""What another system said about a goal or support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from domain.entry import Entry
from domain.kinds import GoalStatus, Noun, SupportKind, SupportStatus, Voice
from domain.nouns import Goal, Measure, Support
from domain.plan import Plan
from domain.say import NEVER_ASKED, Say, Words

E = TypeVar("E", bound=StrEnum)


class StateImported(Entry):
    """Another system says how a goal or support stands: not how that came, nor what the client thinks."""

    TOPIC = "state_imported"
    SUBJECT = "id"
    NAMES = ("id", "words")
    AFTER_CLOSING = True
    FACTS = ("state", "goal_id", "kind", "provider", "since", "until")
    noun: Noun
    id: UUID
    words: Words
    said: str
    state: str  # of GoalStatus or SupportStatus
    _: KW_ONLY
    goal_id: UUID | None = None
    kind: SupportKind = SupportKind.OTHER
    provider: str = ""
    voice: Voice = Voice.UNKNOWN
    since: date | None = None
    until: date | None = None

    def stances(self) -> Iterator[Say]:
        """Nobody knows whether the client was asked."""
        yield NEVER_ASKED

    def hear(self, plan: Plan) -> None:
        plan.hear(self)

    def tell(self, plan: Plan) -> None:
        if self.noun is Noun.GOAL:
            self._tell_goal(plan)
        else:
            self._tell_support(plan)

    def _tell_goal(self, plan: Plan) -> None:
        goal = plan.goals.get(self.id) or Goal(self.number, self.since or self.day)
        goal.words, goal.said_elsewhere, goal.status_since = self.words, self.said, self.since or self.day
        goal.words_of = goal.proposed_by = self.voice
        goal.status = known(self.state, GoalStatus.UNKNOWN)
        plan.goals[self.id] = goal

    def _tell_support(self, plan: Plan) -> None:
        support = plan.supports.get(self.id) or Support(self.number, self.since or self.day)
        support.what, support.said_elsewhere, support.provider = self.words, self.said, self.provider
        support.kind, support.goal_id = self.kind, self.goal_id
        support.status = known(self.state, SupportStatus.UNKNOWN)
        support.started_on, support.ended_on = self.since, self.until
        if not support.measures:
            support.measures.append(Measure(None, self.since or self.day, self.number))
        plan.supports[self.id] = support


class KeptBehind(Entry):
    """Here is an entry of the record elsewhere that did not come along: not to be read, or destroyed."""

    TOPIC = "kept_behind"
    AFTER_CLOSING = True


def known(value: str, otherwise: E) -> E:
    """The choice with this value, or another when there is none such."""
    return next((choice for choice in type(otherwise) if choice == value), otherwise)
