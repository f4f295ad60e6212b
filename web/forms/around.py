"""What can be chosen around the client: who leads, who speaks for them, what was allowed, who came."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask_babel import gettext

from domain.days import HERE
from domain.kinds import PersonKind
from domain.nouns import Consent, Person
from domain.representation import speakers
from web.forms.pickers import LATEST, called, figures, parties, people, short, subjects, workers
from web.forms.situation import Option, Situation
from web.words import word


def leads(at: Situation) -> Iterator[Option]:
    """Who holds the lead, for each organisation."""
    holding = {lead.person for lead in at.plan.leads.values()}
    return (Option(str(key), called(who)) for key, who in at.plan.people.items() if key in holding)


def usual_workers(at: Situation) -> Iterator[Option]:
    """Who is the usual worker now; every worker, while none is."""
    usual = [Option(str(key), called(who)) for key, who in _workers(at) if who.usual_worker]
    return iter(usual) if usual else workers(at)


def colleagues(at: Situation) -> Iterator[Option]:
    """The workers of the organisations that have a usual worker: the place stays within one."""
    theirs = {option.value for option in usual_workers(at)}
    places = {who.organisation for key, who in _workers(at) if str(key) in theirs}
    return (Option(str(key), called(who)) for key, who in _workers(at) if who.organisation in places)


def _workers(at: Situation) -> Iterator[tuple[UUID, Person]]:
    found = at.plan.people.items()
    return ((key, who) for key, who in found if who.kind is PersonKind.WORKER and who.until is None)


def speaking(at: Situation) -> Iterator[Option]:
    """Who was named to speak for the client."""
    return (Option(str(key), called(who)) for key, who in speakers(at.plan, at.on).items())


def may_speak(at: Situation) -> Iterator[Option]:
    """Who could speak for the client: not those who work in the care."""
    for key, who in at.plan.people.items():
        if who.kind is not PersonKind.WORKER and not who.until:
            yield Option(str(key), called(who))


def to_be_decided(at: Situation) -> Iterator[Option]:
    """What a decision can be about: the plan as a whole, or something in it."""
    yield Option(str(at.case.id), gettext("The plan as a whole"))
    yield from subjects(at)


def people_and_parties(at: Situation) -> Iterator[Option]:
    yield from parties(at)
    yield from people(at)


def allowed(at: Situation) -> Iterator[Option]:
    """What the client allowed and did not take back: consents, and stories that were released."""
    for number, consent in at.plan.consents.items():
        if consent.withdrawn_on is None:
            yield Option(str(number), short(f"{figures(consent.since)}: {_whom(consent, at)}"))
    for number, released in at.plan.released.items():
        if released.withdrawn_on is None:
            yield Option(str(number), short(f"{figures(released.since)}: {released.words}"))


def _whom(consent: Consent, at: Situation) -> str:
    to = consent.to and (at.plan.people.get(consent.to) or at.plan.parties.get(consent.to))
    return f"{word(consent.purpose)}, {to.name}" if to else word(consent.purpose)


def contacts(at: Situation) -> Iterator[Option]:
    """The latest contacts that count, each with its moment here and who came."""
    for held in reversed(at.case.log.held[-LATEST:]):
        if held.contact_id not in at.case.log.cancelled:
            came = [at.plan.people[worker].name for worker in held.workers if worker in at.plan.people]
            when = f"{held.started_at.astimezone(HERE):%d-%m-%Y %H:%M}"
            yield Option(str(held.contact_id), short(", ".join([when, *(came or [held.organisation])])))
