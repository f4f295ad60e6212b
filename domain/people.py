"""The people and parties around the client: who joins, who leaves, what they do, and who holds the lead."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID, uuid4

from domain import errors
from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.kinds import PartyKind, PersonKind
from domain.nouns import AgreedRole, Lead, Party, Person
from domain.plan import Plan
from domain.representation import end_representations
from domain.say import Words


class PersonJoined(Entry):
    """Somebody takes part from now on."""

    TOPIC = "person_joined"
    SUBJECT = "person_id"
    NAMES = ("person_id", "name")
    FACTS = ("name", "kind", "organisation", "relation", "usual_worker")
    person_id: UUID
    name: str
    kind: PersonKind
    _: KW_ONLY
    organisation: str = ""
    relation: str = ""
    usual_worker: bool = False
    client_chose: bool | None = None
    user: UUID | None = None  # their account here, if they have one

    def tell(self, plan: Plan) -> None:
        plan.people[self.person_id] = Person(
            self.number,
            self.day,
            self.name,
            self.kind,
            self.organisation,
            self.relation,
            self.usual_worker,
            self.client_chose,
            user=self.user,
        )


class PersonLeft(Entry):
    """Somebody no longer takes part. Who leaves lays down the lead, and speaks for the client no more."""

    TOPIC = "person_left"
    SUBJECT = "person"
    FACTS = ("told_on",)
    person: UUID
    reason: Words
    _: KW_ONLY
    told_on: date | None = None

    def tell(self, plan: Plan) -> None:
        person = plan.found(plan.people, Person, self, self.person)
        person.until, person.why_left, person.usual_worker = self.day, self.reason, False
        lay_down_lead(plan, self.person)
        end_representations(plan, self.person, self.day)


class WorkerChanged(Decision):
    """The usual worker of one organisation is now somebody else."""

    TOPIC = "worker_changed"
    SUBJECT = "after"
    FACTS = ("told_on", "handover_with_client")
    before: UUID
    after: UUID
    _: KW_ONLY
    told_on: date | None = None
    handover_with_client: bool | None = None

    def tell(self, plan: Plan) -> None:
        plan.found(plan.people, Person, self, self.before).usual_worker = False
        plan.found(plan.people, Person, self, self.after).usual_worker = True


class LeadNamed(Decision):
    """Somebody holds the lead for their organisation. It replaces the lead of the same organisation only."""

    TOPIC = "lead_named"
    SUBJECT = "person"
    person: UUID

    def tell(self, plan: Plan) -> None:
        person = plan.found(plan.people, Person, self, self.person)
        if self.person in plan.people and person.until is None:  # who left before it counted leads nothing
            lead = Lead(self.number, self.counts_from, self.person, person.organisation)
            plan.leads[person.organisation] = lead


class LeadEnded(Entry):
    """Somebody lays down the lead. Nobody takes it over by that."""

    TOPIC = "lead_ended"
    SUBJECT = "person"
    person: UUID
    reason: Words

    def tell(self, plan: Plan) -> None:
        plan.found(plan.people, Person, self, self.person)
        lay_down_lead(plan, self.person)


class RoleAgreed(Entry):
    """What somebody does for the client was agreed with them."""

    TOPIC = "role_agreed"
    SUBJECT = "person"
    FACTS = ("until",)
    person: UUID
    what: Words
    _: KW_ONLY
    until: date | None = None

    def tell(self, plan: Plan) -> None:
        plan.found(plan.people, Person, self, self.person)
        plan.roles.append(AgreedRole(self.number, self.day, self.person, self.what, self.until))


class PartyJoined(Decision):
    """A party takes part from now on, for a purpose."""

    TOPIC = "party_joined"
    SUBJECT = "party"
    NAMES = ("party", "name")
    FACTS = ("name", "kind")
    party: UUID
    name: str
    kind: PartyKind
    purpose: Words

    def tell(self, plan: Plan) -> None:
        plan.parties[self.party] = Party(self.number, self.counts_from, self.name, self.kind, self.purpose)


class PartyLeft(Entry):
    """A party no longer takes part."""

    TOPIC = "party_left"
    SUBJECT = "party"
    party: UUID
    reason: Words

    def tell(self, plan: Plan) -> None:
        party = plan.found(plan.parties, Party, self, self.party)
        party.until, party.why_left = self.day, self.reason


class People(History):
    """What one may do with people and parties."""

    def join_person(self, person_id: UUID | None = None, **facts: Unpack[Joining]) -> UUID:
        """Somebody joins, or comes back; gives their id here. `person_id`: of whom contacts name already."""
        here = self._here(said("name", facts["name"]), facts)
        self.record(PersonJoined, person_id=(person := person_id or here or uuid4()), **facts)
        return person

    def leave_person(
        self, person: UUID, reason: str, told_on: date | None = None, **how: Unpack[Telling]
    ) -> None:
        """Somebody no longer takes part."""
        self.person_here(person, how)
        self.record(PersonLeft, person=person, reason=said("reason", reason), told_on=told_on, **how)

    def change_worker(
        self,
        before: UUID,
        after: UUID,
        told_on: date | None = None,
        *,
        handover_with_client: bool | None = None,
        **how: Unpack[Deciding],
    ) -> None:
        """Another usual worker in the same organisation."""
        if before == after:
            raise errors.NothingChanged
        if self.person_here(before, how).organisation != self.person_here(after, how).organisation:
            raise errors.OtherOrganisation
        facts = {"told_on": told_on, "handover_with_client": handover_with_client}
        self.record(WorkerChanged, before=before, after=after, **facts, **how)

    def name_lead(self, person: UUID, **how: Unpack[Deciding]) -> None:
        """Name who holds the lead."""
        self.person_here(person, how)
        self.record(LeadNamed, person=person, **how)

    def end_lead(self, person: UUID, reason: str, **how: Unpack[Telling]) -> None:
        """Somebody who holds the lead lays it down."""
        self.there(lambda plan: plan.people, person, how)
        if all(lead.person != person for lead in self.plan_for(how).leads.values()):
            raise errors.NotLeading
        self.record(LeadEnded, person=person, reason=said("reason", reason), **how)

    def agree_role(self, person: UUID, what: str, until: date | None = None, **how: Unpack[Telling]) -> None:
        """Agree with somebody what they do for the client."""
        self.person_here(person, how)
        self.record(RoleAgreed, person=person, what=said("what", what), until=until, **how)

    def join_party(self, name: str, kind: PartyKind, purpose: str, **how: Unpack[Deciding]) -> UUID:
        """A party joins for a purpose; gives its id in this case."""
        parties, called = self.plan_for(how).parties.values(), said("name", name).casefold()
        if any(p.until is None and p.name.casefold() == called for p in parties):
            raise errors.AlreadyHere
        facts = {"party": (party := uuid4()), "name": name, "kind": kind}
        self.record(PartyJoined, purpose=said("purpose", purpose), **facts, **how)
        return party

    def leave_party(self, party: UUID, reason: str, **how: Unpack[Telling]) -> None:
        """A party no longer takes part."""
        if self.there(lambda plan: plan.parties, party, how).until:
            raise errors.NoLongerHere
        self.record(PartyLeft, party=party, reason=said("reason", reason), **how)

    def _here(self, name: str, facts: Joining) -> UUID | None:
        """Who joins again after a reopening is who they were; AlreadyHere when nothing came between."""
        plan, called = self.plan_for(facts), (name, facts.get("organisation", ""))
        same = (k for k, p in plan.people.items() if p.until is None and (p.name, p.organisation) == called)
        here = next(same, None)
        if here and (plan.reopened_on is None or plan.people[here].since >= plan.reopened_on):
            raise errors.AlreadyHere
        known = {p.user for k, p in self.plan.people.items() if k != here and not p.until} - {None}
        if facts.get("user") in known:  # by another name: still in when one of the two leaves
            raise errors.AlreadyHere("user")
        return here


def lay_down_lead(plan: Plan, person: UUID) -> None:
    """Whoever holds the lead does so no more."""
    plan.leads = {where: lead for where, lead in plan.leads.items() if lead.person != person}


class Joining(Telling, total=False):
    """What goes into somebody's joining."""

    name: str
    kind: PersonKind
    organisation: str
    relation: str
    usual_worker: bool
    client_chose: bool | None
    user: UUID | None
