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
