"""What another Draad tells: entry by entry, out of its own extension to Provenance (docs/fhir.md).

A history that is stated so is told again as it was: how things stand in the other resources is not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from domain.case import CaseOpened
from domain.casework import CATALOGUE
from domain.correcting import EntryCorrected
from domain.entry import Entry
from domain.erasing import EntryDestroyed
from domain.errors import Refused
from domain.kinds import LegalBasis
from jobs.imports.client import UNASKED, Client
from jobs.imports.reading import cleaned, code, nodes, text
from jobs.imports.resource import Fate, Held, Node, Resource
from jobs.imports.telling import Telling
from projections.export.fhir.pieces import dashed, own
from projections.export.fhir.provenance import BESIDE, ENTRY

AROUND = {"Practitioner", "PractitionerRole", "Organization"}
URN = "urn:uuid:"
UNSTATED: dict[str, Any] = {**UNASKED, "legal_basis": LegalBasis.UNKNOWN, "question": ""}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Numbers = dict[str, int]  # of the entries in this case, by the id of the resource that told them


def is_own(resource: Resource) -> bool:
    """Whether a Draad wrote this Provenance."""
    return resource.type == "Provenance" and bool(_told(resource))


def client_of(resource: Resource) -> Node | None:
    """A reference to the client: a Draad names them last, after what the entry is about."""
    return next(iter(nodes(resource.body, "target")[::-1]), None) if is_own(resource) else None


@dataclass(frozen=True)
class Stated:
    """One entry to be, as the other Draad numbered it."""

    number: int
    kind: type[Entry]
    told: list[Node]
    source: Resource


class History:
    """All entries that another Draad tells of a client, in its own order."""

    def __init__(self, resources: Iterable[Resource], client: Client, case_id: UUID) -> None:
        self.resources, self.client = list(resources), client
        self.theirs = {client.patient.id: case_id}  # what is known here under an id of its own
        self.entries = sorted(filter(None, map(self._stated, self.resources)), key=lambda one: one.number)
        for one in self.entries[:1]:
            for their_id in _ids([t for t in one.told if text(t, "url") == "client-id"]):
                self.theirs[their_id] = client.noun(client.patient, "")
        for one in self.entries:
            for name in _ids(one.told):
                self._noun(name)  # its own id in this case is kept ready before anything is saved

    def tell(self, telling: Telling) -> None:
        """Everything that the case does not say yet. What a rule refuses is held, with the rule."""
        system = self.client.patient.system
        known = (e for e in telling.case.entries if e.source and e.source.system == system)
        numbers = {e.source.id: e.number for e in known if e.source}
        for one in self.entries:
            if one.source.id not in numbers and one.kind is not CaseOpened:
                self._tell(one, telling, numbers)

    def tells(self, resource: Resource) -> bool:
        """Whether the entries tell what this resource only shows: they come from one Draad."""
        return any(one.source.system == resource.system for one in self.entries)

    def around(self) -> list[Resource]:
        """The workers and organisations that its resources name."""
        named = [one for r in self.resources for one in _references(r.body)] if self.entries else []
        found = [r for one in dict.fromkeys(named) if (r := self._find(one)) and r.type in AROUND]
        return [*found, *(role for r in found for role in self.client.index.roles_of(r))]

    def opening(self) -> dict[str, Any]:
        """How the case was opened, as far as this reader was told."""
        for one in self.entries[:1]:
            if one.kind is CaseOpened:
                facts = self._facts(one, {})
                facts.pop("by", None)  # who may see a case hangs on who opened it: here that is the import
                return UNSTATED | facts | {"source": one.source.stated}
        return {}

    def _tell(self, one: Stated, telling: Telling, numbers: Numbers) -> None:
        try:
            telling.state(one.kind, self._facts(one, numbers), one.source)
        except (Refused, Held) as error:
            one.source.hold(error)
        else:
            numbers[one.source.id] = telling.case.version

    def _stated(self, resource: Resource) -> Stated | None:
        if not is_own(resource) or resource.fate:
            return None
        kind, told = CATALOGUE.get(code(resource.body, "activity")), _told(resource)
        if kind is None or not issubclass(kind, Entry):
            resource.become(Fate.HELD, "is an event that this Draad does not know")
            return None
        if kind is EntryDestroyed:  # told here, it would take an entry of ours away
            resource.become(Fate.HELD, "tells that an entry was destroyed there")
            return None
        number = next((n for one in told if isinstance(n := one.get("valueInteger"), int)), 0)
        return Stated(number, kind, told, resource)

    def _noun(self, id: str) -> UUID:
        """The id in this case of what has this id there: its resource's, where it has one."""
        if id in self.theirs:
            return self.theirs[id]
        found = self._find(f"{URN}{id}")
        return self.client.noun(found or self.client.patient, "" if found else id)

    def _find(self, reference: str) -> Resource | None:
        try:
            return self.client.index.find({"reference": reference}, self.client.patient)
        except Held:
            return None

    def _facts(self, one: Stated, numbers: Numbers) -> dict[str, Any]:
        opens = one.kind is CaseOpened
        facts = _Reading(self._noun, numbers).facts(one.kind, one.told, whole=not opens)
        facts.pop("client_id", None)  # they have another one here
        if by := facts.get("by"):
            facts["by"] = replace(by, team="")  # a team of the same name here is another team
        if one.kind is EntryCorrected:
            for name in ("was", "now"):
                facts[name] = _ID.sub(lambda found: str(self._noun(found.group())), facts[name])
        return facts


