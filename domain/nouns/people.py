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
        """From its first day to its last, both included; not any more from the day on which it ended."""
        return _runs(self.since, self.until, self.ended_on, day)

    def covers(self, scope: kinds.Scope) -> bool:
        """Whether it is about this."""
        return self.scope in (kinds.Scope.ALL, scope)

    @property
    def of_parent(self) -> bool:
        """Whether it goes with being a child's parent or guardian, and ends when the child is of age."""
        return self.legal_kind in (kinds.LegalKind.PARENT, kinds.LegalKind.GUARDIAN)


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
    what: str = ""
    withdrawn_by: int = 0  # the entry in which it was taken back itself

    def live(self, day: date) -> bool:
        """From its first day to its last, both included; not any more from the day it was withdrawn."""
        return _runs(self.since, self.until, self.withdrawn_on, day)

    def same(self, other: Consent) -> bool:
        """Whether it is for the same, and the same ones."""
        what = self.purpose is not kinds.ConsentPurpose.OTHER or self.what == other.what
        return what and (self.purpose, self.to) == (other.purpose, other.to)

    def within(self, other: Consent) -> bool:
        """Whether the other allows all of this as well, for longer: then it was renewed."""
        lasts, longer = ((one.until or date.max, one.entry) for one in (self, other))
        return self.same(other) and lasts < longer and set(self.parts) <= set(other.parts)

    def without(self, taken: Consent, day: date) -> None:
        """What was taken back is not allowed by this one either. What it shares beside that stays."""
        if self.withdrawn_on is None and self.same(taken):
            left = tuple(part for part in self.parts if part not in taken.parts)
            shares = left and self.purpose is kinds.ConsentPurpose.SHARING
            self.parts, self.withdrawn_on = (left, None) if shares else (self.parts, day)


@dataclass
class AgreedRole(Held):
    """What somebody does for the client, until when."""

    person: UUID | None = None
    what: str = ""
    until: date | None = None


def _runs(since: date, until: date | None, ended: date | None, day: date) -> bool:
    return since <= day and (until is None or day <= until) and (ended is None or day < ended)
