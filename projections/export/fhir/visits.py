"""Encounter: who came when. What was cancelled is not there: nobody came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from projections.contacts import Contact
from projections.export.fhir.pieces import BASE, Node, node, period, resource
from projections.export.fhir.then import CaseThen

CONTACT_KIND = f"{BASE}/CodeSystem/contact-kind"


def encounters(then: CaseThen) -> Iterator[Node]:
    """Every contact, in the order in which they took place."""
    for contact in then.contacts:
        yield _visit(then, contact)


def _visit(then: CaseThen, contact: Contact) -> Node:
    """Of whom nobody says who it was, nobody is named."""
    ended = contact.started_at + timedelta(minutes=contact.minutes) if contact.minutes else None
    came = filter(None, map(then.who, contact.workers))
    return resource(
        "Encounter",
        contact.contact_id,
        node(versionId="1", lastUpdated=contact.recorded),
        status="finished",
        class_=node(system=CONTACT_KIND, code=contact.kind),
        subject=then.patient,
        participant=[{"individual": who} for who in came],
        period=period(contact.started_at, ended),
        serviceProvider=then.organisation(contact.organisation),
    )
