"""Provenance of another system: when something was written down there, and by whom."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from jobs.imports.client import Client, Told
from jobs.imports.people import WORKERS, organisation_name
from jobs.imports.reading import code, moment, name_of, nodes, text
from jobs.imports.resource import Held, Key, Node, Resource

AUTHORS = {"author", "AUT"}


def read(resource: Resource, client: Client) -> Told:
    """Nothing of its own: it was joined to what it is about."""
    _recorded(resource, client)
    wrote = [agent.get(name) for agent in nodes(resource.body, "agent") for name in ("who", "onBehalfOf")]
    found = (_found(reference, resource, client) for reference in wrote)
    return Told(used=[one for one in found if one and one.type in {*WORKERS, "Organization"}])


def join(found: list[Resource], of: dict[Key, Resource], client: Client) -> None:
    """Lay it beside what it is about, wherever that stands in the files. The last one counts."""
    told = []
    for resource in found:
        try:
            told.append((_recorded(resource, client), _targets(resource, of, client), resource))
        except Held as why:
            resource.hold(why)
    for recorded, targets, resource in sorted(told, key=lambda one: one[0]):
        for target in targets:
            target.recorded, target.author = recorded, _author(resource, client)


def _recorded(resource: Resource, client: Client) -> datetime:
    recorded = moment(resource.body, "recorded")
    if recorded is None or recorded > client.recorded:
        raise Held("does not say when it was recorded, or says a moment that has yet to come")
    return recorded


def _targets(resource: Resource, of: dict[Key, Resource], client: Client) -> list[Resource]:
    """What it is about, of this client. Another version than the one that is here is another text."""
    found = []
    for reference in nodes(resource.body, "target"):
        target, version = client.index.find(reference, resource), text(reference, "reference")
        other = "/_history/" in version and version.rpartition("/")[2] != (target.version if target else "")
        if target and target.key in of and not other:
            found.append(target)
    return found


def _author(resource: Resource, client: Client) -> tuple[str, str]:
    """The name and organisation of who wrote it; nothing when several may have."""
    agents = nodes(resource.body, "agent")
    wrote = [agent for agent in agents if code(agent, "type") in AUTHORS] or agents
    agent: Node = wrote[0] if len(wrote) == 1 else {}
    who, on_behalf = agent.get("who"), agent.get("onBehalfOf")
    return name_there(who, resource, client), name_there(on_behalf, resource, client)


def name_there(reference: Any, resource: Resource, client: Client) -> str:
    """What whoever is pointed at is called, also when only that is known of them."""
    found = _found(reference, resource, client)
    shown = text(reference, "display") if isinstance(reference, dict) else ""
    return (name_of(found.body) or organisation_name(found) if found else "") or shown


def _found(reference: Any, resource: Resource, client: Client) -> Resource | None:
    with suppress(Held):
        return client.index.find(reference, resource)
    return None
