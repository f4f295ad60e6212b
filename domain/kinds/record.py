"""The choices about entries, and about what other systems say."""

from __future__ import annotations

from enum import StrEnum


class WhyWithdrawn(StrEnum):
    """Why an entry is taken out."""

    IN_ERROR = "in_error"
    WRONG_CLIENT = "wrong_client"
    DOUBLE = "double"


class WhyRestricted(StrEnum):
    """Why the processing of an entry is restricted: the four grounds of AVG art. 18, first paragraph."""

    ACCURACY_CONTESTED = "accuracy_contested"
    UNLAWFUL = "unlawful"
    NEEDED_FOR_A_CLAIM = "needed_for_a_claim"
    OBJECTION = "objection"


class Noun(StrEnum):
    """What another system's snapshot speaks of."""

    GOAL = "goal"
    SUPPORT = "support"
