"""The choices about support."""

from __future__ import annotations

from enum import StrEnum


class SupportKind(StrEnum):
    """What kind of support it is."""

    GUIDANCE = "guidance"
    PERSONAL_CARE = "personal_care"
    NURSING = "nursing"
    HOUSEHOLD = "household"
    DAY_ACTIVITIES = "day_activities"
    RESPITE = "respite"
    MONEY = "money"
    TREATMENT = "treatment"
    TRANSPORT = "transport"
    INFORMAL = "informal"
    OTHER = "other"


class SupportStatus(StrEnum):
    """How support stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """What an amount of support is counted in."""

    HOURS = "hours"
    MINUTES = "minutes"
    TIMES = "times"
    DAY_PARTS = "day_parts"


class Per(StrEnum):
    """Per what an amount of support is counted."""

    DAY = "day"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    ONCE = "once"


class WhyRefused(StrEnum):
    """Why the client refused. Not wanting to say is an answer too (inventory 80–83)."""

    EARLIER_EXPERIENCE = "earlier_experience"
    FEAR_OF_LOSING_INDEPENDENCE = "fear_of_losing_independence"
    MISUNDERSTOOD = "misunderstood"
    OTHER = "other"
    DID_NOT_WANT_TO_SAY = "did_not_want_to_say"
    NOT_ASKED = "not_asked"


class Fit(StrEnum):
    """Does the support fit, according to the one who judges."""

    TOO_HEAVY = "too_heavy"
    FITS = "fits"
    TOO_LIGHT = "too_light"
    DOES_NOT_FIT = "does_not_fit"


class ChoiceSubject(StrEnum):
    """What can be chosen (inventory 65)."""

    TIME = "time"
    ACTIVITY = "activity"
    MANNER = "manner"
    PERSON = "person"


class ChoiceSize(StrEnum):
    """A small choice of every day, or a large one."""

    SMALL = "small"
    LARGE = "large"


class TryoutResult(StrEnum):
    """What came of trying."""

    WORKS = "works"
    WORKS_NOT = "works_not"
