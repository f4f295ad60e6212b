"""Everything that was read in one run, and how one resource finds another."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from jobs.imports.reading import nodes, text
from jobs.imports.resource import Head, Held, Key, Node, Resource

_ASKED = re.compile(r"([A-Za-z]+)\?identifier=(.+)")
_LITERAL = re.compile(r"(?:(https?://.+)/)?([A-Za-z]+)/([^/]+)(?:/_history/[^/]+)?")
BY_IDENTIFIER = {"Patient", "Practitioner", "PractitionerRole", "Organization", "RelatedPerson"}


class Index:
    """By full address, by type and id, and by the numbers that organisations give."""

    def __init__(self) -> None:
        self._by_url: dict[str, Resource] = {}
        self._by_id: dict[Key, Resource] = {}
        self._nearby: dict[tuple[str, str, str], list[Resource]] = defaultdict(list)
        self._by_identifier: dict[tuple[str, str], Resource] = {}
        self._roles: dict[Key, list[Resource]] = defaultdict(list)

    def add(self, resource: Resource) -> Resource | None:
        """Take it in; gives the one that was here already under the same system, type and id."""
        before = self._by_id.setdefault(resource.key, resource)
        if resource.url:
            self._by_url.setdefault(resource.url, before)
        if before is not resource:
            return before
        self._nearby[resource.folder, resource.type, resource.id].append(resource)
        if resource.type in BY_IDENTIFIER:
            for number in identifiers(resource.head):
                self._by_identifier.setdefault((resource.type, number), resource)
        return None

    def link_roles(self, roles: list[Resource]) -> None:
        """Know the roles of every practitioner. Once, when all is read."""
        for role in roles:
            try:
                practitioner = self.find(role.body.get("practitioner"), role)
            except Held:
                continue  # said when somebody asks for this role
            if practitioner:
                self._roles[practitioner.key].append(role)
            role.forget_body()

    def roles_of(self, practitioner: Resource) -> list[Resource]:
        """What this practitioner works as, and for whom."""
        return self._roles.get(practitioner.key, [])

    def find(self, reference: Any, within: Resource) -> Resource | None:
        """What a Reference points at. None when it only names it; Held when what it points at is not here."""
        if not isinstance(reference, dict):
            return None
        literal = text(reference, "reference")
        if literal:
            found = self._literal(literal, within)
            if found is None:
                raise Held(f"refers to what is not in these files: {_shown(literal)}")
            return self._same(found)
        numbers = identifiers(Head("", identifier=reference.get("identifier")))
        types = {text(reference, "type")} & BY_IDENTIFIER or BY_IDENTIFIER
        found = next((r for n in numbers for t in types if (r := self._by_identifier.get((t, n)))), None)
        return found and self._same(found)

    def _literal(self, literal: str, within: Resource) -> Resource | None:
        if literal.startswith("#"):
            return _contained(within, literal[1:])
        if literal in self._by_url:
            return self._by_url[literal]
        if asked := _ASKED.fullmatch(literal):
            return self._by_identifier.get((asked.group(1), asked.group(2)))
        parts = _LITERAL.fullmatch(literal)
        if parts is None:
            return None
        server, kind, name = parts.groups()
        found = self._by_id.get((server or within.system, kind, name))
        nearby = self._nearby.get((within.folder, kind, name), []) if not server else []
        return found or (nearby[0] if len(nearby) == 1 else None)

    def _same(self, resource: Resource) -> Resource:
        """Of people and organisations that carry the same number: always the first that was read."""
        if resource.type not in BY_IDENTIFIER - {"Patient"}:
            return resource
        same = (self._by_identifier.get((resource.type, n)) for n in identifiers(resource.head))
        return next(filter(None, same), resource)


def identifiers(head: Head) -> list[str]:
    """The numbers somebody carries, each with who gave it. A number without that says nothing elsewhere."""
    found = nodes({"identifier": head.identifier}, "identifier")
    return [f"{s}|{v}" for one in found if (s := text(one, "system")) and (v := text(one, "value"))]


def _contained(within: Resource, id: str) -> Resource | None:
    inside: list[Node] = nodes(within.body, "contained")
    return next((within.contained(node) for node in inside if text(node, "id") == id), None)


def _shown(literal: str) -> str:
    """The type that was pointed at; never the id or the number, which are personal data."""
    return _LITERAL.sub(r"\2/…", literal).partition("?")[0] if "urn:" not in literal else "a urn"
