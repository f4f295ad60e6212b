"""How goals go: what is told about them, when they wait, and what stands in the way."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Entry, Subject, Telling
from domain.experience import words_or_mark
from domain.goals import GoalDecision, check_open
from domain.history import History, said
from domain.kinds import GoalStatus, LimitKind, Voice
from domain.nouns import Goal, Limit, Progress
from domain.own_hand import check_own_voice
from domain.plan import Plan
from domain.say import Words


class ProgressTold(Entry):
    """Somebody told how it goes with a goal: in words, or with a mark of the client and of the worker."""

    TOPIC = "progress_told"
    SUBJECT = "goal_id"
    goal_id: UUID
    told_by: Voice
    _: KW_ONLY
    words: Words = ""
    client_score: int | None = None
    worker_score: int | None = None

    def tell(self, plan: Plan) -> None:
        plan.found(plan.goals, Goal, self, self.goal_id).told.append(
            Progress(self.number, self.day, self.words, self.told_by, self.client_score, self.worker_score)
        )


class LimitExplained(Entry):
    """It was explained what stands in the way: means, a law, safety. The wish stays."""

    TOPIC = "limit_explained"
    SUBJECT = "subject"
    FACTS = ("limit",)
    limit: LimitKind
    words: Words
    _: KW_ONLY
    subject: Subject | None = None

    def tell(self, plan: Plan) -> None:
        plan.limits.append(Limit(self.number, self.day, self.limit, self.words, self.subject))


class GoalPaused(GoalDecision):
    """The goal waits for a while. It stays in the plan."""

    TOPIC = "goal_paused"
    LEAVES = GoalStatus.PAUSED


class GoalResumed(GoalDecision):
    """The goal is taken up again."""

    TOPIC = "goal_resumed"
    LEAVES = GoalStatus.IN_PLAN


class Progressing(History):
    """What one may record of how goals go."""

    def tell_progress(
        self,
        goal_id: UUID,
        told_by: Voice,
        words: str = "",
        client_score: int | None = None,
        worker_score: int | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Write down how it goes with a goal, and who told it."""
        check_open(self._goal(goal_id, how))
        check_own_voice(told_by, "told_by", how["by"])
        marks = {"client_score": client_score, "worker_score": worker_score}
        told = {"told_by": told_by, "words": words_or_mark(words, *marks.values())}
        self.record(ProgressTold, goal_id=goal_id, **told, **marks, **how)

    def explain_limit(
        self, limit: LimitKind, words: str, subject: Subject | None = None, **how: Unpack[Telling]
    ) -> None:
        """Write down what stands in the way, as it was explained."""
        self.record(LimitExplained, limit=limit, words=said("words", words), subject=subject, **how)

    def pause_goal(self, goal_id: UUID, reason: str, **how: Unpack[Deciding]) -> None:
        """Let a goal wait."""
        if self._goal(goal_id, how).status is not GoalStatus.IN_PLAN:
            raise errors.GoalNotInPlan
        self.record(GoalPaused, goal_id=goal_id, reason=said("reason", reason), **how)

    def resume_goal(self, goal_id: UUID, reason: str = "", **how: Unpack[Deciding]) -> None:
        """Take a goal up again."""
        if self._goal(goal_id, how).status is not GoalStatus.PAUSED:
            raise errors.GoalNotPaused
        self.record(GoalResumed, goal_id=goal_id, reason=reason, **how)

    def _goal(self, goal_id: UUID, how: Telling) -> Goal:
        return self.there(lambda plan: plan.goals, goal_id, how)
