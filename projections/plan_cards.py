"""What stands in the plan as cards: a goal with its support, an agreement, and where people stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain import nouns
from domain.imported import StateImported
from domain.say import Position
from projections.sides import Side


@dataclass(frozen=True)
class Stand:
    """Where one person (None: the client) stands on one subject. No positions: nothing was recorded."""

    person: UUID | None
    positions: tuple[Position, ...] = ()
    before_closing: bool = False
    for_later: bool = False  # said about a decision that does not count yet

    @property
    def contradictory(self) -> bool:
        """A weak yes after a firm no: both stand."""
        return len(self.positions) > 1


@dataclass(frozen=True)
class About:
    """What the plan holds about one subject, beside the subject itself."""

    stands: tuple[Stand, ...]
    proposals: tuple[tuple[int, nouns.Proposal], ...]
    sides: tuple[Side, ...]
    agreements: tuple[AgreedOn, ...]


@dataclass(frozen=True)
class AgreedOn:
    """An agreement, and where everybody stands on it."""

    number: int
    agreement: nouns.Agreement
    stands: tuple[Stand, ...]
    before_closing: bool
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class SupportCard:
    """Support, and what is said of it. `imported` when another system's word on its state is the last."""

    id: UUID
    support: nouns.Support
    about: About
    imported: StateImported | None
    without_consent: bool = False  # to share with who gives it: it was given once, and holds no more


@dataclass(frozen=True)
class GoalCard:
    """A goal with its support."""

    id: UUID
    goal: nouns.Goal
    about: About
    supports: tuple[SupportCard, ...]
    imported: StateImported | None
