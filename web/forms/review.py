"""Forms around a review: giving a mandate, and what is noted, asked and answered under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError

from domain.entry import Facts
from domain.store.accounts import Account
from web.forms.fields import CHOOSE, FILL_IN, Day, Line, Question, Words
from web.forms.situation import Option


class ReviewForm(Schema):
    """Asks nothing but its own questions: a review is no entry in a case."""

    class Meta:
        """What is not asked is not taken."""

        unknown = RAISE

    @property
    def questions(self) -> dict[str, Question]:
        """What is asked, in order."""
        return {name: field for name, field in self.fields.items() if isinstance(field, Question)}

    def facts(self, values: Mapping[str, Any]) -> Facts:
        """What was typed. ValidationError names the fields."""
        facts: Facts = self.load(values)
        return facts


class Reviewer(Question):
    """Somebody with an account as reviewer."""

    kind = "select"
    when_empty = CHOOSE

    def options(self, at: Any) -> list[Option]:
        return [Option(str(one.id), f"{one.name}, {one.organisation}".strip(", ")) for one in at.reviewers]

    def read(self, value: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError as error:
            raise ValidationError(CHOOSE) from error


class Cases(Question):
    """Numbers or full names, as many as there are: on lines of their own, or with a comma between them."""

    kind = "words"

    def read(self, value: Any) -> tuple[str, ...]:
        texts = value if isinstance(value, list) else [value]
        named = [part for text in texts for part in re.split(r"[\n,;]", Words(self.label).read(text))]
        found = tuple(dict.fromkeys(part.strip() for part in named if part.strip()))
        if not found:
            raise ValidationError(FILL_IN)
        return found


class Purpose(Words):
    """Long enough to say why, and short enough to stand with each case."""

    most, too_long = 500, "This is too long: 500 characters is the most."


class GiveMandate(ReviewForm):
    """Let a reviewer look into cases."""

    reviewer = Reviewer("Who reviews?", required=True)
    cases = Cases(
        "Which cases?", hint="The number of the file or the full name. One on a line.", required=True
    )
    purpose = Purpose("What for?", hint="The clients read this too.", required=True)
    ground = Line("On which ground in the law?", hint="For example: Wmo 2015, article 6.1.", required=True)
    until = Day("Until which day?", hint="dd-mm-yyyy. That day included; a year at most.", required=True)


class EndMandate(ReviewForm):
    """Over, at once."""

    reason = Purpose("Why does it end now?", required=True)


class EntryNumber(Question):
    """The number by which an entry of the case is quoted."""

    kind = "score"  # a few figures

    def read(self, value: Any) -> int:
        text = str(value).strip()
        if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
            raise ValidationError("Give the number of one entry, in figures.")
        return int(text)


class NoteFinding(ReviewForm):
    """What the reviewer found."""

    words = Words("What did you find?", required=True)
    entry = EntryNumber("About which entry?", hint="Its number in this file.")


class AskQuestion(ReviewForm):
    """What the reviewer asks."""

    words = Words("What do you want to know?", required=True)
    entry = EntryNumber("About which entry?", hint="Its number in this file.")


class AnswerQuestion(ReviewForm):
    """What the organisation says to that."""

    words = Words("Your answer", hint="It cannot be changed afterwards.", required=True)


class ToChooseFrom:
    """What the form that gives a mandate is filled in with."""

    plan = None

    def __init__(self, reviewers: list[Account]) -> None:
        self.reviewers = reviewers
