"""Looking back: evaluations, agreements and disagreements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain import kinds
from domain.nouns.held import Held


@dataclass
class Postponement:
    """A planned evaluation was put off, and why."""

    entry: int
    on: date
    was: date | None
    to: date
    reason: str


@dataclass
class Check:
    """An agreement was looked at again."""

    entry: int
    on: date
    result: kinds.CheckResult
    words: str
    judged_by: kinds.Voice = kinds.Voice.UNKNOWN


@dataclass
class Evaluation(Held):
    """An evaluation: planned, and held or not yet."""

    planned_on: date | None = None
    held_on: date | None = None
    held_in: int | None = None  # the entry that tells what came of it
    invited: str = ""
    postponed: list[Postponement] = field(default_factory=list)
    present: str = ""
    judgement: kinds.Fit | None = None  # what they came to together, where somebody wrote that down
    client_judgement: kinds.Fit | None = None
    worker_judgement: kinds.Fit | None = None
    client_score: int | None = None
    worker_score: int | None = None
    conclusions: str = ""


@dataclass
class Agreement(Held):
    """What was agreed, with whom, until when."""

    words: str = ""
    who: str = ""
    until: date | None = None
    goal_id: UUID | None = None
    support_id: UUID | None = None
    checks: list[Check] = field(default_factory=list)


@dataclass
class Disagreement(Held):
    """Somebody sees it differently. It stays visible until it is settled."""

    person: UUID | None = None
    voice: kinds.Voice = kinds.Voice.CLIENT
    subject: UUID | int | None = None
    words: str = ""
    settled_on: date | None = None
    settled_words: str = ""


@dataclass
class Mediation(Held):
    """Somebody independent helps with a disagreement: offered, taken up, and what came of it."""

    disagreement: int | None = None
    mediator: str = ""
    involved_on: date | None = None
    ended_on: date | None = None
    result: str = ""

    @property
    def running(self) -> bool:
        """A mediator helps now."""
        return self.involved_on is not None and self.ended_on is None


@dataclass
class ComplaintAnswer:
    """An answer to a complaint, or more time to answer it."""

    entry: int
    on: date
    words: str
    extended_until: date | None = None


@dataclass
class Complaint(Held):
    """The client, or somebody for them, is not content, and says so."""

    words: str = ""
    law: kinds.ComplaintLaw = kinds.ComplaintLaw.OTHER
    in_writing_on: date | None = None
    answers: list[ComplaintAnswer] = field(default_factory=list)
    voiced_by: kinds.Voice = kinds.Voice.CLIENT

    @property
    def answered_on(self) -> date | None:
        """The day of the answer; more time is no answer."""
        return next((a.on for a in self.answers if a.extended_until is None), None)