@dataclass(frozen=True)
class _Reading:
    """From extensions to facts of the types that an event has."""

    noun: Callable[[str], UUID]
    numbers: Numbers

    def facts(self, kind: type[Any], told: list[Node], *, whole: bool = True) -> dict[str, Any]:
        """What is told. Held when something that has to be said is not, unless part of it is enough."""
        found = defaultdict[str, list[Node]](list)
        for one in told:
            found[text(one, "url")].append(one)
        hints, facts = _hints(kind), dict[str, Any]()  # type: ignore[arg-type]  # a class can be hashed
        ours = BESIDE if issubclass(kind, Entry) else set[str]()  # never taken from a file
        for field in (field for field in fields(kind) if field.name not in ours):
            here, hint, has_to = found[dashed(field.name)], hints[field.name], field.default is MISSING
            if here or (has_to and _may_be_empty(hint)):
                facts[field.name] = self._fit(hint, here)
            elif has_to and whole and field.name != "by":
                raise Held("has an own extension that misses something")
        return facts

    def _fit(self, hint: Any, found: list[Node]) -> Any:
        choices = [a for a in get_args(hint) if a is not NoneType]
        if get_origin(hint) is tuple:
            return tuple(self._fit(choices[0], [one]) for one in found)
        if get_origin(hint) in (Union, UnionType) and len(choices) == 1:
            return self._fit(choices[0], found)
        if is_dataclass(hint) and isinstance(hint, type):
            return hint(**self.facts(hint, nodes(found[0], "extension")))
        try:
            return msgspec.convert(self._value(found), hint, strict=False)
        except msgspec.ValidationError as error:
            raise Held("has an own extension that is not as it should be") from error

    def _value(self, found: list[Node]) -> Any:
        """The one value; nothing where a text was left open."""
        told = found[0] if found else {}
        if pointed_at := text(next(iter(nodes(told, "valueReference")), {}), "reference"):
            return self._number(pointed_at.removeprefix(URN))
        if (uri := text(told, "valueUri")).startswith(URN):
            return self.noun(uri.removeprefix(URN))
        value = next((value for name, value in told.items() if name.startswith("value")), "")
        return cleaned(value) if isinstance(value, str) else value

    def _number(self, id: str) -> int:
        if id not in self.numbers:
            raise Held("speaks of an entry that is not in these files")
        return self.numbers[id]


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _may_be_empty(hint: Any) -> bool:
    """A text or a list that has to be there, and says nothing: FHIR has no empty values."""
    return hint is str or get_origin(hint) is tuple


def _told(resource: Resource) -> list[Node]:
    mine = [e for e in nodes(resource.body, "extension") if text(e, "url") == own(ENTRY)]
    return [inner for one in mine for inner in nodes(one, "extension")]


def _references(node: Any) -> Iterator[str]:
    """Every resource that is pointed at."""
    for name, inner in node.items() if isinstance(node, dict) else ():
        if name == "reference" and isinstance(inner, str):
            yield inner
        yield from _references(inner)
    for inner in node if isinstance(node, list) else ():
        yield from _references(inner)


def _ids(told: list[Node]) -> Iterator[str]:
    """Every id that is named, also in a fact that was put right."""
    for one in told:
        yield from _ids(nodes(one, "extension"))
        if (uri := text(one, "valueUri")).startswith(URN):
            yield uri.removeprefix(URN)
        elif text(one, "url") in ("was", "now"):
            yield from _ID.findall(text(one, "valueString"))
