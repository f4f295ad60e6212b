"""The fixed choices of the record: each a word that a care worker accepts."""

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


class Voice(StrEnum):
    """Whose words or idea something is."""

    CLIENT = "client"
    TOGETHER = "together"
    REPRESENTATIVE = "representative"
    NETWORK = "network"
    WORKER = "worker"
    UNKNOWN = "unknown"  # imports only


class LifeArea(StrEnum):
    """The part of life something is about."""

    LIVING = "living"
    DAILY_ACTIVITIES = "daily_activities"
    CONTACTS = "contacts"
    MONEY = "money"
    HEALTH = "health"
    SELF_CARE = "self_care"
    SAFETY = "safety"
    MEANING = "meaning"
    DEVELOPMENT = "development"
    OTHER = "other"


class Topic(StrEnum):
    """The topics of a full first conversation (inventory 20)."""

    DAILY_ACTIVITIES = "daily_activities"
    CONTACTS = "contacts"
    MONEY = "money"
    HEALTH = "health"


class ConversationKind(StrEnum):
    """What kind of conversation was held."""

    INTAKE = "intake"
    FOLLOW_UP = "follow_up"
    FAMILY = "family"
    TEAM = "team"
    EVALUATION = "evaluation"
    OTHER = "other"


class OpensWith(StrEnum):
    """What the first question was about: the person, a problem, or what we have on offer."""

    PERSON = "person"
    PROBLEM = "problem"
    OFFER = "offer"


class WishForm(StrEnum):
    """The form in which a wish was told."""

    SAID = "said"
    DREAM_CARD = "dream_card"
    DRAWING = "drawing"
    MIND_MAP = "mind_map"


class Matter(StrEnum):
    """What it is that matters to the client."""

    LIFE = "life"
    CULTURE = "culture"
    PACE = "pace"
    OTHER = "other"


class GoalKind(StrEnum):
    """A goal in health or in life."""

    HEALTH = "health"
    LIFE = "life"


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


class WhyRefused(StrEnum):
    """Why the client refused. Not wanting to say is an answer too (inventory 80–83)."""

    EARLIER_EXPERIENCE = "earlier_experience"
    FEAR_OF_LOSING_INDEPENDENCE = "fear_of_losing_independence"
    MISUNDERSTOOD = "misunderstood"
    OTHER = "other"
    DID_NOT_WANT_TO_SAY = "did_not_want_to_say"
    NOT_ASKED = "not_asked"


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


class PersonKind(StrEnum):
    """In what way a person takes part."""

    WORKER = "worker"
    RELATIVE = "relative"
    INFORMAL_CARER = "informal_carer"
    REPRESENTATIVE = "representative"
    TRUSTED_PERSON = "trusted_person"
    INDEPENDENT_SUPPORTER = "independent_supporter"
    EXPERT_BY_EXPERIENCE = "expert_by_experience"
    MEDIATOR = "mediator"


class PartyKind(StrEnum):
    """An organisation, or people who do it unpaid."""

    FORMAL = "formal"
    INFORMAL = "informal"


class Fit(StrEnum):
    """Does the support fit, according to the one who judges."""

    TOO_HEAVY = "too_heavy"
    FITS = "fits"
    TOO_LIGHT = "too_light"
    DOES_NOT_FIT = "does_not_fit"


class WhyWithdrawn(StrEnum):
    """Why an entry is taken out."""

    IN_ERROR = "in_error"
    WRONG_CLIENT = "wrong_client"
    DOUBLE = "double"


class ContactKind(StrEnum):
    """What kind of contact: with the person, about a task, or in a group."""

    PERSONAL = "personal"
    TASK = "task"
    GROUP = "group"


class Noun(StrEnum):
    """What another system's snapshot speaks of."""

    GOAL = "goal"
    SUPPORT = "support"


class GoalStatus(StrEnum):
    """How a goal stands."""

    PROPOSED = "proposed"
    IN_PLAN = "in_plan"
    TURNED_DOWN = "turned_down"
    PAUSED = "paused"
    REACHED = "reached"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class SupportStatus(StrEnum):
    """How support stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    UNKNOWN = "unknown"
