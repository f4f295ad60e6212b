"""About the client's story."""

from __future__ import annotations

from domain.errors.refused import Refused


class NotReleased(Refused):
    """A story is released by the client alone: without their own yes it stays here."""

    field = "stance"


class NotAllowedToAsk(Refused):
    """The client does not allow asking %(name)s. Record the consent, or that they came with it themselves."""

    field = "person"


class NotAsManyAnswers(Refused):
    """Questions: %(questions)s, answers: %(answers)s. Where there was no answer, write a dash."""

    field = "answers"
