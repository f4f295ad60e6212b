"""Goals and proposals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain import kinds
from domain.nouns.held import Held
from domain.say import Words


@dataclass
class FormerText:
    """A text that stood in the plan until another took its place."""

    words: str
    until: date
    entry: int


@dataclass
class Progress:
    """What was told about a goal on a day."""

    entry: int
    on: date
    words: str
    told_by: kinds.Voice
    client_score: int | None = None
    worker_score: int | None = None


@dataclass(frozen=True)
class PartOfGoal:
    """One of the goals that a larger one was split into."""

    goal_id: UUID
    words: Words

    def __str__(self) -> str:
        return self.words


@dataclass
class Goal(Held):
    """What the client wants to reach."""

    words: str = ""
    status: kinds.GoalStatus = kinds.GoalStatus.UNKNOWN
    words_of: kinds.Voice = kinds.Voice.UNKNOWN
    proposed_by: kinds.Voice = kinds.Voice.UNKNOWN
    life_area: kinds.LifeArea | None = None
    kind: kinds.GoalKind | None = None
    wish_id: UUID | None = None
    talking_point_id: UUID | None = None
    part_of: UUID | None = None
    success: str = ""
    status_since: date = date.min
    reason: str = ""
    former: list[FormerText] = field(default_factory=list)
    told: list[Progress] = field(default_factory=list)
    said_elsewhere: str = ""  # the state in the system it was imported from

    @property
    def open(self) -> bool:
        """Still on the table or in the plan."""
        return self.status not in {
            kinds.GoalStatus.TURNED_DOWN,
            kinds.GoalStatus.REACHED,
            kinds.GoalStatus.DROPPED,
        }


@dataclass
class Proposal(Held):
    """A change that somebody proposed, and the answer it got."""

    subject: UUID | int | None = None
    now: str = ""
    then: str = ""
    words: str = ""
    proposed_by: kinds.Voice = kinds.Voice.UNKNOWN
    asks: kinds.Asks = kinds.Asks.ORGANISATION
    answer_by: date | None = None
    answer: kinds.TakenUp | None = None
    answered_on: date | None = None
    taken_back: bool = False

    @property
    def open(self) -> bool:
        """Nobody answered yet. Silence changes nothing."""
        return self.answered_on is None and not self.taken_back


@dataclass
class Limit(Held):
    """What stands in the way of a wish or goal, as it was explained. The wish stays."""

    limit: kinds.LimitKind = kinds.LimitKind.OTHER
    words: str = ""
    subject: UUID | int | None = None
