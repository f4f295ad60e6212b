"""About what people said."""

from __future__ import annotations

from domain.errors.refused import Refused


class NoSay(Refused):
    """Write down what the client said about this, or why that was not asked."""

    field = "stance"


class NoReason(Refused):
    """Choose why this was not asked."""

    field = "reason_not_asked"


class OtherAnswer(Refused):
    """This entry is itself the client's answer: another answer cannot go with it."""

    field = "stance"


class OnlySeen(Refused):
    """One person saw this as a yes. Write down what was seen, or who of another side read it alike."""

    field = "read_alike_by"


class NotTheirSay(Refused):
    """Keep what the client said apart from what their representative said, who is named with it."""

    field = "representative_say"


class NotTheRepresentative(Refused):
    """Only the say of somebody who takes part as the client's representative goes here."""

    field = "representative"


class NotOwnHand(Refused):
    """Only what the client enters in their own session is in their own hand."""

    field = "means"


class QuestionIsOpen(Refused):
    """A question about this lies with the client (entry %(question)s). Ask, or name the danger or the law."""

    field = "stance"


class SameSide(Refused):
    """A gesture is a yes when somebody of another side read it alike: not you, and nobody you work with."""

    field = "read_alike_by"


class OnlyAQuestionnaire(Refused):
    """A list of questions is never the only ground of a decision. Name the talk or the evaluation as well."""

    field = "evaluation"
