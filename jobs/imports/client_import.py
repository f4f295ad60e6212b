"""One client in one run: read what is about them, keep ids ready, tell their case, keep what came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from uuid import UUID, uuid4

from domain.casework import Casework
from domain.entry import Actor, Entry
from domain.errors import CaseIsErased, NoSuchCase, Refused
from domain.store.access_log import ELSEWHERE, Code, Look, Visit
from domain.store.imports import Known, Ledger, Raw
from domain.store.vault import KeyGone
from jobs.imports import (
    audit_event,
    care_plan,
    care_team,
    consent,
    encounter,
    goal,
    gone,
    patient,
    people,
    provenance,
    service_request,
    task,
)
from jobs.imports.client import Client, Found, Step, Told
from jobs.imports.difference import LATER
from jobs.imports.index import Index
from jobs.imports.own_extensions import History, is_own
from jobs.imports.reading import in_error, not_understood
from jobs.imports.resource import Fate, Held, Key, NoPlace, Resource
from jobs.imports.summary import Summary
from jobs.imports.telling import Telling

READERS: dict[str, Callable[[Resource, Client], Told]] = {
    "Patient": patient.read,
    "Goal": goal.read,
    "CarePlan": care_plan.read,
    "CareTeam": care_team.read,
    "RelatedPerson": care_team.read_relative,
    "Encounter": encounter.read,
    "Consent": consent.read,
    "ServiceRequest": service_request.read,
    "Task": task.read,
    "Provenance": provenance.read,
    "AuditEvent": audit_event.read,
}
PRESENT = {"CareTeam", "RelatedPerson", "Encounter"}  # what says who is here
LONGEST = 131_072  # bytes: an entry of a longer resource might not fit in a save


class ClientImport:
    """Ids are kept before the entries are saved, and what was told after: cut off anywhere, it goes on."""

    def __init__(self, casework: Casework, ledger: Ledger, by: Actor, summary: Summary) -> None:
        self.casework, self.ledger, self.by, self.summary = casework, ledger, by, summary

    def run(self, found: Found, index: Index, around: dict[bytes, Resource]) -> None:
        """Tell the case what is new. `around` are the workers and organisations of the whole run."""
        self._begin(found, index)
        named_before = [around[source] for source in self.known.keys() & around.keys()]
        try:
            if all(self._as_it_was(resource) for resource in (*self.mine, *named_before)):
                self._finish(named_before, set())
            else:
                self._read_and_tell()
        except (CaseIsErased, KeyGone):
            self._hold_all("this client was forgotten here: nothing is imported again")
        for resource in self.mine:
            resource.forget_body()

    def _begin(self, found: Found, index: Index) -> None:
        self.found, self.mine = found, [found.patient, *found.resources]
        self.client = Client(found.patient, index, self._noun, self.casework.clock(), self._entries)
        patient = self._source(found.patient)
        known = self.ledger.patient(patient) or Known(patient, uuid4(), uuid4(), is_patient=True)
        self.case_id, self.client_id = known.case_id, known.noun
        self.known = self.ledger.of_case(self.case_id)
        self.new = {} if patient in self.known else {patient: known}

    def _entries(self) -> Sequence[Entry]:
        with suppress(NoSuchCase):
            return self.casework.history(self.case_id).entries
        return ()

    def _source(self, resource: Resource, part: str = "") -> bytes:
        return self.ledger.source(*resource.key, part)

    def _noun(self, resource: Resource, part: str) -> UUID:
        """The id this has in this case: a random one, kept from the first time on."""
        source = self._source(resource, part)
        if source not in self.known:
            self.new.setdefault(source, Known(source, self.case_id, uuid4()))
        return (self.known.get(source) or self.new[source]).noun

    def _as_it_was(self, resource: Resource) -> bool:
        known = self.known.get(self._source(resource))
        return known is not None and known.hash == self.ledger.hash(resource.sha256)

    def _read_and_tell(self) -> None:
        vouching = [r for r in self.mine if r.type == "Provenance" and self._understood(r) and not is_own(r)]
        provenance.join(vouching, {resource.key: resource for resource in self.mine}, self.client)
        history, told = History(self.mine, self.client, self.case_id), Told()
        for resource in self.mine:
            told.add(self._read_beside(history, resource))
        if self.found.patient.fate is Fate.HELD:
            self._hold_all(f"its patient is held: {self.found.patient.reason}")
        else:
            self._tell(told, history)

    def _read_beside(self, history: History, resource: Resource) -> Told:
        """What it says that the history does not: who came when, and whatever another system says."""
        if is_own(resource) or (resource.type == "AuditEvent" and self._as_it_was(resource)):
            return Told()
        if not history.tells(resource):
            return self._read(resource)
        if resource.type not in ("Encounter", "AuditEvent"):
            return Told()
        told = self._read(resource)
        return Told(contacts=told.contacts, used=told.used, looks=told.looks)

    def _understood(self, resource: Resource) -> bool:
        """Whether it can be read without guessing; otherwise it is held."""
        try:
            _check(resource)
        except Held as why:
            resource.hold(why)
        return resource.fate is not Fate.HELD

    def _read(self, resource: Resource) -> Told:
        """What it says; nothing, when it is held or was entered in error."""
        try:
            _check(resource)
            self._check_version(resource)
            return Told() if in_error(resource.body) else READERS[resource.type](resource, self.client)
        except Held as why:
            resource.hold(why)
        except NoPlace as why:
            resource.become(Fate.SKIPPED, str(why))
        return Told()

    def _check_version(self, resource: Resource) -> None:
        """What stands in the log of who looked stays as it stands."""
        if resource.type == "AuditEvent" and self._changed(resource):
            raise Held(LATER)

    def _changed(self, resource: Resource) -> bool:
        """Whether another version of it was told before."""
        known = self.known.get(self._source(resource))
        return known is not None and known.hash is not None and not self._as_it_was(resource)

    def _tell(self, told: Told, history: History) -> None:
        complete = not any(one.fate is Fate.HELD and one.type in PRESENT for one in self.mine)
        here = people.steps(told.presences, self.client.recorded, complete=complete)
        teams = [r for r in self.mine if r.type == "CareTeam" and not history.tells(r)]
        steps = [*told.steps, *here, *self._gone(teams, told, complete=complete)]
        telling = Telling(self.casework, self.client, self.by, self._as_it_was)
        self.ledger.keep(self.case_id, self.new.values())
        try:
            telling.open(self.case_id, self.client_id, steps, told.contacts, history.opening())
        except CaseIsErased:  # a refusal too, with a sentence of its own
            raise
        except (Held, Refused) as why:
            self._hold_all(f"its case cannot be opened as it says: {why}")
            return
        history.tell(telling)
        telling.tell(steps, told.contacts)
        for resource in self.mine:
            if in_error(resource.body):
                telling.withdraw(resource)
        telling.save()
        self.summary.cases += telling.opened
        self.summary.entries += telling.entries
        self.summary.contacts += telling.contacts
        self._finish([*told.used, *history.around()], telling.told, told.looks)

    def _gone(self, teams: list[Resource], told: Told, *, complete: bool) -> Iterator[Step]:
        """Who is gone from a care team since the last time."""
        changed = [team for team in teams if not team.fate and self._changed(team)]
        raws = list(self.ledger.raw(self.case_id)) if changed else []
        for team in changed:
            try:
                before = gone.Before(raws, self._as_it_was, self.client)
                yield from before.who_left(team, told.presences, complete=complete)
            except Held as why:
                team.hold(why)

    def _hold_all(self, why: str) -> None:
        for resource in self.mine:
            resource.become(Fate.HELD, why)

    def _finish(
        self, used: Iterable[Resource], told: set[Key], looks: Iterable[tuple[Visit, Code]] = ()
    ) -> None:
        """Settle what became of everything, and keep it all as it came."""
        named = {resource.key: resource for resource in (*self.mine, *used) if "#" not in resource.id}
        rows = []
        for resource in named.values():
            self._settle(resource, told)
            if resource.fate not in (Fate.HELD, Fate.SKIPPED) and not self._as_it_was(resource):
                rows.append(self._row(resource))
        came = [*named.values(), *self.found.others]
        for resource in came:
            resource.case_id = self.case_id
        raws = ((self._source(r), self.ledger.hash(r.sha256), _raw(r)) for r in came)
        logged = [(visit, Look(self.case_id, ELSEWHERE, code)) for visit, code in looks]
        self.ledger.keep(self.case_id, rows, raws, logged)

    def _row(self, resource: Resource) -> Known:
        """All of it was told."""
        told = self.ledger.hash(resource.sha256)
        is_patient = resource is self.found.patient
        return Known(self._source(resource), self.case_id, self._noun(resource, ""), is_patient, told)

    def _settle(self, resource: Resource, told: set[Key]) -> None:
        """Imported when it is new here, or told something; unchanged otherwise."""
        known = self.known.get(self._source(resource))
        new = known is None or known.hash is None or resource.key in told
        if resource.fate in (None, Fate.UNCHANGED):
            resource.become(Fate.IMPORTED if new else Fate.UNCHANGED)


def _check(resource: Resource) -> None:
    """Refuse to interpret what is too long, or changes its meaning in a way we do not know."""
    if resource.size > LONGEST:
        raise Held("is longer than 128 kB")
    if unknown := next(not_understood(resource.body), ""):
        raise Held(f"holds what is not understood: {unknown}")


def _raw(resource: Resource) -> Raw:
    return Raw(*resource.key, resource.version, resource.packed)
