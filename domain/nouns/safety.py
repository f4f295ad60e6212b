"""Risks that are weighed, and restrictions with their terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.nouns.held import Held


@dataclass
class Risk(Held):
    """A risk weighed against what the client wants, what is given up for it, and when to look again."""

    risk: str = ""
    wish_id: UUID | None = None
    given_up: str = ""
    review_on: date | None = None


@dataclass
class RestrictionUse:
    """A time a restriction was carried out, with the two checks of that moment."""

    entry: int
    on: date
    still_needed: bool
    nothing_lighter: bool
    words: str = ""


@dataclass
class Restriction(Held):
    """Something the client may not do or is made to undergo, on a legal ground, until a day."""

    what: str = ""
    in_plan: bool = True
    written_on: date | None = None
    legal_ground: str = ""
    lighter_ways: str = ""
    resistance: str = ""
    expert: str = ""
    ends_on: date | None = None
    uses: list[RestrictionUse] = field(default_factory=list)
    reviewed_on: date | None = None
    lifted_on: date | None = None

    @property
    def holds(self) -> bool:
        """Not lifted."""
        return self.lifted_on is None
