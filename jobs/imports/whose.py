"""What a resource speaks of: among that is the client whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jobs.imports.own_extensions import client_of
from jobs.imports.reading import nodes
from jobs.imports.resource import Resource


def speaks_of(resource: Resource) -> Iterator[Any]:
    """References, of which the first that leads to a client counts."""
    match resource.type:
        case "Task":
            yield resource.body.get("for")
        case "AuditEvent":
            yield from (entity.get("what") for entity in nodes(resource.body, "entity"))
        case "Provenance":
            yield client_of(resource)
            yield from nodes(resource.body, "target")
        case _:
            yield resource.head.subject or resource.head.patient
