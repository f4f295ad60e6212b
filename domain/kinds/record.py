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


class WhyErased(StrEnum):
    """On what ground something is destroyed."""

    REQUEST = "request"  # AVG art. 17: the client asked it
    TERM_IS_OVER = "term_is_over"
    RECORDED_UNLAWFULLY = "recorded_unlawfully"
    WRONG_CLIENT = "wrong_client"
    COURT_ORDER = "court_order"
    UNKNOWN = "unknown"  # found gone after a restore: who decided it is not in what was put back


class Noun(StrEnum):
    """What another system's snapshot speaks of."""

    GOAL = "goal"
    SUPPORT = "support"
