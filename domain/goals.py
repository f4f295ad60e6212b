"""Goals: what the client wants to reach, in the client's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY
from typing import ClassVar, Unpack
from uuid import UUID, uuid4

from domain import errors
from domain.entry import Deciding, Decision, Entry, Facts, Subject, Telling
from domain.history import History, said
from domain.kinds import ByWhom, GoalKind, GoalStatus, LifeArea, Voice
from domain.nouns import FormerText, Goal, PartOfGoal
from domain.plan import Plan
from domain.say import Stance, Words


class GoalProposed(Entry):
    """Someone put a goal on the table."""

    TOPIC = "goal_proposed"
    SUBJECT = "goal_id"
    NAMES = ("goal_id", "words")
    FACTS = ("life_area", "kind", "wish_id", "talking_point_id")
    goal_id: UUID
    words: Words
    words_of: Voice
    proposed_by: Voice
    _: KW_ONLY
    life_area: LifeArea | None = None
    kind: GoalKind | None = None
    wish_id: UUID | None = None
    talking_point_id: UUID | None = None
    part_of: UUID | None = None
    success_in_own_words: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.goals[self.goal_id] = Goal(
            self.number,
            self.day,
            self.words,
            GoalStatus.PROPOSED,
            self.words_of,
            self.proposed_by,
            self.life_area,
            self.kind,
            self.wish_id,
            self.talking_point_id,
            self.part_of,
            self.success_in_own_words,
            self.day,
        )


class GoalDecision(Decision):
    """A decision about one goal: it leaves the goal in another state."""

    SUBJECT = "goal_id"
    LEAVES: ClassVar[GoalStatus]
    goal_id: UUID
    _: KW_ONLY
    reason: Words = ""

    def tell(self, plan: Plan) -> None:
        goal = plan.found(plan.goals, Goal, self, self.goal_id)
        goal.status, goal.status_since, goal.reason = self.LEAVES, self.counts_from, self.reason


class GoalAgreed(GoalDecision):
    """The goal was put in the plan, with what the client said about it."""

    TOPIC = "goal_agreed"
    LEAVES = GoalStatus.IN_PLAN


class GoalTurnedDown(GoalDecision):
    """The goal does not come into the plan; who turned it down, why, and what could be done instead."""

    TOPIC = "goal_turned_down"
    LEAVES = GoalStatus.TURNED_DOWN
    by_whom: ByWhom
    _: KW_ONLY
    alternatives: Words = ""

    @classmethod
    def fixed_stance(cls, facts: Facts) -> Stance | None:
        """When the client turned it down, that is what they say about it."""
        return Stance.DISAGREES if facts["by_whom"] is ByWhom.CLIENT else None


class GoalReached(GoalDecision):
    """The goal was reached, according to the one who judges."""

    TOPIC = "goal_reached"
    LEAVES = GoalStatus.REACHED
    judged_by: Voice


class GoalDropped(GoalDecision):
    """The goal is let go. The wish behind it stays."""

    TOPIC = "goal_dropped"
    LEAVES = GoalStatus.DROPPED


class GoalAdjusted(Decision):
    """The words of a goal changed. Agreement was with the words before."""

    TOPIC = "goal_adjusted"
    SUBJECT = "goal_id"
    NAMES = ("goal_id", "words")
    CHANGES_TEXT = True
    goal_id: UUID
    words: Words
    reason: Words

    def tell(self, plan: Plan) -> None:
        goal = plan.found(plan.goals, Goal, self, self.goal_id)
        goal.former.append(FormerText(goal.words, self.counts_from, self.number))
        goal.words = self.words


class GoalSplit(Decision):
    """A goal was split into steps: goals of their own. The whole stays as it is.

    A part inherits the wish and the kind, not what anybody said about the whole: that is asked anew.
    """

    TOPIC = "goal_split"
    SUBJECT = "goal_id"
    goal_id: UUID
    into: tuple[PartOfGoal, ...]
    _: KW_ONLY
    words_of: Voice = Voice.TOGETHER

    def as_told(self) -> Facts:
        """The parts by their words: their ids were made here."""
        return {**super().as_told(), "into": tuple(part.words for part in self.into)}

    def named(self) -> Iterator[tuple[Subject, str]]:
        """Every part by its own words."""
        return ((part.goal_id, part.words) for part in self.into)

    def tell(self, plan: Plan) -> None:
        whole = plan.found(plan.goals, Goal, self, self.goal_id)
        for part in self.into:
            plan.goals[part.goal_id] = Goal(
                self.number,
                self.counts_from,
                part.words,
                GoalStatus.PROPOSED,
                self.words_of,
                self.words_of,
                kind=whole.kind,
                life_area=whole.life_area,
                wish_id=whole.wish_id,
                part_of=self.goal_id,
                status_since=self.counts_from,
            )


class Goals(History):
    """What one may do with goals."""

    def propose_goal(self, **facts: Unpack[Proposing]) -> UUID:
        """Put a goal on the table; gives its id."""
        said("words", facts["words"])
        self.record(GoalProposed, goal_id=(goal_id := uuid4()), **facts)
        return goal_id

    def agree_goal(self, goal_id: UUID, **how: Unpack[Deciding]) -> None:
        """Put a goal in the plan."""
        if self._open_goal(goal_id, how).status in {GoalStatus.IN_PLAN, GoalStatus.PAUSED}:
            raise errors.AlreadyInThePlan
        self.record(GoalAgreed, goal_id=goal_id, **how)

    def turn_down_goal(
        self, goal_id: UUID, by_whom: ByWhom, reason: str, alternatives: str = "", **how: Unpack[Deciding]
    ) -> None:
        """Keep a goal out of the plan."""
        self._open_goal(goal_id, how)
        facts = {"by_whom": by_whom, "reason": said("reason", reason), "alternatives": alternatives}
        self.record(GoalTurnedDown, goal_id=goal_id, **facts, **how)

    def adjust_goal(self, goal_id: UUID, words: str, reason: str = "", **how: Unpack[Deciding]) -> None:
        """Change the words of a goal."""
        said("words", words)
        if self._open_goal(goal_id, how).words == words:
            raise errors.NothingChanged
        self.record(GoalAdjusted, goal_id=goal_id, words=words, reason=reason, **how)

    def reach_goal(self, goal_id: UUID, judged_by: Voice, **how: Unpack[Deciding]) -> None:
        """The goal was reached."""
        self._open_goal(goal_id, how)
        self.record(GoalReached, goal_id=goal_id, judged_by=judged_by, **how)

    def drop_goal(self, goal_id: UUID, reason: str, **how: Unpack[Deciding]) -> None:
        """Let a goal go."""
        self._open_goal(goal_id, how)
        self.record(GoalDropped, goal_id=goal_id, reason=said("reason", reason), **how)

    def split_goal(
        self,
        goal_id: UUID,
        into: tuple[str, ...],
        words_of: Voice = Voice.TOGETHER,
        **how: Unpack[Deciding],
    ) -> tuple[UUID, ...]:
        """Split a goal into steps, two or more; gives their ids."""
        self._open_goal(goal_id, how)
        if len(into) < 2:  # noqa: PLR2004  # one part is the whole
            raise errors.OnePart
        parts = tuple(PartOfGoal(uuid4(), said("into", words)) for words in into)
        self.record(GoalSplit, goal_id=goal_id, into=parts, words_of=words_of, **how)
        return tuple(part.goal_id for part in parts)

    def _open_goal(self, goal_id: UUID, how: Telling) -> Goal:
        """The goal as it was on the day of the entry; refused when it was no longer open."""
        goal = self.there(lambda plan: plan.goals, goal_id, how)
        check_open(goal)
        return goal


def check_open(goal: Goal) -> None:
    """NotOpen when the goal is no longer on the table or in the plan."""
    if not goal.open:
        raise errors.NotOpen


class Proposing(Telling, total=False):
    """What goes into a goal that is proposed."""

    words: str
    words_of: Voice
    proposed_by: Voice
    life_area: LifeArea | None
    kind: GoalKind | None
    wish_id: UUID | None
    talking_point_id: UUID | None
    part_of: UUID | None
    success_in_own_words: str
