"""What every entry in a case carries: who wrote it, when it was so, and in a decision the client's say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Required, TypedDict
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.days import Precision, last_day
from domain.say import NO, Say, Stance
from domain.source import Source

if TYPE_CHECKING:
    from domain.history import History
    from domain.plan import Plan

Subject = UUID | int  # a noun by its id, or an entry by its number
Facts = dict[str, Any]


class Role(StrEnum):
    """In which role somebody acts."""

    COORDINATOR = "coordinator"
    WORKER = "worker"
    PARTNER = "partner"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    CLIENT = "client"
    REPRESENTATIVE = "representative"
    LOG_MANAGER = "log_manager"
    ADMINISTRATOR = "administrator"
    IMPORT = "import"


class Initiative(StrEnum):
    """Whose idea a decision was."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"
    NETWORK = "network"
    PROFESSIONAL = "professional"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"  # imports only


class Decider(StrEnum):
    """Who decided: read from the say and the initiative, never asked."""

    CLIENT = "client"
    TOGETHER = "together"
    REPRESENTATIVE = "representative"
    PROFESSIONAL = "professional"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Actor:
    """Who made an entry, as they were then."""

    user: UUID
    role: Role
    name: str = ""
    organisation: str = ""
    team: str = ""


class Telling(TypedDict, total=False):
    """What is passed with every command: by whom, and when it was so."""

    by: Required[Actor]
    happened_on: Required[date]
    precision: Precision
    conversation_id: UUID | None
    about: int | None
    source: Source | None
    posted: UUID | None


class Deciding(Telling, total=False):
    """What is passed with every command that decides: the say, and whose idea it was."""

    say: Required[Say]
    initiative: Required[Initiative]
    representative_say: Say | None
    from_on: date | None
    evaluation: int | None


class Entry(Aggregate.Event):
    """One thing that happened in a case.

    `happened_on` is the day it was so (local), `timestamp` the moment it was recorded (UTC);
    `about` is the number of the entry that this one answers; `posted` the form it came from, so that the
    same form sent twice is recorded once.
    """

    TOPIC: ClassVar[str]
    SUBJECT: ClassVar[str] = ""  # the field that names what this entry concerns
    NAMES: ClassVar[tuple[str, str]] = ("", "")  # the field with the id of what it names, and with the name
    CHANGES_TEXT: ClassVar[bool] = False  # agreement was with the text before
    FACTS: ClassVar[tuple[str, ...]] = ()  # what can be put right, beside the days: see domain/correcting.py
    AFTER_CLOSING: ClassVar[bool] = False  # may be added to a closed case
    CLIENT_TOLD: ClassVar[bool] = False  # holds what the client told, whoever wrote it down
    by: Actor
    happened_on: date
    _: KW_ONLY
    precision: Precision = Precision.DAY
    conversation_id: UUID | None = None
    about: int | None = None
    source: Source | None = None
    posted: UUID | None = None

    @property
    def number(self) -> int:
        """How people quote it: "gebeurtenis 214"."""
        return self.originator_version

    @property
    def day(self) -> date:
        """The last day it can have been: where the entry stands in the history."""
        if self.precision is Precision.DAY:  # nearly always
            return self.happened_on
        return last_day(self.happened_on, self.precision, self.timestamp)

    @property
    def counts_from(self) -> date:
        """The day from which it changes the plan."""
        return self.day

    @property
    def heard_from(self) -> date:
        """The day from which what was said in it stands with its subject: of a new text, when that counts."""
        return self.counts_from if self.CHANGES_TEXT else self.day

    @property
    def concerns(self) -> Subject | None:
        """The goal, support, agreement, … that this entry is about."""
        return getattr(self, self.SUBJECT) if self.SUBJECT else None

    def as_told(self) -> Facts:
        """The facts as its command was told them: then the same form can be known again."""
        return vars(self)

    def named(self) -> Iterator[tuple[Subject, str]]:
        """The nouns that this entry gives a name."""
        key, name = self.NAMES
        if key:
            text = getattr(self, name)
            yield getattr(self, key), text.strftime("%d-%m-%Y") if isinstance(text, date) else text

    @property
    def withdraws(self) -> int | None:
        """The entry that this one takes out of the plan."""
        return None

    @property
    def corrects(self) -> int | None:
        """The entry that this one puts right."""
        return None

    def corrected(self, entry: Entry) -> Entry:
        """The entry it corrects, put right."""
        return entry

    def stances(self) -> Iterator[Say]:
        """What people said about the subject of this entry."""
        return iter(())

    def hear(self, plan: Plan) -> None:
        """Lay what people said beside its subject, on the day it was said. Never raises."""

    def apply(self, case: History) -> None:
        """The library's hook: one more entry in the history."""
        case.take(self)

    def check(self, plan: Plan) -> None:
        """The rule of its kind, in the plan before it; Refused: this cannot be so."""

    def tell(self, plan: Plan) -> None:
        """Say what this entry changes in the plan. Never raises, reads no clock."""


class Decision(Entry):
    """An entry that decides something in the client's life: it carries the say."""

    ANSWERS: ClassVar[Stance | None] = None  # when the event itself is the client's answer
    say: Say
    initiative: Initiative
    _: KW_ONLY
    representative_say: Say | None = None
    from_on: date | None = None
    evaluation: int | None = None

    @property
    def counts_from(self) -> date:
        """A decision may take effect later than the day it was taken."""
        day = self.day
        return max(day, self.from_on) if self.from_on else day

    @classmethod
    def fixed_stance(cls, facts: Facts) -> Stance | None:  # noqa: ARG003  # for those that look
        """The client's stance, when the event itself is their answer."""
        return cls.ANSWERS

    @property
    def concerns(self) -> Subject | None:
        """A decision about no one noun is known by its own number, so that its say is not lost."""
        subject = super().concerns
        return self.number if subject is None else subject

    @property
    def decides(self) -> Subject | None:
        """What is decided about, as this entry names it: a goal, support, proposal or consent."""
        return self.concerns

    def wanted_by(self, say: Say, plan: Plan | None) -> bool:  # noqa: ARG002  # for those that look
        """Whether who said this wanted what was decided: by a yes; what is itself a no, by a no."""
        return say.stance in NO if (self.ANSWERS or self.fixed_stance(vars(self))) in NO else say.agrees

    def decided_by(self, say: Say, representative_say: Say | None, plan: Plan | None = None) -> Decider:
        """Who decided this, read from what was said, as it was read back, and the initiative.

        `representative_say` where it counts, else None: domain.representation.decided_by() looks that up.
        `plan`: where it answers something in it.
        """
        if self.wanted_by(say, plan):
            alone = say.stance in NO or self.initiative is Initiative.CLIENT
            return Decider.CLIENT if alone else Decider.TOGETHER
        if representative_say and self.wanted_by(representative_say, plan):
            return Decider.REPRESENTATIVE
        return _DECIDES.get(self.initiative, Decider.PROFESSIONAL)

    def stances(self) -> Iterator[Say]:
        """The client's say and, beside it, the representative's."""
        yield self.say
        if self.representative_say:
            yield self.representative_say

    def hear(self, plan: Plan) -> None:
        plan.hear(self)


_DECIDES = {Initiative.ORGANISATION: Decider.ORGANISATION, Initiative.UNKNOWN: Decider.UNKNOWN}
