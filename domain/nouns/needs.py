"""What is needed, what is seen by others, and how it goes according to the client."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain import kinds
from domain.entry import Actor
from domain.nouns.held import Held


@dataclass
class TalkingPoint(Held):
    """What is to be talked about, out of a wish."""

    words: str = ""
    wish_id: UUID | None = None


@dataclass
class Confirmation:
    """Whether a need is as it was stated, according to somebody on a day."""

    entry: int
    on: date
    by: kinds.Voice
    right: bool
    words: str


@dataclass
class Need(Held):
    """What somebody says is needed, and whether the client sees it so."""

    words: str = ""
    stated_by: kinds.Voice = kinds.Voice.UNKNOWN
    life_area: kinds.LifeArea | None = None
    confirmations: list[Confirmation] = field(default_factory=list)

    @property
    def answer(self) -> Confirmation | None:
        """What the client said last when they were asked whether it is so."""
        return next((c for c in reversed(self.confirmations) if c.by is kinds.Voice.CLIENT), None)

    @property
    def confirmed(self) -> bool:
        """The client sees it so: they stated it, or said so last."""
        return self.answer.right if self.answer else self.stated_by is kinds.Voice.CLIENT

    @property
    def confirmed_on(self) -> date | None:
        """The day they said so."""
        if not self.confirmed:
            return None
        return self.answer.on if self.answer else self.since


@dataclass
class Circumstances(Held):
    """What was weighed in choosing the form of support; whether it is possible stands apart from the wish."""

    person: str = ""
    means: str = ""
    surroundings: str = ""
    culture: str = ""
    feasibility: str = ""


@dataclass
class View(Held):
    """How somebody else sees it: a relative (`person`), or a professional with reasons."""

    words: str = ""
    person: UUID | None = None
    unasked: bool = False  # they came with it themselves: for the author's team only
    reasons: str = ""
    recommends: str = ""
    by: Actor | None = None


@dataclass
class Wellbeing(Held):
    """How the client says they are."""

    words: str = ""
    score: int | None = None
    did_not_want_to_say: bool = False


@dataclass
class Judged(Held):
    """What somebody thinks of the support; never inferred."""

    subject: kinds.Experience = kinds.Experience.OTHER
    words: str = ""
    score: int | None = None
    judged_by: kinds.Voice = kinds.Voice.CLIENT


@dataclass
class Questionnaire(Held):
    """A list of questions that was filled in: an aid, never the only ground of a decision."""

    instrument: str = ""
    version: str = ""
    wording_hash: str = ""
    asked: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    filled_by: kinds.Voice = kinds.Voice.CLIENT
    helped_by: str = ""


@dataclass
class Informed(Held):
    """What was explained to whom, and whether it was understood."""

    subject: str = ""
    form: str = ""
    to: str = ""
    understood: bool | None = None
    words: str = ""
