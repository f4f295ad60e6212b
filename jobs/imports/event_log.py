"""An event log from elsewhere, as contacts and parties: for comparing with other processes.

Every case of the log becomes a case here, of a client without a name. Whoever the log names takes part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from domain.case import Case, ClientDescribed
from domain.contacts import ContactLog, face
from domain.days import Precision, local_day
from domain.entry import Entry
from domain.errors import CaseIsErased, NoSuchCase
from domain.kinds import LegalBasis, PartyKind, PersonKind
from domain.people import PartyJoined, PersonJoined
from domain.store.imports import Known, Ledger, ledger
from domain.store.vault import KeyGone
from jobs.imports.client import UNASKED
from jobs.imports.contact_import import FORGOTTEN, TO_COME, ContactImport, Place, Saves
from jobs.imports.outcome import Outcome
from jobs.imports.table import Table, Unusable
from jobs.imports.visit import Columns, Reader, Visit, event_log, fingerprint

CASE = "case"


def import_log(run: ContactImport, path: Path, columns: Columns) -> Outcome:
    """Make the cases of a log, and tell what is new in it. NotATable, AnotherImport."""
    env = run.casework.env
    with ledger(env["DRAAD_DSN"], bytes.fromhex(env["DRAAD_NAMES"]), run.casework.vault) as kept:

        def reader(table: Table) -> Reader:
            return event_log(table, columns)

        def find(client: str, visits: list[Visit]) -> Place:
            return LogCase(run, kept, client).place(visits)

        return run.run(path, reader, find)


class LogCase:
    """One case of a log, with whoever takes part in it."""

    def __init__(self, run: ContactImport, kept: Ledger, client: str) -> None:
        self.run, self.client = run, client
        self.now = run.casework.clock()
        self.source = run.source(CASE, client, fingerprint(client))
        key = kept.source(run.system, CASE, client)
        if (known := kept.patient(key)) is None:
            known = Known(key, uuid4(), uuid4(), is_patient=True)
            kept.keep(known.case_id, [known])
        self.known = known

    def place(self, visits: list[Visit]) -> Place:
        """The case with all who came in it, opened on the first day of the log when it was not there."""
        told = [visit for visit in visits if visit.started_at <= self.now]
        if not told:
            raise Unusable(TO_COME)
        self.first = min(local_day(visit.started_at) for visit in told)
        try:
            is_new = self._open()
        except (CaseIsErased, KeyGone) as why:
            raise Unusable(FORGOTTEN) from why
        saves = Saves(self.run.casework, self.run.outcome, self.case, self.log)
        if is_new:
            saves.new.cases, saves.new.entries = 1, len(self.case.entries)
        there = {*self.case.plan.people, *self.case.plan.parties}
        for entry, noun, facts, day in self._joining(told):
            if noun not in there:
                saves.make_room().entries += 1
                self.case.record(entry, **facts, **self._how(day))
        return Place(self.log, list(_numbered(visits)), self._workers, saves)

    def _open(self) -> bool:
        """Whether the case is new."""
        case_id, casework = self.known.case_id, self.run.casework
        with suppress(NoSuchCase):
            self.case, self.log = casework.history(case_id), casework.contacts(case_id)
            self.first = self.case.plan.opened_on or self.first
            return False
        opening: dict[str, Any] = {"legal_basis": LegalBasis.UNKNOWN, "question": "", **UNASKED}
        how = self._how(self.first)
        self.case = Case.open(self.known.noun, case_id=case_id, clock=casework.clock, **opening, **how)
        self.case.record(ClientDescribed, name="", case_number=self.client, **how)
        self.log = ContactLog.open(case_id, self.known.noun)
        return True

    def _joining(self, told: list[Visit]) -> Iterator[tuple[type[Entry], UUID, dict[str, Any], date]]:
        """Everybody whom the log names, on the first day it does, in the order of those days."""
        for visit in _first(told, "worker"):
            person, name = self._workers(visit)[0], visit.worker
            facts: dict[str, Any] = {"person_id": person, "name": name, "kind": PersonKind.WORKER}
            yield PersonJoined, person, facts, local_day(visit.started_at)
        for visit in _first(told, "organisation"):
            party = face(self.known.case_id, f"party {visit.organisation}")
            facts = {"party": party, "name": visit.organisation, "kind": PartyKind.FORMAL, "purpose": ""}
            yield PartyJoined, party, facts | UNASKED, local_day(visit.started_at)

    def _workers(self, visit: Visit) -> tuple[UUID, ...]:
        return (face(self.known.case_id, visit.worker),) if visit.worker else ()

    def _how(self, day: date) -> dict[str, Any]:
        """Whoever came before the case here began is here from a day that it cannot say."""
        on: dict[str, Any] = {"happened_on": day}
        if day < self.first:
            on = {"happened_on": local_day(self.now), "precision": Precision.UNKNOWN}
        return {"by": self.run.by, "source": self.source, **on}


def _first(visits: list[Visit], name: str) -> list[Visit]:
    """The first time that each worker, or each organisation, came."""
    found: dict[str, Visit] = {}
    for visit in sorted(visits, key=lambda visit: visit.started_at):
        if said := getattr(visit, name):
            found.setdefault(said, visit)
    return list(found.values())


def _numbered(visits: list[Visit]) -> Iterator[Visit]:
    """Lines that are the same are events of their own: the second, the third."""
    seen: Counter[str] = Counter()
    for visit in visits:
        seen[visit.id] += 1
        yield replace(visit, id=f"{visit.id} {seen[visit.id]}") if seen[visit.id] > 1 else visit
