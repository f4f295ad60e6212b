"""One client while they are imported: what was found about them, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.entry import Entry, Initiative
from domain.kinds import ContactKind, PartyKind, PersonKind
from domain.say import NEVER_ASKED
from domain.store.access_log import Code, Visit
from jobs.imports.index import Index
from jobs.imports.reading import Period, When
from jobs.imports.resource import Resource

UNASKED = {"say": NEVER_ASKED, "initiative": Initiative.UNKNOWN}  # another system does not know what was said


@dataclass(frozen=True)
class Step:
    """One entry to be, with the resource that says so. Without a day: the day is unknown."""

    entry: type[Entry]
    facts: dict[str, Any]
    source: Resource
    when: When | None = None
    here: bool = False  # of who joined: nothing says that they left


@dataclass(frozen=True)
class Member:
    """Somebody, or an organisation, around the client; and the resources that say who they are."""

    noun: UUID
    name: str
    kind: PersonKind | PartyKind
    resource: Resource
    organisation: str = ""
    relation: str = ""
    known_by: tuple[Resource, ...] = ()


@dataclass(frozen=True)
class Presence:
    """A resource says that somebody took part in a period."""

    member: Member
    period: Period
    source: Resource
    role: str = ""
    ends: bool = True  # a contact says that somebody came, not that they left


@dataclass(frozen=True)
class Contact:
    """Somebody came: a contact to be."""

    source: Resource
    started_at: datetime
    minutes: int | None
    workers: tuple[UUID, ...] = ()
    organisation: str = ""
    kind: ContactKind = ContactKind.PERSONAL


@dataclass
class Told:
    """What one resource says about a client."""

    steps: list[Step] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    presences: list[Presence] = field(default_factory=list)
    used: list[Resource] = field(default_factory=list)
    looks: list[tuple[Visit, Code]] = field(default_factory=list)

    def add(self, other: Told) -> None:
        """Together with what another resource says."""
        self.steps += other.steps
        self.contacts += other.contacts
        self.presences += other.presences
        self.used += other.used
        self.looks += other.looks


@dataclass(frozen=True)
class Client:
    """Whose resources are read. `noun` gives the id that a resource, or a part of it, has in their case."""

    patient: Resource
    index: Index
    noun: Callable[[Resource, str], UUID]
    recorded: datetime  # now: when all of this is written down
    entries: Callable[[], Sequence[Entry]] = tuple  # what their case says already


@dataclass
class Found:
    """A patient, and what is about them: what has a place here, and what is only kept."""

    patient: Resource
    resources: list[Resource] = field(default_factory=list)
    others: list[Resource] = field(default_factory=list)
