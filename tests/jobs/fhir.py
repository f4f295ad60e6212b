"""Small FHIR stories for the import, and how to see what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.rows import dict_row

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.entry import Actor, Role
from domain.errors import CaseIsErased
from domain.plan import Plan, read
from jobs.imports.fhir import import_fhir
from jobs.imports.summary import Summary
from jobs.imports.unpack import Limits

DATA = Path(__file__).parents[2].parent / "shared" / "data"
IMPORTER = Actor(UUID(int=7), Role.IMPORT, "import")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
Node = dict[str, Any]
LOOKS = """
    SELECT event_code, action, user_name, user_role, authorisation_protocol, source_id, outcome, occurred_at
      FROM draad.access_log
     WHERE object_id = %(case)s
     ORDER BY occurred_at"""


def patient(id: str = "anna", name: str = "Anna de Boer", **more: Any) -> Node:
    return {"resourceType": "Patient", "id": id, "name": [{"text": name}], **more}


def about(type: str, id: str, **more: Any) -> Node:
    """A resource about Anna, unless `subject` says otherwise."""
    return {"resourceType": type, "id": id, "subject": {"reference": "Patient/anna"}, **more}


def goal(id: str = "walking", status: str = "active", words: str = "Weer lopen", **more: Any) -> Node:
    return about("Goal", id, **{"lifecycleStatus": status, "description": {"text": words}, **more})


def care_plan(*activities: Node, id: str = "plan", **more: Any) -> Node:
    inside = [{"detail": activity} for activity in activities]
    return about("CarePlan", id, **{"status": "active", "intent": "plan", "activity": inside, **more})


def visit(id: str = "visit", start: str = "2026-03-02T09:30:00+01:00", **more: Any) -> Node:
    return about("Encounter", id, **{"status": "finished", "period": {"start": start}, **more})


def worker(id: str = "els", name: str = "Els Bakker", number: str = "1", **more: Any) -> Node:
    numbers = [{"system": "http://agb", "value": number}]
    return {"resourceType": "Practitioner", "id": id, "name": [{"text": name}], "identifier": numbers, **more}


def by(*references: str) -> list[Node]:
    return [{"individual": {"reference": reference}} for reference in references]


def bundle(*resources: Node) -> Node:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


@dataclass
class Importing:
    """A folder of another system, and the cases that it becomes."""

    casework: Casework
    folder: Path
    system: str = field(default_factory=lambda: f"system {uuid4()}")
    limits: Limits = field(default_factory=Limits)

    def files(self, *resources: Node, name: str = "all.json") -> Summary:
        """Import these, in one bundle."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / name).write_text(json.dumps(bundle(*resources)))
        return self.paths(self.folder)

    def paths(self, *paths: Path) -> Summary:
        summary = import_fhir(paths, self.casework, by=IMPORTER, system=self.system, limits=self.limits)
        assert adds_up(summary), summary
        return summary

    def cases(self) -> Iterator[Case]:
        """Every case of this system, in the order in which they were opened."""
        opened = self.casework.recorder.select_notifications(None, 1_000_000, topics=["case_opened"])
        for one in opened:
            with suppress(CaseIsErased):
                case = self.casework.history(UUID(str(one.originator_id)))
                source = case.entries[0].source
                if source and source.system == self.system:
                    yield case

    def case(self, patient_id: str = "anna") -> Case:
        return next(c for c in self.cases() if c.entries[0].source and c.entries[0].source.id == patient_id)

    def plan(self, patient_id: str = "anna") -> Plan:
        return read(self.case(patient_id).entries)

    def looks(self) -> list[dict[str, Any]]:
        """The lines about Anna in the log of who looked."""
        with psycopg.connect(self.casework.env["DRAAD_DSN"], row_factory=dict_row) as db:
            return db.execute(LOOKS, {"case": self.case().id}).fetchall()

    def log(self, patient_id: str = "anna") -> ContactLog:
        return self.casework.contacts(self.case(patient_id).id)


def adds_up(summary: Summary) -> bool:
    """Every resource that was read is accounted for, once."""
    told = summary.as_json()
    parts = told["imported"] + told["unchanged"] + len(told["held"]) + len(told["skipped"])
    return bool(parts == sum(told["resources"].values()))


def reasons(summary: Summary) -> dict[str, str]:
    """What was held, by id, and why."""
    return {one.id: one.reason for one in summary.held}
