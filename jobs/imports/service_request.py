"""ServiceRequest: only that something is not to be done. An order does not say what came of it."""

from __future__ import annotations

from domain.kinds import SupportStatus, Voice
from jobs.imports.client import Client, Told
from jobs.imports.people import voice
from jobs.imports.reading import concept, is_true, nodes, text, when
from jobs.imports.refusal import refused, stands_refused
from jobs.imports.resource import Held, NoPlace, Resource

STATES = {"active": SupportStatus.REFUSED, "on-hold": SupportStatus.REFUSED}
STANDS = {*STATES, "revoked", "completed", "unknown"}


def read(resource: Resource, client: Client) -> Told:
    """By whom is unknown, unless the client asked for it: then it is their no."""
    order = resource.body
    if not is_true(order, "doNotPerform"):
        raise NoPlace("is an order: what came of it stands in care plans and encounters")
    status, intent = text(order, "status"), text(order, "intent")
    if status not in STANDS or intent in ("", "proposal", "option"):
        raise Held(f"asks that something is not done, and does not stand: {status or 'unsaid'}/{intent}")
    words = concept(next(iter(nodes(order, "code")), {}))
    if not words:
        raise Held("does not say in words what is not to be done")
    said, on = f"{status}/{intent}/doNotPerform", when(order, "authoredOn")
    state = STATES.get(status, SupportStatus.UNKNOWN)
    steps = [stands_refused(resource, client, on, words=words, said=said, state=state)]
    if voice(order.get("requester"), resource, client) is Voice.CLIENT:
        steps.append(refused(resource, client, on))
    return Told(steps)
