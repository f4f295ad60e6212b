"""About a mandate to review, and what is noted under it."""

from __future__ import annotations

from domain.errors.refused import Refused


class NotAReviewer(Refused):
    """Choose somebody who has an account as reviewer."""

    field = "reviewer"


class TooManyCases(Refused):
    """A mandate is for %(most)s cases at most. Give a second one for the others."""

    field = "cases"


class LongerThanAYear(Refused):
    """A mandate lasts a year at most. Give a new one when it is over."""

    field = "until"


class MandateIsOver(Refused):
    """This mandate is over: nothing is added to it."""


class NotTheirMandate(Refused):
    """This mandate is of another reviewer."""


class NoSuchQuestion(Refused):
    """There is no such question."""

    field = "question"


class QuestionAnsweredBefore(Refused):
    """Somebody answered this question already. Your answer was not recorded."""

    field = "question"


class RecordedBefore(Refused):
    """This form was recorded before, with another text. This text is not recorded yet: send it to add it."""

    field = "words"
