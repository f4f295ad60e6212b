"""Risks that are weighed, and restrictions with their terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.nouns.held import Held

LONG = 3  # months: a longer term is shown as such


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
class RestrictionReview:
    """A time those who decide looked again whether a restriction is needed, and until when."""

    entry: int
    on: date
    words: str
    ends_on: date | None = None


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
    reviews: list[RestrictionReview] = field(default_factory=list)
    lifted_on: date | None = None

    @property
    def reviewed_on(self) -> date | None:
        """The last day on which those who decide looked again."""
        return self.reviews[-1].on if self.reviews else None

    @property
    def last_day(self) -> date | None:
        """The last day it could be carried out: the end of its term, or the day it was lifted."""
        return min((day for day in (self.ends_on, self.lifted_on) if day), default=None)

    @property
    def long(self) -> bool:
        """Whether its term is longer than usual: from the last look at it, or from its first day."""
        return self.ends_on is not None and is_long(self.reviewed_on or self.since, self.ends_on)

    def holds_on(self, day: date) -> bool:
        """Not lifted, and not past its term."""
        return self.lifted_on is None and (self.ends_on is None or day <= self.ends_on)


def is_long(since: date, ends_on: date) -> bool:
    """Whether a term is longer than three months."""
    months = (ends_on.year - since.year) * 12 + ends_on.month - since.month
    return months > LONG or (months == LONG and ends_on.day > since.day)
