"""Who takes part: practitioners, relatives and organisations, each once however often they are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.days import local_day
from domain.kinds import PartyKind, PersonKind, Voice
from domain.people import PartyJoined, PartyLeft, PersonJoined, PersonLeft
from jobs.imports.client import UNASKED, Client, Member, Presence, Step
from jobs.imports.reading import When, concepts, name_of, text
from jobs.imports.resource import Held, Resource

WORKERS = {"Practitioner", "PractitionerRole"}
VOICES = {
    "Patient": Voice.CLIENT,
    "Practitioner": Voice.WORKER,
    "PractitionerRole": Voice.WORKER,
    "RelatedPerson": Voice.NETWORK,
}


def member(reference: Any, within: Resource, client: Client) -> Member | None:
    """Who this reference points at; None for the client, who is never a party."""
    found = client.index.find(reference, within)
    if found is None:
        return _named_only(reference, within, client)
    if found.type == "Patient":
        if found.key != client.patient.key:
            raise Held("names another patient as somebody who takes part")
        return None
    if found.type in WORKERS:
        return _worker(found, client)
    if found.type == "RelatedPerson":
        return relative(found, client)
    if found.type == "Organization":
        return _known(found, organisation_name(found), PartyKind.FORMAL, client)
    raise Held(f"names as somebody who takes part what is none: {found.type}")


def relative(found: Resource, client: Client) -> Member:
    """Somebody close to the client. That they may decide for the client is never read from it."""
    return _known(
        found, name_of(found.body), PersonKind.RELATIVE, client, concepts(found.body, "relationship")
    )


def voice(reference: Any, within: Resource, client: Client) -> Voice:
    """In which role somebody said or asked it, when that is said."""
    if not isinstance(reference, dict):
        return Voice.UNKNOWN
    found = client.index.find(reference, within)
    if found and found.type == "Patient" and found.key != client.patient.key:
        raise Held("is expressed by another patient")
    return VOICES.get(found.type if found else text(reference, "type"), Voice.UNKNOWN)


def organisation_name(found: Resource) -> str:
    """What an organisation is called."""
    return text(found.body, "name") or text(found.body, "alias")


def organisation(reference: Any, within: Resource, client: Client) -> tuple[str, list[Resource]]:
    """The name of an organisation that is pointed at, and the resource that says so."""
    found = client.index.find(reference, within)
    if found is None:
        return (text(reference, "display") if isinstance(reference, dict) else ""), []
    return organisation_name(found) or text(reference, "display"), [found]


def _worker(found: Resource, client: Client) -> Member:
    """A practitioner, however they were pointed at; with the one organisation they work for, if it is one."""
    practitioner, roles, relation = found, client.index.roles_of(found), ""
    if found.type == "PractitionerRole":
        practitioner, roles = client.index.find(found.body.get("practitioner"), found) or found, [found]
        relation = concepts(found.body, "code") or concepts(found.body, "specialty")
    name = name_of(practitioner.body) or _display(found.body.get("practitioner")) or relation
    works_for = [organisation(role.body.get("organization"), role, client) for role in roles]
    names = {one for one, _ in works_for if one}
    return Member(
        noun=client.noun(practitioner, ""),
        name=_not_empty(name),
        kind=PersonKind.WORKER,
        resource=practitioner,
        organisation=names.pop() if len(names) == 1 else "",
        relation=relation,
        known_by=(*roles, *(one for _, said_by in works_for for one in said_by)),
    )


def _known(
    found: Resource, name: str, kind: PersonKind | PartyKind, client: Client, relation: str = ""
) -> Member:
    return Member(client.noun(found, ""), _not_empty(name), kind, found, relation=relation)


def _named_only(reference: Any, within: Resource, client: Client) -> Member:
    """Somebody of whom only the name is written down, in the resource that names them."""
    name = _not_empty(_display(reference))
    kind: PersonKind | PartyKind = PersonKind.WORKER
    if text(reference, "type") == "Organization":
        kind = PartyKind.FORMAL
    elif text(reference, "type") == "RelatedPerson":
        kind = PersonKind.RELATIVE
    return Member(client.noun(client.patient, f"named {name}"), name, kind, within)


def _display(reference: Any) -> str:
    return text(reference, "display") if isinstance(reference, dict) else ""


def _not_empty(name: str) -> str:
    if not name.strip():
        raise Held("names somebody without a name")
    return name


def steps(presences: list[Presence], recorded: datetime, *, complete: bool) -> Iterator[Step]:
    """Everybody joins once, on their first day. Who left is told only when all was understood."""
    of_each: dict[UUID, list[Presence]] = defaultdict(list)
    for presence in presences:
        of_each[presence.member.noun].append(presence)
    for those in of_each.values():
        start = _first([p.period.start for p in those if p.period.start], recorded)
        here = any(p.ends and p.period.end is None for p in those)
        yield replace(_joined(those, start), here=here)
        if complete and (last := _last(those, recorded)):
            end = last.period.end
            in_order = start and end and start.last(recorded) <= end.last(recorded)
            yield left(last, end if in_order else None)


def _first(starts: list[When], recorded: datetime) -> When | None:
    known = [start for start in starts if start.day <= local_day(recorded)]
    return min(known, key=lambda start: start.last(recorded), default=None)


def _joined(those: list[Presence], start: When | None) -> Step:
    who = those[0].member
    role = next((p.role for p in those if p.ends and p.role), "")
    if isinstance(who.kind, PartyKind):
        facts = {"party": who.noun, "name": who.name, "kind": who.kind, "purpose": role}
        return Step(PartyJoined, facts | UNASKED, who.resource, start)
    came_for = {p.role for p in those if not p.ends}
    facts = {
        "person_id": who.noun,
        "name": who.name,
        "kind": who.kind,
        "organisation": who.organisation or (came_for.pop() if len(came_for) == 1 else ""),
        "relation": who.relation or role,
    }
    return Step(PersonJoined, facts, who.resource, start)


def _last(those: list[Presence], recorded: datetime) -> Presence | None:
    """The presence after which they were gone; None when nothing says that they are."""
    lasting = [p for p in those if p.ends]
    ends = [p.period.end for p in lasting]
    if not lasting or any(end is None or end.day > local_day(recorded) for end in ends):
        return None
    last = max(lasting, key=lambda p: _until(p, recorded))
    came = [p.period.start.day for p in those if not p.ends and p.period.start]
    return None if came and max(came) > _until(last, recorded) else last


def _until(presence: Presence, recorded: datetime) -> date:
    return presence.period.end.last(recorded) if presence.period.end else date.max


def left(last: Presence, on: When | None = None) -> Step:
    """They no longer take part."""
    who = last.member
    if isinstance(who.kind, PartyKind):
        return Step(PartyLeft, {"party": who.noun, "reason": ""}, last.source, on)
    return Step(PersonLeft, {"person": who.noun, "reason": ""}, last.source, on)
