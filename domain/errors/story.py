"""About the client's story."""

from __future__ import annotations

from domain.errors.refused import Refused


class NotReleased(Refused):
    """A story is released by the client: without their own yes it stays here; under 16 a parent's too."""

    field = "stance"


class NotAllowedToAsk(Refused):
    """The client does not allow asking %(name)s. Record the consent, or that they came with it themselves."""

    field = "person"


class SaidAfterAll(Refused):
    """The client did not want to say it. Then leave the words and the mark empty."""

    field = "did_not_want_to_say"


class NotAsManyAnswers(Refused):
    """Questions: %(questions)s, answers: %(answers)s. Where there was no answer, write a dash."""

    field = "answers"
