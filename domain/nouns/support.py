"""Support, and the refusals that stay with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain import kinds
from domain.nouns.amount import Amount
from domain.nouns.goals import FormerText
from domain.nouns.held import Held


@dataclass
class Respect:
    """What was done with a refusal, and how the door was left open."""

    entry: int
    on: date
    stopped: bool
    alternatives: str
    trusted_person: str
    door: str


@dataclass
class Refusal(Held):
    """The client said no to this support, and why. It stays, whatever follows."""

    support_id: UUID | None = None
    reason: kinds.WhyRefused = kinds.WhyRefused.NOT_ASKED
    words: str = ""
    quiet_until: date | None = None  # date.max: not asked again; None: nobody knows until when
    respected: Respect | None = None
    came_back: bool = False

    @property
    def stands(self) -> bool:
        """The client has not come back to it."""
        return not self.came_back

    @property
    def waits(self) -> bool:
        """It stands, and nobody wrote down what was done with it."""
        return self.stands and self.respected is None

    def quiet_on(self, day: date) -> bool:
        """Whether the client is still left in peace on that day. Until when is unknown: then they are."""
        return self.stands and (self.quiet_until is None or day < self.quiet_until)


@dataclass
class Measure:
    """How much support there was from a day on."""

    amount: Amount | None
    on: date
    entry: int
    reason: str = ""
    way_back: str = ""


@dataclass
class Pause:
    """A time in which support did not come, and why; it is over when somebody says so."""

    entry: int
    on: date
    reason: str
    until: date | None = None  # as it was thought of then
    resumed_on: date | None = None


@dataclass
class FitJudgement:
    """Whether support fits, according to somebody on a day."""

    entry: int
    on: date
    fit: kinds.Fit
    words: str
    judged_by: kinds.Voice


@dataclass
class Support(Held):
    """Help that was offered, and what became of it."""

    what: str = ""
    kind: kinds.SupportKind = kinds.SupportKind.OTHER
    provider: str = ""
    status: kinds.SupportStatus = kinds.SupportStatus.UNKNOWN
    goal_id: UUID | None = None
    need_id: UUID | None = None
    wish_id: UUID | None = None
    amount: Amount | None = None
    alternative_to: UUID | None = None
    again_of: UUID | None = None
    started_on: date | None = None
    ended_on: date | None = None
    reason: str = ""
    measures: list[Measure] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    fits: list[FitJudgement] = field(default_factory=list)
    former: list[FormerText] = field(default_factory=list)
    emergency: bool = False
    said_elsewhere: str = ""
    asked_for: bool | None = None  # by the client

    @property
    def running(self) -> bool:
        """Carried out at this moment."""
        return self.status in {kinds.SupportStatus.RUNNING, kinds.SupportStatus.PAUSED}

    @property
    def open(self) -> bool:
        """On offer, agreed or running."""
        return self.status not in {kinds.SupportStatus.REFUSED, kinds.SupportStatus.ENDED}

    @property
    def refused(self) -> Refusal | None:
        """The refusal that stands, also while the support still runs."""
        return self.refusals[-1] if self.refusals and self.refusals[-1].stands else None

    def measure(self, measure: Measure) -> None:
        """From this day on it is this much."""
        self.amount = measure.amount
        self.measures.append(measure)

    def pause(self, pause: Pause) -> None:
        """It does not come for a while. What has ended meanwhile stays so."""
        if self.status is kinds.SupportStatus.RUNNING:
            self.status = kinds.SupportStatus.PAUSED
            self.pauses.append(pause)

    def resume(self, on: date) -> None:
        """It comes again. What has ended meanwhile stays so."""
        if self.status is kinds.SupportStatus.PAUSED:
            self.status = kinds.SupportStatus.RUNNING
            for last in self.pauses[-1:]:  # a state that was taken over tells of none
                last.resumed_on = on

    def quiet_on(self, day: date) -> Refusal | None:
        """The refusal after which this is not offered again yet, on that day."""
        last = self.refusals[-1] if self.refusals else None
        return last if last and last.quiet_on(day) else None

    def same_as(self, provider: str, kind: kinds.SupportKind, goal_id: UUID | None) -> bool:
        """The same support: same provider and kind under one goal."""
        mine, other = self.provider.strip().casefold(), provider.strip().casefold()
        return (mine, self.kind, self.goal_id) == (other, kind, goal_id)
