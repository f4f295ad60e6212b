"""The people and parties around the client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import kinds
from domain.nouns.held import Held


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
class Representation(Held):
    """Somebody speaks for the client: on what ground, about what, until when."""

    person: UUID | None = None
    legal_kind: kinds.LegalKind = kinds.LegalKind.AUTHORISED_IN_WRITING
    scope: kinds.Scope = kinds.Scope.ALL
    until: date | None = None
    ended_on: date | None = None

    def live(self, day: date) -> bool:
        """On that day, both days included; judged on a plan of that day."""
        return self.ended_on is None and (self.until is None or day <= self.until)


@dataclass
class Capacity(Held):
    """Whether the client could decide about one subject, according to whom, on what ground."""

    subject: str = ""
    about: UUID | int | None = None
    able: bool = True
    judged_by: str = ""
    ground: str = ""


@dataclass
class Consent(Held):
    """What the client allowed, to whom, for which parts, until when."""

    purpose: kinds.ConsentPurpose = kinds.ConsentPurpose.OTHER
    to: UUID | None = None
    parts: tuple[kinds.Part, ...] = ()
    words: str = ""
    until: date | None = None
    withdrawn_on: date | None = None

    def live(self, day: date) -> bool:
        """On that day, both days included; judged on a plan of that day."""
        return self.withdrawn_on is None and (self.until is None or day <= self.until)


@dataclass
class AgreedRole(Held):
    """What somebody does for the client, until when."""

    person: UUID | None = None
    what: str = ""
    until: date | None = None
