"""The choices about the client's story."""

from __future__ import annotations

from enum import StrEnum


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


class Doing(StrEnum):
    """How a task is done: alone, with help, or by somebody else (inventory 66)."""

    SELF = "self"
    WITH_HELP = "with_help"
    BY_OTHER = "by_other"


class Change(StrEnum):
    """What somebody noticed about the client (inventory 94–99)."""

    WITHDRAWN = "withdrawn"
    RESTLESS = "restless"
    WORSE = "worse"
    BETTER = "better"


class LifeEvent(StrEnum):
    """What kind of thing happened in the client's life."""

    ILLNESS = "illness"
    LOSS = "loss"
    MOVE = "move"
    RELATIONSHIP = "relationship"
    BIRTH = "birth"
    WORK = "work"
    MONEY = "money"
    OTHER = "other"


class Experience(StrEnum):
    """What of the support is judged: by the client, never inferred (inventory 40, 42, 76)."""

    HEARD = "heard"
    TRUST = "trust"
    CLOSENESS = "closeness"
    UNDERSTANDING = "understanding"
    ATTENTION = "attention"
    EQUALITY = "equality"
    OWN_SAY = "own_say"
    CAN_DO_WHAT_MATTERS = "can_do_what_matters"
    SATISFIED = "satisfied"
    OTHER = "other"


class Bond(StrEnum):
    """How close somebody in the client's circle is, according to the client."""

    STRONG = "strong"
    USUAL = "usual"
    LOOSE = "loose"
    STRAINED = "strained"


class DocumentKind(StrEnum):
    """What a document is."""

    LETTER = "letter"
    SIGNED_SHEET = "signed_sheet"
    DRAWING = "drawing"
    PHOTO = "photo"
    REPORT = "report"
    OTHER = "other"
