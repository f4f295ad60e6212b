"""The nouns a plan holds. Each knows the entry it came from and the day it began."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from domain import kinds
from domain.entry import Actor

_DAYS = {
    kinds.Per.DAY: Fraction(1),
    kinds.Per.WEEK: Fraction(7),
    kinds.Per.TWO_WEEKS: Fraction(14),
    kinds.Per.MONTH: Fraction(365, 12),
}


@dataclass(frozen=True)
class Amount:
    """How much support: a number of a unit per something, such as 4 hours per week."""

    number: Decimal
    unit: kinds.Unit
    per: kinds.Per

    def __str__(self) -> str:
        return f"{self.number} {self.unit} / {self.per}"

    def rate(self) -> tuple[kinds.Unit, Fraction] | None:
        """Hours, times or parts of the day per day; None when it is per nothing, and compares to nothing."""
        if self.per not in _DAYS or not self.number.is_finite():
            return None
        if self.unit is kinds.Unit.MINUTES:
            return kinds.Unit.HOURS, Fraction(self.number) / 60 / _DAYS[self.per]
        return self.unit, Fraction(self.number) / _DAYS[self.per]

    def compared_to(self, other: Amount | None) -> int | None:
        """-1 less, 0 the same, 1 more; None when the two cannot be compared."""
        mine, others = self.rate(), other.rate() if other else None
        if mine is None or others is None or mine[0] is not others[0]:
            return None
        return (mine[1] > others[1]) - (mine[1] < others[1])


@dataclass
class Held:
    """What every noun in a plan has: the entry that brought it, and its first day."""

    entry: int = 0
    since: date = date.min


@dataclass
class Client(Held):
    """The one whose life this is."""

    client_id: UUID | None = None
    name: str = ""
    called: str = ""
    birth_date: date | None = None
    case_number: str = ""
    language: str = ""
    way_of_talking: str = ""
    address: kinds.Address = kinds.Address.U


@dataclass
class Told(Held):
    """Something told in words: a wish, what matters, a strength."""

    words: str = ""
    whose: kinds.Voice = kinds.Voice.UNKNOWN
    life_area: kinds.LifeArea | None = None
    kind: str = ""


@dataclass
class FormerText:
    """A text that stood in the plan until another took its place."""

    words: str
    until: date
    entry: int


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
    quiet_until: date | None = None
    respected: Respect | None = None

    @property
    def stands(self) -> bool:
        """The client has not come back to it."""
        return self.quiet_until is not None


@dataclass
class Measure:
    """How much support there was from a day on."""

    amount: Amount | None
    on: date
    entry: int
    reason: str = ""
    way_back: str = ""


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
    said_elsewhere: str = ""

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

    def quiet_on(self, day: date) -> Refusal | None:
        """The refusal after which this is not offered again yet, on that day."""
        last = self.refusals[-1] if self.refusals else None
        return last if last and last.quiet_until and day < last.quiet_until else None

    def same_as(self, provider: str, kind: kinds.SupportKind, goal_id: UUID | None) -> bool:
        """The same support: same provider and kind under one goal."""
        return (self.provider.casefold(), self.kind, self.goal_id) == (provider.casefold(), kind, goal_id)


@dataclass
class Person(Held):
    """Somebody who takes part in the client's support or life."""

    name: str = ""
    kind: kinds.PersonKind = kinds.PersonKind.RELATIVE
    organisation: str = ""
    relation: str = ""
    usual_worker: bool = False
    client_chose: bool | None = None
    user: UUID | None = None  # their account here, if they have one
    until: date | None = None
    why_left: str = ""


@dataclass
class Party(Held):
    """An organisation or group that takes part, and what for."""

    name: str = ""
    kind: kinds.PartyKind = kinds.PartyKind.FORMAL
    purpose: str = ""
    until: date | None = None
    why_left: str = ""


@dataclass
class Lead(Held):
    """Who holds the lead, and for which organisation."""

    person: UUID | None = None
    organisation: str = ""


@dataclass
class WorkerChange(Held):
    """One usual worker after another."""

    before: UUID | None = None
    after: UUID | None = None
    told_on: date | None = None
    handover_with_client: bool | None = None


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


@dataclass
class Version(Held):
    """The plan as it was laid down."""

    number: int = 0
    method: str = ""
    together: bool = False
    pen_held_by: str = ""


@dataclass
class Shown(Held):
    """The plan was shown to somebody, up to an entry."""

    version: int = 0
    form: str = ""
    to: str = ""


@dataclass
class Talk(Held):
    """A conversation: who was there, and was the client."""

    kind: kinds.ConversationKind = kinds.ConversationKind.OTHER
    client_present: bool = False
    present: tuple[str, ...] = ()
    by: Actor | None = None
