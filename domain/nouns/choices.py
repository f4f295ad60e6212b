"""What the client chooses and tries in daily life, and what could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import kinds
from domain.nouns.held import Held


@dataclass
class Choice(Held):
    """Something to choose, and what the client chose. Not chosen (yet) is no choice."""

    subject: kinds.ChoiceSubject | None = None
    options: tuple[str, ...] = ()
    size: kinds.ChoiceSize = kinds.ChoiceSize.SMALL
    chosen: str = ""
    words: str = ""
    chosen_on: date | None = None


@dataclass
class Ideal(Held):
    """What the client wanted was not there; what came instead."""

    wanted: str = ""
    came_instead: str = ""
    wish_id: UUID | None = None


@dataclass
class Tryout(Held):
    """Something to try until a day, and what came of it."""

    wish_id: UUID | None = None
    words: str = ""
    until: date | None = None
    result: kinds.TryoutResult | None = None
    judged_by: kinds.Voice = kinds.Voice.UNKNOWN
    looked_back_on: date | None = None
    looked_back: str = ""
