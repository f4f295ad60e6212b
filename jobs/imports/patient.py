"""Patient: a case, and who the client is on paper."""

from __future__ import annotations

from contextlib import suppress

from domain.case import ClientDescribed
from jobs.imports.client import Client, Step, Told
from jobs.imports.reading import called, concept, is_false, is_true, many, name_of, nodes, text, when
from jobs.imports.resource import Held, Resource


def read(resource: Resource, _client: Client) -> Told:
    """Name, birth date and language. Numbers that the government gives are not taken over."""
    body = resource.body
    if is_false(body, "active"):
        raise Held("marked as not in use (active=false)")
    if any(text(link, "type") == "replaced-by" for link in nodes(body, "link")):
        raise Held("replaced by another patient")
    if not (name := name_of(body)):
        raise Held("has no name")
    born = None
    with suppress(Held):
        born = when(body, "birthDate")
    exact = born.day if born and len(text(body, "birthDate")) == len("2026-11-22") else None
    facts = {"name": name, "called": called(body), "birth_date": exact, "language": _language(resource)}
    return Told([Step(ClientDescribed, facts, resource)])


def _language(resource: Resource) -> str:
    spoken = nodes(resource.body, "communication")
    preferred = [one for one in spoken if is_true(one, "preferred")] or spoken
    found = [
        language for one in preferred for language in many(one, "language") if isinstance(language, dict)
    ]
    return concept(found[0]) if found else ""
