"""The choices about people and parties."""

from __future__ import annotations

from enum import StrEnum


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


class LegalKind(StrEnum):
    """On what ground somebody speaks for the client."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    CURATOR = "curator"
    MENTOR = "mentor"
    ADMINISTRATOR_OF_MONEY = "administrator_of_money"
    AUTHORISED_IN_WRITING = "authorised_in_writing"
    PARTNER_OR_RELATIVE = "partner_or_relative"


class Scope(StrEnum):
    """About what somebody speaks for the client."""

    CARE = "care"
    MONEY = "money"
    RESIDENCE = "residence"
    ALL = "all"


class ConsentPurpose(StrEnum):
    """What the client gives consent for."""

    SHARING = "sharing"
    ASKING = "asking"
    OTHER = "other"


class Part(StrEnum):
    """The part of the record that may be shared."""

    STORY = "story"
    GOALS = "goals"
    SUPPORT = "support"
    PEOPLE = "people"
    EVALUATION = "evaluation"
    DOCUMENTS = "documents"


class ContactKind(StrEnum):
    """What kind of contact: with the person, about a task, or in a group."""

    PERSONAL = "personal"
    TASK = "task"
    GROUP = "group"
