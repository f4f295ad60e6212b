"""The client, and everybody who takes part or did: with the organisations they come from."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from domain.nouns import Party, Person
from projections.export.fhir.pieces import BASE, Node, coded, compound, node, own, period, resource
from projections.export.fhir.then import CaseThen, resource_of


def patient(then: CaseThen) -> Iterator[Node]:
    """The client, once for each case. Numbers that a government gives are not recorded here."""
    client = then.plan.client
    names = [node(use="official", text=client.name), node(use="usual", text=client.called)]
    known_by = [node(system=f"{BASE}/NamingSystem/case-number", value=client.case_number)]
    yield resource(
        "Patient",
        then.case_id,
        then.updated([client.entry]),
        identifier=known_by if client.case_number else [],
        name=[name for name in names if "text" in name],
        birthDate=client.birth_date,
        communication=[{"language": {"text": client.language}}] if client.language else [],
    )


def organisations(then: CaseThen) -> Iterator[Node]:
    """Every organisation that is named."""
    for key, name in then.organisations.items():
        party = then.plan.parties.get(key)
        yield resource("Organization", key, type_=[_kind(party)] if party else [], name=name)


def people(then: CaseThen) -> Iterator[Node]:
    """Who takes part or did: workers with what they do for whom, others with what they are to the client."""
    for key, person in then.plan.people.items():
        if resource_of(person) == "Practitioner":
            yield from _worker(then, key, person)
        else:
            yield _relative(then, key, person)


def _worker(then: CaseThen, key: UUID, person: Person) -> Iterator[Node]:
    yield resource("Practitioner", key, then.updated([person.entry]), name=[node(text=person.name)])
    if organisation := then.organisation(person.organisation):
        yield resource(
            "PractitionerRole",
            uuid5(key, "role"),
            then.updated([person.entry]),
            period=period(person.since, person.until),
            practitioner=then.who(key),
            organization=organisation,
            code=[_role(person)],
        )


def _relative(then: CaseThen, key: UUID, person: Person) -> Node:
    named = (held for held in then.plan.representations.values() if held.person == key)
    return resource(
        "RelatedPerson",
        key,
        then.updated([person.entry]),
        extension=[
            one
            for held in named
            for one in compound(
                "representation",
                ground=held.legal_kind,
                about=held.scope,
                since=held.since,
                until=held.until,
                ended_on=held.ended_on,
            )
        ],
        patient=then.patient,
        relationship=[_role(person)],
        name=[node(text=person.name)],
        period=period(person.since, person.until),
    )


def _role(person: Person) -> Node:
    return coded("person-kind", person.kind, person.relation)


def care_team(then: CaseThen) -> Iterator[Node]:
    """Everybody with the days between which they took part."""
    plan = then.plan
    members = [_member(then, key, person) for key, person in plan.people.items()]
    members += [_party(then, key, party) for key, party in plan.parties.items()]
    yield resource(
        "CareTeam",
        then.its("care team"),
        then.updated(then.numbers),
        status="inactive" if plan.closed_on else "active",
        subject=then.patient,
        period=period(plan.opened_on, plan.closed_on),
        participant=members,
    )


def _member(then: CaseThen, key: UUID, person: Person) -> Node:
    leads = any(lead.person == key for lead in then.plan.leads.values())
    marks = {"lead": leads, "usual-worker": person.usual_worker}
    worker = resource_of(person) == "Practitioner"
    return node(
        extension=[{"url": own(name), "valueBoolean": True} for name, is_so in marks.items() if is_so],
        role=[_role(person)],
        member=then.who(key),
        onBehalfOf=then.organisation(person.organisation) if worker else None,  # ctm-1: of practitioners only
        period=period(person.since, person.until),
    )


def _party(then: CaseThen, key: UUID, party: Party) -> Node:
    return node(
        role=[_kind(party, party.purpose)],
        member=then.who(key),
        period=period(party.since, party.until),
    )


def _kind(party: Party, purpose: str = "") -> Node:
    return coded("party-kind", party.kind, purpose)
