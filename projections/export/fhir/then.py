"""One case as one reader may read it at a moment, and how its resources point at each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID, uuid5

from domain.entry import Entry
from domain.gaps import EntryGone
from domain.kinds import PersonKind
from domain.nouns import Person
from domain.plan import Plan, read, standing
from projections.access import Looks
from projections.contacts import Contact
from projections.export.fhir.pieces import Node, node
from projections.masked import Teams, masked
from projections.then import Moment

PROFESSIONALS = {PersonKind.WORKER, PersonKind.MEDIATOR, PersonKind.INDEPENDENT_SUPPORTER}


def readable(entries: Sequence[Entry], team: str | Teams | None, today: date) -> list[Entry]:
    """The entries that somebody of this team may read; what was destroyed is not there."""
    hidden = masked(entries, team, today)
    return [e for e in entries if e.number not in hidden and not isinstance(e, EntryGone)]


@dataclass(frozen=True)
class CaseThen:
    """What goes into the bundle. `entries`: those that this reader may read; of these, what was so then.

    `looks` is None for who may not read who looked.
    """

    case_id: UUID
    entries: Sequence[Entry]
    moment: Moment
    contacts: Collection[Contact] = ()
    looks: Collection[Looks] | None = None

    @cached_property
    def known(self) -> list[Entry]:
        """The entries that were recorded by that moment, by number."""
        return sorted((e for e in self.entries if e.timestamp <= self.moment.known), key=lambda e: e.number)

    @cached_property
    def told(self) -> list[Entry]:
        """Of these, what was so on that day; and what amends it, whenever that was. What amends an entry that
        this reader does not read is not told either.
        """
        stands, told = {e.number: e for e in standing(self.known)}, dict[int, Entry]()
        for entry in self.known:
            amends = entry.withdraws or entry.corrects
            if amends in told if amends else stands.get(entry.number, entry).day <= self.moment.on:
                told[entry.number] = entry
        return list(told.values())

    @cached_property
    def plan(self) -> Plan:
        """The plan as it was then."""
        return read(self.known, on=self.moment.on)

    @cached_property
    def numbers(self) -> set[int]:
        """The entries that are told."""
        return {entry.number for entry in self.told}

    @cached_property
    def organisations(self) -> dict[UUID, str]:
        """Every organisation that is named, once, as it was written first; a party under its own id."""
        people, supports = self.plan.people.values(), self.plan.supports.values()
        named = [p.organisation for p in people] + [s.provider for s in supports]
        named += [contact.organisation for contact in self.contacts]
        found = {self._organisation_id(name): name for name in reversed(named) if _folded(name)}
        return found | {key: party.name for key, party in self.plan.parties.items()}

    def _organisation_id(self, name: str) -> UUID:
        parties = (key for key, party in self.plan.parties.items() if _folded(party.name) == _folded(name))
        return next(parties, uuid5(self.case_id, f"organisation {_folded(name)}"))

    @property
    def patient(self) -> Node:
        """The client."""
        return self.to("Patient", self.case_id, self.plan.client.name)

    def its(self, what: str) -> UUID:
        """The id of a resource that has none here: "care plan", "entry 12". The same in every bundle."""
        return uuid5(self.case_id, what)

    def to(self, kind: str, key: UUID, display: str = "") -> Node:
        """A reference to a resource in this bundle."""
        return node(reference=f"urn:uuid:{key}", type=kind, display=display)

    def who(self, person: UUID | None) -> Node | None:
        """A reference to somebody: None is the client. Of whom nothing is told there is none."""
        if person is None:
            return self.patient
        if party := self.plan.parties.get(person):
            return self.to("Organization", person, party.name)
        found = self.plan.people.get(person)
        return self.to(resource_of(found), person, found.name) if found else None

    def organisation(self, name: str) -> Node | None:
        """A reference to an organisation by its name."""
        return self.to("Organization", self._organisation_id(name), name) if _folded(name) else None

    def updated(self, numbers: Iterable[int]) -> Node:
        """When a resource last changed, and by which entry: that is its version."""
        wanted = set(numbers)
        last = max((e for e in self.told if e.number in wanted), key=lambda e: e.number, default=None)
        return node(versionId=str(last.number), lastUpdated=last.timestamp) if last else {}


def resource_of(person: Person) -> str:
    """As what somebody stands in the bundle."""
    return "Practitioner" if person.kind in PROFESSIONALS else "RelatedPerson"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
