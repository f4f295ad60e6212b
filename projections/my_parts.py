"""What stands in the client's own plan: goals and help with what was said, people, and proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import nouns
from domain.kinds import Voice
from domain.proposals import ProposalTakenBack
from domain.say import Position
from projections.my_plan import Question


@dataclass(frozen=True)
class Said:
    """What one person said about something: the client (None), or who speaks for them."""

    person: UUID | None
    position: Position


@dataclass(frozen=True)
class MySupport:
    """Help, what was said about it, and what it was agreed to be like."""

    id: UUID
    support: nouns.Support
    said: tuple[Said, ...]
    question: Question | None


@dataclass(frozen=True)
class MyGoal:
    """Something the client wants to reach, with the help for it."""

    id: UUID
    goal: nouns.Goal
    said: tuple[Said, ...]
    question: Question | None
    supports: tuple[MySupport, ...]

    @property
    def own_idea(self) -> bool:
        """Whether the client came with it."""
        return self.goal.proposed_by is Voice.CLIENT


@dataclass(frozen=True)
class MyPerson:
    """Somebody who helps or stands by the client, and when they were last there."""

    person: nouns.Person
    leads: bool
    new: bool
    came: date | None
    roles: tuple[nouns.AgreedRole, ...]


@dataclass(frozen=True)
class MyProposal:
    """What the client, or who speaks for them, proposed; and the answer."""

    number: int
    proposal: nouns.Proposal
    words: str  # of the answer
    taken_back: ProposalTakenBack | None = None

    @property
    def taken_back_by_others(self) -> bool:
        """Whether somebody who works here did so for them."""
        back = self.taken_back
        return back is not None and back.by.role.value != self.proposal.proposed_by.value
