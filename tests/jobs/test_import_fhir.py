"""Real data of other systems: everything is counted, and what Draad holds equals what is in the files.

The per-commit run takes part of the larger set; `DRAAD_ALL_DATA=1` takes all of it.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactHeld, ContactLog
from domain.goals import GoalAgreed
from domain.plan import read
from domain.say import Stance
from domain.store.database import Database, settings_for
from jobs.imports.summary import Summary
from tests.jobs.fhir import DATA, Importing, adds_up

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the data of other systems is not here")
SOME = None if os.environ.get("DRAAD_ALL_DATA") else 8
ROOT = re.compile(r"<([A-Z]\w+)")
SETS = ["synthea-smart-r4", "synthea-blaze-r4"]


@pytest.fixture(scope="module")
def casework(database: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(database))
    yield casework
    casework.close()


@pytest.fixture(scope="module", params=SETS)
def synthea(request: pytest.FixtureRequest, casework: Casework) -> tuple[Importing, Summary, Path]:
    """One of the sets of made-up patients, imported."""
    folder = DATA / str(request.param)
    importing = Importing(casework, folder)
    return importing, importing.paths(*_chosen(folder)), folder


def _chosen(folder: Path) -> list[Path]:
    files = [f for f in sorted(folder.iterdir()) if f.suffix in (".gz", ".bz2")]
    around = [f for f in files if f.name.startswith("0-")]
    people = [f for f in files if f not in around]
    return around + (people[:SOME] if "blaze" in folder.name else people)


def test_every_patient_has_a_case_that_holds_what_the_files_hold(
    synthea: tuple[Importing, Summary, Path],
) -> None:
    importing, summary, folder = synthea
    with (folder / "expected_per_patient.csv").open() as rows:
        expected = {row["file"]: row for row in csv.DictReader(rows)}
    files = [f for f in _chosen(folder) if not f.name.startswith("0-")]
    assert summary.cases == len(files) == len(list(importing.cases()))
    for file in files:
        case = importing.case(_patient_in(file))
        row = expected[file.name]
        told = held_here(case, importing.casework.contacts(case.id))
        assert told == {name: int(row[name]) for name in told}, file.name


def _patient_in(file: Path) -> str:
    unpacked = gzip.decompress if file.suffix == ".gz" else bz2.decompress
    entries = json.loads(unpacked(file.read_bytes()))["entry"]
    patients = (e["resource"] for e in entries if e["resource"]["resourceType"] == "Patient")
    return str(next(patients)["id"])


def held_here(case: Case, log: ContactLog) -> dict[str, int]:
    """What Draad holds about one client, counted."""
    sources = {(e.source.type, e.source.id) for e in case.entries if e.source}
    return {
        "encounters": len(log.held),
        "careplans": sum(kind == "CarePlan" for kind, _ in sources),
        "goals": len(read(case.entries).goals),
        "distinct_practitioners": len({worker for contact in log.held for worker in contact.workers}),
        "distinct_orgs": len({contact.organisation for contact in log.held} - {""}),
        "handovers_practitioner": handovers(log.held),
    }


def handovers(held: list[ContactHeld]) -> int:
    """How often the next contact was with somebody else. At the same moment, the order of the files holds."""
    in_order = sorted(held, key=lambda contact: contact.started_at.astimezone(UTC))
    workers: list[UUID] = [contact.workers[0] for contact in in_order if contact.workers]
    return sum(one != next_one for one, next_one in pairwise(workers))


def test_nobody_knows_what_the_client_said_and_nothing_was_agreed(
    synthea: tuple[Importing, Summary, Path],
) -> None:
    importing, summary, folder = synthea
    goals = 0
    for case in importing.cases():
        plan = read(case.entries)
        goals += len(plan.goals)
        assert not any(isinstance(entry, GoalAgreed) for entry in case.entries)
        assert not plan.loose
        for goal_id in plan.goals:
            assert {p.say.stance for p in plan.stances_on(goal_id).of()} == {Stance.UNKNOWN}
    assert goals == summary.resources["Goal"] == (76 if "smart" in folder.name else 0)


def test_a_second_time_brings_nothing_new(synthea: tuple[Importing, Summary, Path]) -> None:
    importing, first, folder = synthea
    again = importing.paths(*_chosen(folder))
    assert (again.cases, again.entries, again.contacts, again.imported) == (0, 0, 0, 0)
    assert again.unchanged == first.imported
    assert (again.held, again.skipped) == (first.held, first.skipped)


FOLDERS = ["gravity-sdoh", "hl7-r4-examples", "nictiz-zib2020", "us-core-examples"]


@pytest.mark.parametrize("name", FOLDERS)
def test_everything_in_a_folder_is_accounted_for_both_times(casework: Casework, name: str) -> None:
    importing = Importing(casework, DATA / name)
    first = importing.paths(importing.folder)
    again = importing.paths(importing.folder)
    assert adds_up(first)
    assert adds_up(again)
    assert not first.rejected
    assert first.resources == again.resources == counted(importing.folder)
    assert (again.imported, again.unchanged) == (0, first.imported)
    assert all(one.reason for one in [*first.held, *first.skipped])


def counted(folder: Path) -> Counter[str]:
    """The resources in a folder of plain files, by type: counted without the reader that is tested."""
    found = Counter(ROOT.findall(file.read_text())[0] for file in folder.glob("*.xml"))
    for file in folder.glob("*.json"):
        one = json.loads(file.read_bytes())
        bundle = one["resourceType"] == "Bundle"
        inside = [held["resource"] for held in one["entry"]] if bundle else [one]
        found.update(resource["resourceType"] for resource in inside)
    return found


def test_dutch_goals_come_over_in_their_own_words(casework: Casework) -> None:
    importing = Importing(casework, DATA / "nictiz-zib2020")
    importing.paths(importing.folder)
    words = [g.words for case in importing.cases() for g in read(case.entries).goals.values()]
    assert "Gewenste gezondheidstoestand: lopen, specifiek doel: lichte beperking, per 2014-09-10" in words
