"""CareTeam and RelatedPerson: who takes part, and from when until when."""

from __future__ import annotations

from domain.days import Precision, local_day
from jobs.imports.client import Client, Presence, Told
from jobs.imports.people import member, organisation, relative
from jobs.imports.reading import Period, When, concepts, is_false, nodes, period, text
from jobs.imports.resource import Held, Node, Resource

STANDS = {"active", "inactive", ""}


def read(resource: Resource, client: Client) -> Told:
    """Every participant but the client. A team that is only proposed has not begun."""
    if (status := text(resource.body, "status")) not in STANDS:
        raise Held(f"is a care team with this status: {status}")
    told = Told()
    for participant in nodes(resource.body, "participant"):
        told.add(_participant(resource, participant, client))
    return told


def _participant(resource: Resource, participant: Node, client: Client) -> Told:
    who = member(participant.get("member"), resource, client)
    if who is None:
        return Told()
    _, used = organisation(participant.get("onBehalfOf"), resource, client)
    when = period(participant).within(period(resource.body))
    if text(resource.body, "status") == "inactive" and when.end is None:
        when = Period(when.start, When(local_day(client.recorded), Precision.UNKNOWN))
    role = concepts(participant, "role")
    return Told(presences=[Presence(who, when, resource, role)], used=[who.resource, *who.known_by, *used])


def read_relative(resource: Resource, client: Client) -> Told:
    """Somebody close to the client."""
    if is_false(resource.body, "active"):
        raise Held("marked as not in use (active=false)")
    who = relative(resource, client)
    return Told(presences=[Presence(who, period(resource.body), resource)], used=[resource])
