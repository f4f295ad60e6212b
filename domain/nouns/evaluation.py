"""Looking back: evaluations, agreements and disagreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import kinds
from domain.nouns.held import Held


@dataclass
class Evaluation(Held):
    """An evaluation: planned, and held or not yet."""

    planned_on: date | None = None
    held_on: date | None = None
    invited: str = ""
    present: str = ""
    judgement: kinds.Fit | None = None
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


@dataclass
class Disagreement(Held):
    """Somebody sees it differently. It stays visible until it is settled."""

    person: UUID | None = None
    voice: kinds.Voice = kinds.Voice.CLIENT
    subject: UUID | int | None = None
    words: str = ""
    settled_on: date | None = None
    settled_words: str = ""
