"""The choices about a case as a whole."""

from __future__ import annotations

from enum import StrEnum


class LegalBasis(StrEnum):
    """The law under which support is given."""

    WMO = "wmo"
    JEUGDWET = "jeugdwet"
    WLZ = "wlz"
    ZVW = "zvw"
    WGBO = "wgbo"
    OTHER = "other"
    UNKNOWN = "unknown"  # imports only


class Address(StrEnum):
    """How the client wants to be spoken to."""

    JIJ = "jij"
    U = "u"


class OwnPlanKind(StrEnum):
    """A plan that the client makes, alone or with family and friends."""

    PERSONAL_PLAN = "personal_plan"
    FAMILY_GROUP_PLAN = "family_group_plan"


class OwnPlanAnswer(StrEnum):
    """What the client answers to the offer of a plan of their own."""

    WANTS = "wants"
    DOES_NOT_WANT = "does_not_want"
    WANTS_TO_THINK = "wants_to_think"
    NO_ANSWER_YET = "no_answer_yet"


class PointedOutTo(StrEnum):
    """Who was told that independent support is free."""

    CLIENT = "client"
    RELATIVE = "relative"


class RequestKind(StrEnum):
    """What somebody asks of the record (AVG art. 15–21)."""

    INSPECTION = "inspection"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    COPY = "copy"


class RequestAnswerKind(StrEnum):
    """What came of a request."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
