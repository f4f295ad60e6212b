"""AuditEvent: who looked at the record there. It goes into the log of who looked, marked as from there."""

from __future__ import annotations

from domain.entry import Actor, Role
from domain.store.access_log import Code, Point, Visit
from jobs.imports.client import Client, Told
from jobs.imports.provenance import name_there
from jobs.imports.reading import is_true, moment, nodes, text
from jobs.imports.resource import Held, Resource

CODES = {"C": Code.RECORD, "U": Code.RECORD, "D": Code.RECORD, "E": Code.SEARCH}  # all else is a look


def read(resource: Resource, client: Client) -> Told:
    """Who asked for it, when, and whether it was shown."""
    at = moment(resource.body, "recorded")
    if at is None or at > client.recorded:
        raise Held("does not say when somebody looked, or says a moment that has yet to come")
    asked = [agent for agent in nodes(resource.body, "agent") if is_true(agent, "requestor")]
    names = [text(agent, "name") or name_there(agent.get("who"), resource, client) for agent in asked]
    if len(names) != 1 or not names[0]:
        raise Held("does not name the one who looked")
    code = CODES.get(text(resource.body, "action"), Code.READ)
    visit = Visit(
        by=Actor(client.noun(client.patient, f"looked {names[0]}"), Role.IMPORT, names[0]),
        at=at,
        point=Point.JOB,
        detail="elsewhere",
        request_id=client.noun(resource, ""),
        shown=text(resource.body, "outcome") in ("", "0"),
        system=resource.system,
    )
    return Told(looks=[(visit, code)])
