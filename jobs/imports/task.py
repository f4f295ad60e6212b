"""Task: somebody's work. Whoever turns their work down says nothing of what the client wants."""

from __future__ import annotations

from contextlib import suppress

from jobs.imports.client import Client, Told
from jobs.imports.reading import text
from jobs.imports.resource import Held, NoPlace, Resource


def read(resource: Resource, client: Client) -> Told:
    """Never told. What a client themselves turned down is held: whether it was a no has to be asked."""
    if text(resource.body, "status") != "rejected":
        raise NoPlace("is somebody's work: what came of it stands in care plans and encounters")
    owner = None
    with suppress(Held):
        owner = client.index.find(resource.body.get("owner"), resource)
    if owner and owner.key == client.patient.key:
        raise Held("was turned down by the client: whether that is a no to support has to be asked")
    raise NoPlace("was turned down by who had to do it: that is not a no of the client")
