"""The case as a whole: the client's own plan, other cases, and what is asked of the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain import kinds
from domain.entry import Actor
from domain.nouns.held import Held


@dataclass
class OwnPlan(Held):
    """A plan that the client could make themselves was offered, or handed in."""

    kind: kinds.OwnPlanKind = kinds.OwnPlanKind.PERSONAL_PLAN
    to: str = ""
    answer: kinds.OwnPlanAnswer = kinds.OwnPlanAnswer.NO_ANSWER_YET
    handed_in_on: date | None = None
    made_by: str = ""


@dataclass
class PointedOut(Held):
    """Somebody was told that an independent supporter is free."""

    to: kinds.PointedOutTo = kinds.PointedOutTo.CLIENT
    wanted: bool | None = None


@dataclass
class Link(Held):
    """Another case that has to do with this one."""

    to: str = ""
    why: str = ""


@dataclass
class Transfer(Held):
    """The case went to another organisation."""

    to: str = ""


@dataclass
class Hold(Held):
    """Nothing of this case may be destroyed, for a reason, until that is lifted."""

    ground: str = ""
    lifted_on: date | None = None


@dataclass
class RequestAnswer:
    """An answer to a request, with its ground."""

    entry: int
    on: date
    answer: kinds.RequestAnswerKind
    ground: str


@dataclass
class Request(Held):
    """Somebody asks to see, correct, erase, restrict, or copy what is kept of them."""

    kind: kinds.RequestKind = kinds.RequestKind.INSPECTION
    asked_by: kinds.Voice = kinds.Voice.CLIENT
    words: str = ""
    answers: list[RequestAnswer] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Not answered yet."""
        return not self.answers


@dataclass
class Erasure(Held):
    """A proposal to destroy all that is kept, or one entry. `by`: who proposed it; `elsewhere`: not here."""

    ground: kinds.WhyErased = kinds.WhyErased.UNKNOWN
    reason: str = ""
    of: int | None = None  # the entry that it is about alone
    request: int | None = None
    by: Actor | None = None
    refused_by: int | None = None
    done_by: int | None = None
    elsewhere: bool = False

    @property
    def open(self) -> bool:
        """It waits for an answer: here, for what was proposed in the record elsewhere was about that one."""
        return not self.elsewhere and self.refused_by is None and self.done_by is None
