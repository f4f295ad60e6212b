"""About goals and proposals."""

from __future__ import annotations

from domain.errors.refused import Refused


class NotOpen(Refused):
    """This goal is no longer open."""

    field = "goal_id"


class AlreadyInThePlan(Refused):
    """This goal is in the plan already."""

    field = "goal_id"


class GoalNotInPlan(Refused):
    """Only a goal that is in the plan can wait. This one is not."""

    field = "goal_id"


class GoalNotPaused(Refused):
    """This goal is not waiting."""

    field = "goal_id"


class OnePart(Refused):
    """Splitting a goal makes two steps or more."""

    field = "into"


class NoAnswer(Refused):
    """This is a question to the client: it is taken up when they say yes. Without an answer it stays open."""

    field = "stance"


class NotTheirProposal(Refused):
    """Only who made a proposal takes it back."""

    field = "proposal"


class AlreadyAnswered(Refused):
    """This has been answered already, or was taken back."""

    field = "proposal"
