"""The choices about entries, and about what other systems say."""

from __future__ import annotations

from enum import StrEnum


class WhyWithdrawn(StrEnum):
    """Why an entry is taken out."""

    IN_ERROR = "in_error"
    WRONG_CLIENT = "wrong_client"
    DOUBLE = "double"


class Noun(StrEnum):
    """What another system's snapshot speaks of."""

    GOAL = "goal"
    SUPPORT = "support"
