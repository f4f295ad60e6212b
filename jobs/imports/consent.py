"""Consent: what the client allows there, or says no to. It gives nobody here a right to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.entry import Entry, Initiative
from domain.kinds import ConsentPurpose, SupportStatus
from domain.say import Means, Say, Stance
from jobs.imports.client import Client, Presence, Step, Told
from jobs.imports.difference import LATER
from jobs.imports.people import member
from jobs.imports.reading import Period, code, concepts, nodes, period, text, when
from jobs.imports.refusal import THEIR_NO, refused, stands_refused
from jobs.imports.resource import Held, Node, NoPlace, Resource

RECEIVES = {"PRCP", "IRCP"}  # the roles of who is allowed something
RULES = {"OPTIN": "permit", "OPTOUT": "deny"}
THEIR_YES: dict[str, Any] = {
    "say": Say(Stance.AGREES, Means.REPORTED),
    "initiative": Initiative.UNKNOWN,
}


def read(resource: Resource, client: Client) -> Told:
    """A yes, a yes that was taken back, or a no."""
    status = text(resource.body, "status")
    if status not in ("active", "inactive", "rejected"):
        raise Held(f"is a consent with this status: {status or 'unsaid'}")
    provision: Node = next(iter(nodes(resource.body, "provision")), {})
    if nodes(provision, "provision"):
        raise Held("makes exceptions to what it allows (provision.provision)")
    _check_their_own(resource, client)
    rule = text(provision, "type") or RULES.get(code(resource.body, "policyRule"), "")
    if rule not in RULES.values():
        raise Held("does not say whether it allows or forbids")
    before = _entries_of(resource, client)
    if status == "active" and rule == "permit":
        return _allowed(resource, provision, client, before)
    if before:
        return Told(list(_taken_back(resource, before)))
    if status == "inactive":
        raise NoPlace("no longer counts, and was never imported")
    return _said_no(resource, provision, client)


def _check_their_own(resource: Resource, client: Client) -> None:
    """What a representative allowed is not the client's own yes."""
    for performer in nodes(resource.body, "performer"):
        found = client.index.find(performer, resource)
        if found is None or found.key != client.patient.key:
            raise Held("was given by somebody else than the client")


def _entries_of(resource: Resource, client: Client) -> list[Entry]:
    kinds = (ConsentGiven, ConsentWithdrawn)
    return [e for e in client.entries() if isinstance(e, kinds) and resource.told(e)]


def _allowed(resource: Resource, provision: Node, client: Client, before: list[Entry]) -> Told:
    """Something else than reading here: which parts of this record may be read is asked here."""
    if any(isinstance(entry, ConsentWithdrawn) for entry in before):
        raise Held(LATER)
    receivers = [actor for actor in nodes(provision, "actor") if code(actor, "role") in RECEIVES]
    who = member(receivers[0].get("reference"), resource, client) if len(receivers) == 1 else None
    if who is None:
        raise Held("does not name the one person or organisation that is allowed something")
    on, lasts = when(resource.body, "dateTime"), period(provision)
    facts = {
        "purpose": ConsentPurpose.OTHER,
        "to": who.noun,
        "parts": (),
        "until": lasts.end.last(client.recorded) if lasts.end else None,
        "what": _words(resource, provision),
    }
    if on and lasts.start and lasts.start.day > on.last(client.recorded):
        facts["from_on"] = lasts.start.day
    joins = Presence(who, Period(on or lasts.start), resource, ends=False)
    given = Step(ConsentGiven, facts | THEIR_YES, resource, on)
    return Told([given], presences=[joins], used=[who.resource, *who.known_by])


def _taken_back(resource: Resource, before: list[Entry]) -> Iterator[Step]:
    """On the day it says; on an unknown one when it still says the day on which it was given."""
    on = when(resource.body, "dateTime")
    for given in before:
        if isinstance(given, ConsentGiven):
            later = on if on and on.day > given.happened_on else None
            what = {"consent": given.number} | ConsentWithdrawn.of(given)
            yield Step(ConsentWithdrawn, what | THEIR_NO, resource, later)


def _said_no(resource: Resource, provision: Node, client: Client) -> Told:
    """A no where no yes of theirs is known here: it stands among what the client said no to."""
    words, on = _words(resource, provision), when(resource.body, "dateTime")
    said = f"{text(resource.body, 'status')}/deny"
    state = stands_refused(resource, client, on, words=words, said=said, state=SupportStatus.REFUSED)
    return Told([state, refused(resource, client, on)])


def _words(resource: Resource, provision: Node) -> str:
    """What it is about."""
    body = resource.body
    words = concepts(provision, "code") or concepts(body, "category") or concepts(body, "scope")
    if not words:
        raise Held("does not say in words what it is about")
    return words
