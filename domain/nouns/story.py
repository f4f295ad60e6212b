"""Who the client is, what they told, and the conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import kinds
from domain.entry import Actor, Subject
from domain.nouns.held import Held
from domain.say import Words


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

    @property
    def known_as(self) -> str:
        """What people call them; their name on paper where that was not said."""
        return self.called or self.name


@dataclass
class Told(Held):
    """Something told in words: a wish, what matters, a strength."""

    words: str = ""
    whose: kinds.Voice = kinds.Voice.UNKNOWN
    life_area: kinds.LifeArea | None = None
    kind: str = ""


@dataclass
class Talk(Held):
    """A conversation: who was there, and was the client."""

    kind: kinds.ConversationKind = kinds.ConversationKind.OTHER
    client_present: bool = False
    present: tuple[str, ...] = ()
    by: Actor | None = None


@dataclass
class Shown(Held):
    """The plan was shown to somebody, up to an entry."""

    version: int = 0
    form: str = ""
    to: str = ""


@dataclass
class Version(Held):
    """The plan as it was laid down."""

    number: int = 0
    method: str = ""
    together: bool = False
    pen_held_by: str = ""


@dataclass
class Introduction(Held):
    """Getting to know each other: strong sides, what matters, and what care is for in it."""

    strengths: str = ""
    what_matters: str = ""
    role_of_care: str = ""


@dataclass
class Ability(Held):
    """A task, and who does it: the client alone, with help, or somebody else."""

    task: str = ""
    doing: kinds.Doing = kinds.Doing.SELF
    words: str = ""

    def same_task(self, other: Ability) -> bool:
        """Whether they are about one task, however it was typed."""
        return self.task.strip().casefold() == other.task.strip().casefold()


@dataclass(frozen=True)
class Tie:
    """Somebody in the client's own circle, and how close they are according to the client."""

    person: str
    bond: kinds.Bond
    words: Words = ""


@dataclass
class Circle(Held):
    """The people in the client's life, as drawn on a day."""

    ties: tuple[Tie, ...] = ()
    with_client: bool = False


@dataclass
class Released(Held):
    """The client let a story of theirs be told, for a purpose, until they take that back."""

    words: str = ""
    purpose: str = ""
    withdrawn_on: date | None = None


@dataclass
class Document(Held):
    """A file that belongs to the case; what is in it is kept apart, sealed."""

    name: str = ""
    kind: kinds.DocumentKind = kinds.DocumentKind.OTHER
    sha256: str = ""
    subject: Subject | None = None
    size: int = 0
