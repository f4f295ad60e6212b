"""Who the client is, what they told, and the conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import kinds
from domain.entry import Actor
from domain.nouns.held import Held


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
