"""Encounter: a contact. Who came, for which organisation, when and how long."""

from __future__ import annotations

from datetime import datetime

from domain.days import local_day
from domain.kinds import ContactKind, PersonKind
from jobs.imports.client import Client, Contact, Member, Presence, Told
from jobs.imports.people import member, organisation
from jobs.imports.reading import Period, When, moment, nodes, text
from jobs.imports.resource import Held, Resource
from projections.export.fhir.visits import CONTACT_KIND

TOOK_PLACE = {"finished", "in-progress", "arrived", "triaged", "onleave"}


def read(resource: Resource, client: Client) -> Told:
    """Only what took place, and only with its hour: an hour is never guessed."""
    if (status := text(resource.body, "status")) not in TOOK_PLACE:
        raise Held(f"nobody came, or not yet: {status or 'unsaid'}")
    when = next(iter(nodes(resource.body, "period")), {})
    started = moment(when, "start")
    if started is None:
        raise Held("is an encounter without the hour at which it began")
    if started > client.recorded:
        raise Held("is an encounter that has not begun yet")
    ended = moment(when, "end")
    if ended and ended < started:
        raise Held("is an encounter that ends before it begins")
    came_for, used = organisation(resource.body.get("serviceProvider"), resource, client)
    people = _people(resource, client)
    presences = [_came(who, started, resource, came_for) for who in people]
    workers = tuple(dict.fromkeys(who.noun for who in people if who.kind is PersonKind.WORKER))
    contact = Contact(resource, started, _minutes(started, ended), workers, came_for, _kind(resource))
    used += [r for who in people for r in (who.resource, *who.known_by)]
    return Told(contacts=[contact], presences=presences, used=used)


def _people(resource: Resource, client: Client) -> list[Member]:
    """Everybody who was there, but the client."""
    named = [p["individual"] for p in nodes(resource.body, "participant") if p.get("individual")]
    return [who for one in named if (who := member(one, resource, client))]


def _came(who: Member, started: datetime, resource: Resource, came_for: str) -> Presence:
    role = came_for if who.kind is PersonKind.WORKER else ""
    return Presence(who, Period(When(local_day(started))), resource, role, ends=False)


def _kind(resource: Resource) -> ContactKind:
    """What kind of contact it was, when another Draad says so."""
    said = next((c for c in nodes(resource.body, "class") if text(c, "system") == CONTACT_KIND), {})
    return next((kind for kind in ContactKind if kind == text(said, "code")), ContactKind.PERSONAL)


def _minutes(started: datetime, ended: datetime | None) -> int | None:
    return round((ended - started).total_seconds() / 60) if ended else None
