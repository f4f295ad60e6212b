"""Tell one client's steps to their case: in the order of their days, each once, and in saves that fit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.case import Case, ClientDescribed
from domain.casework import Casework
from domain.consent import ConsentGiven, ConsentWithdrawn
from domain.contacts import ContactHeld, ContactLog
from domain.days import Precision, local_day
from domain.entry import Actor, Entry
from domain.errors import NoSuchCase, Refused
from domain.goals import GoalProposed, GoalTurnedDown
from domain.imported import StateImported
from domain.kinds import ByWhom, LegalBasis, WhyWithdrawn
from domain.people import PartyJoined, PartyLeft, PersonJoined, PersonLeft
from domain.plan import Plan, read
from domain.refusals import SupportRefused
from jobs.imports.client import UNASKED, Client, Contact, Step
from jobs.imports.difference import difference
from jobs.imports.reading import When
from jobs.imports.resource import Fate, Held, Key, Resource

SAVE = 180_000  # bytes: what is saved at once is at most 256 kB
AN_ENTRY = 1_200  # bytes: what an entry weighs beside its facts
JOINS = [PersonJoined, PartyJoined]
LEAVES = [PersonLeft, PartyLeft]
MOVES = [*JOINS, *LEAVES]
ALLOWED_TO = "to"  # of a consent
SAID = {ConsentGiven, ConsentWithdrawn, SupportRefused}  # what somebody said there, not how things stand
ORDER = [*JOINS, GoalProposed, StateImported, GoalTurnedDown, ClientDescribed]


class Telling:
    """One case while it is told what was found. `told`: the resources that became an entry or a contact."""

    def __init__(
        self, casework: Casework, client: Client, by: Actor, as_it_was: Callable[[Resource], bool]
    ) -> None:
        self.casework, self.client, self.by, self.as_it_was = casework, client, by, as_it_was
        self.today = local_day(client.recorded)
        self.entries = self.contacts = self._weight = 0
        self.opened = False
        self.told: set[Key] = set()

    def open(
        self,
        case_id: UUID,
        client_id: UUID,
        steps: list[Step],
        contacts: list[Contact],
        stated: dict[str, Any] | None = None,
    ) -> None:
        """The case that is there, or a new one from the first day of what is known. CaseIsErased.

        `stated`: how it was opened, where the other system says that.
        """
        with suppress(NoSuchCase):
            self.case, self.log = self.casework.history(case_id), self.casework.contacts(case_id)
            return
        days = [step.when for step in steps if step.when and step.when.day <= self.today]
        days += [When(local_day(contact.started_at)) for contact in contacts]
        first = min(days, key=lambda day: day.last(self.client.recorded), default=None)
        facts: dict[str, Any] = {
            "legal_basis": LegalBasis.UNKNOWN,
            "question": "",
            "case_id": case_id,
            **UNASKED,
        }
        facts |= self._how(self.client.patient, first) | (stated or {})
        self.case = Case.open(client_id, clock=self.casework.clock, **facts)
        self.log = ContactLog.open(case_id, client_id)
        self.opened, self.entries = True, 1

    def tell(self, steps: list[Step], contacts: list[Contact]) -> None:
        """Everything that the case does not say yet. What a rule refuses is held, with the rule."""
        for step in sorted(steps, key=self._place):
            try:
                self._tell(step)
            except (Refused, Held) as error:
                step.source.hold(error)
        counting = (event for event in self.log.held if event.contact_id not in self.log.cancelled)
        held = {_key(event): event for event in counting if event.source}
        for contact in contacts:
            self._hold(contact, held)
        self.save()

    def state(self, entry: type[Entry], facts: dict[str, Any], resource: Resource) -> None:
        """One entry as the other system states it: on the day, and by whom, that it says itself."""
        weight = self._room_for(facts)
        self.case.record(entry, source=resource.stated, **{"by": self.by, **facts})
        self._count(resource, weight)

    def withdraw(self, resource: Resource) -> None:
        """The other system says that this was entered in error."""
        mine = {e.number for e in self._entries_of(resource) if not e.withdraws}
        came = [event for event in self.log.held if resource.told(event)]
        for event in came:
            self._cancel(event, resource)
        if not mine and not came:
            resource.become(Fate.SKIPPED, "entered in error, and never imported")
        for number in sorted(mine - {entry.withdraws for entry in self.case.entries}):
            self.case.withdraw_entry(number, WhyWithdrawn.IN_ERROR, **self._how(resource, None))
            self._count(resource, AN_ENTRY)

    def save(self) -> None:
        """Keep what was told so far. Whoever is cut off here goes on from here the next time."""
        self.casework.keep(self.case, self.log)
        self._weight = 0

    def _place(self, step: Step) -> tuple[Any, int]:
        day = step.when.last(self.client.recorded) if step.when else self.today
        return min(day, self.today), ORDER.index(step.entry) if step.entry in ORDER else len(ORDER)

    def _tell(self, step: Step) -> None:
        before = [e for e in self.case.entries if type(e) is step.entry and _same(e, step)]
        if not before or self._turned(step):
            back = bool(before) and step.entry in JOINS
            self._record(step.entry, step.facts, replace(step, when=None) if back else step)
            return
        last = before[-1]
        if last.source is None or self.as_it_was(step.source):
            return
        for entry, facts in difference(step, last, self._as_imported(step)):
            later = step.when if step.when and step.when.day > last.happened_on else None
            self._record(entry, facts, Step(entry, facts, step.source, later))

    def _as_imported(self, step: Step) -> Plan:
        """What the other system said before, apart from what was decided here since."""
        return read(self._entries_of(step.source))

    def _entries_of(self, resource: Resource) -> list[Entry]:
        return [e for e in self.case.entries if resource.told(e)]

    def _record(self, entry: type[Entry], facts: dict[str, Any], step: Step) -> None:
        if entry in LEAVES and self._gone(step):
            return
        weight = self._room_for(facts)
        when = None if entry in JOINS and self._before_the_opening(step.when) else step.when
        how = self._how(step.source, when)
        if entry in SAID:
            how["source"] = step.source.stated
        self.case.record(entry, **facts, **how)
        self._count(step.source, weight)

    def _room_for(self, facts: dict[str, Any]) -> int:
        """What an entry with these facts weighs; what waits is saved first when it does not fit beside it."""
        weight = AN_ENTRY + len(str(facts).encode())
        if self._weight + weight > SAVE:
            self.save()
        return weight

    def _before_the_opening(self, when: When | None) -> bool:
        """Whoever was here before this case was opened is here, from a day that the case cannot say."""
        first = self.case.plan.opened_on
        return bool(when and first and when.last(self.client.recorded) < first)

    def _turned(self, step: Step) -> bool:
        """Whether who left is here again, or the other way round. Who went or came by us stays so."""
        if not step.here and step.entry not in LEAVES:
            return False
        moves = [e for e in self.case.entries if type(e) in MOVES and e.concerns == _noun(step)]
        return bool(moves) and moves[-1].source is not None and (type(moves[-1]) in LEAVES) is step.here

    def _gone(self, step: Step) -> bool:
        plan, who = self.case.plan, _noun(step)
        here = plan.people.get(who) or plan.parties.get(who)
        return here is None or here.until is not None

    def _hold(self, contact: Contact, held: dict[Key, ContactHeld]) -> None:
        """What is told otherwise there now did not take place so: it is cancelled, and told anew."""
        if before := held.get(contact.source.key):
            if not _otherwise(contact, before):
                return
            self._cancel(before, contact.source)
        if self._weight + AN_ENTRY > SAVE:
            self.save()
        self.log.hold_contact(
            by=self._by(contact.source),
            workers=contact.workers,
            organisation=contact.organisation,
            started_at=contact.started_at,
            minutes=contact.minutes,
            kind=contact.kind,
            source=contact.source.source,
            recorded=self.client.recorded,
        )
        self.contacts += 1
        self._weight += AN_ENTRY
        self.told.add(contact.source.key)

    def _cancel(self, event: ContactHeld, resource: Resource) -> None:
        if event.contact_id not in self.log.cancelled:
            self.log.cancel_contact(
                by=self._by(resource),
                contact_id=event.contact_id,
                by_whom=ByWhom.UNKNOWN,
                recorded=self.client.recorded,
            )
            self._weight += AN_ENTRY
            self.told.add(resource.key)

    def _count(self, resource: Resource, weight: int) -> None:
        self.entries += 1
        self._weight += weight
        self.told.add(resource.key)

    def _how(self, resource: Resource, when: When | None) -> dict[str, Any]:
        """By whom, from where, and on which day. What is not known, or has yet to come, has no day."""
        known = when if when and when.day <= self.today else When(self.today, Precision.UNKNOWN)
        day = {"happened_on": known.day, "precision": known.precision}
        return {"by": self._by(resource), "source": resource.source, **day}

    def _by(self, resource: Resource) -> Actor:
        """The import; under the name of who wrote it there, when the other system says so."""
        name, organisation = resource.author
        return replace(self.by, name=name, organisation=organisation) if name else self.by


def _key(entry: Any) -> Key:
    return entry.source.system, entry.source.type, entry.source.id


def _otherwise(contact: Contact, before: ContactHeld) -> bool:
    same = before.source and before.source.sha256 == contact.source.sha256
    told = ("workers", "organisation", "started_at", "minutes", "kind")
    return not same and any(getattr(contact, name) != getattr(before, name) for name in told)


def _noun(step: Step) -> Any:
    """The goal, support, person or party that a step is about, or to whom it allows something."""
    return step.facts.get(step.entry.SUBJECT or ALLOWED_TO)


def _same(entry: Entry, step: Step) -> bool:
    """People and parties are told by whoever names them; all else by its own resource."""
    noun = getattr(entry, entry.SUBJECT or ALLOWED_TO, None)
    if entry.source is None or noun != _noun(step):
        return False
    by_noun = step.entry in JOINS
    return by_noun or _key(entry) == step.source.key
