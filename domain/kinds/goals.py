"""The choices about goals and proposals."""

from __future__ import annotations

from enum import StrEnum


class GoalKind(StrEnum):
    """A goal in health or in life."""

    HEALTH = "health"
    LIFE = "life"


class GoalStatus(StrEnum):
    """How a goal stands."""

    PROPOSED = "proposed"
    IN_PLAN = "in_plan"
    TURNED_DOWN = "turned_down"
    PAUSED = "paused"
    REACHED = "reached"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class ByWhom(StrEnum):
    """Who turned a goal down."""

    CLIENT = "client"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"  # imports only


class Asks(StrEnum):
    """Of whom a proposal asks an answer."""

    CLIENT = "client"
    ORGANISATION = "organisation"
    PERSON = "person"


class TakenUp(StrEnum):
    """What came of a proposal."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT = "not"


class LimitKind(StrEnum):
    """What stands in the way of a wish."""

    MEANS = "means"
    LAW = "law"
    SAFETY = "safety"
    OTHER = "other"
