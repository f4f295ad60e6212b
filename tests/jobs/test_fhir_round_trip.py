"""Out as FHIR and in again, into an empty product: the same plan and stances; what is lost is listed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import Any

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.plan import read
from domain.source import Basis
from domain.store.database import Database, settings_for
from jobs.imports.summary import Summary
from projections.contacts import Contact
from tests import given
from tests.conftest import emptied
from tests.jobs.fhir import IMPORTER, NOON, Importing
from tests.projections.export.fhir_bundles import demo

pytestmark = pytest.mark.slow
DAYS = [date.max, given.TODAY, date(2026, 3, 1), date(2025, 6, 1)]
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_HERE = {"originator_id", "originator_topic", "timestamp", "source", "posted", "user"}
# What does not come back, and nothing else. See docs/fhir.md.
LOST_OF_THE_PLAN = {
    "talks.by.team",  # a team of the same name here is another team
    "strengths.since",  # told on a day that nobody knows: then it stands on the day it came in
}
LOST_OF_THE_ENTRIES = {
    "by.team",
    "by.role",  # of the opening alone: who may see a case hangs on it
    "by.name",
    "by.organisation",
}


@dataclass
class There:
    """A case as it was, what came of it here, and who came."""

    case: Case
    contacts: list[Contact]
    here: Case


@dataclass
class Trip:
    """The invented organisation, out and in again."""

    summary: Summary
    again: Summary
    cases: list[There]
    casework: Casework


@pytest.fixture(scope="module")
def trip(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trip]:
    with closing(Casework(settings_for(emptied(database)), clock=lambda: NOON)) as casework:
        there = Importing(casework, tmp_path_factory.mktemp("there"))
        stories = list(demo())
        for case, _, told in stories:
            (there.folder / f"{case.id}.json").write_text(json.dumps(told))
        summary, again = there.paths(there.folder), there.paths(there.folder)
        here = {case.entries[0].source.recorded: case for case in _of_a_draad(casework)}
        cases = [There(case, came, here[case.entries[0].timestamp]) for case, came, _ in stories]
        yield Trip(summary, again, cases, casework)


def _of_a_draad(casework: Casework) -> Iterator[Any]:
    """Every case that another Draad told."""
    opened = casework.recorder.select_notifications(None, 1_000_000, topics=["case_opened"])
    for one in opened:
        case = casework.history(one.originator_id)  # type: ignore[arg-type]  # ours are UUIDs
        source = case.entries[0].source
        if source and source.type == "Provenance":
            yield case


def plain(thing: Any) -> Any:
    """As JSON, without what belongs to where it is kept."""
    if is_dataclass(thing):
        return {name: plain(fact) for name, fact in vars(thing).items() if name not in OF_HERE}
    if isinstance(thing, dict):
        return {str(key): plain(fact) for key, fact in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(one) for one in thing]
    return thing if isinstance(thing, int | str | None) else str(thing)


def canonical(thing: Any) -> Any:
    """The same, with ids by the order in which they come: two that say the same are equal."""
    seen: dict[str, str] = {}
    text = ID.sub(lambda found: seen.setdefault(found.group(), f"id {len(seen)}"), json.dumps(plain(thing)))
    return json.loads(text)


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Where two things differ: the names on the way there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            named = key if key.isidentifier() else ""
            yield from differences(one.get(key), other.get(key), f"{path}.{named}".strip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for pair in zip(one, other, strict=True):
            yield from differences(*pair, path)
    elif one != other:
        yield path


def test_every_case_of_the_demo_has_the_same_plan_and_the_same_stances_again(trip: Trip) -> None:
    found = {
        where
        for one in trip.cases
        for day in DAYS
        for where in differences(
            canonical(read(one.case.entries, on=day)), canonical(read(one.here.entries, on=day))
        )
    }
    assert found == LOST_OF_THE_PLAN


def test_every_entry_says_the_same_again(trip: Trip) -> None:
    found = {
        where
        for one in trip.cases
        for where in differences(canonical(one.case.entries), canonical(one.here.entries))
    }
    assert found == LOST_OF_THE_ENTRIES
    for one in trip.cases:
        assert one.here.entries[0].by == IMPORTER
        for before, after in zip(one.case.entries[1:], one.here.entries[1:], strict=True):
            assert (after.by.role, after.by.name, after.by.team) == (before.by.role, before.by.name, "")


def test_every_contact_comes_again(trip: Trip) -> None:
    for one in trip.cases:
        held = trip.casework.contacts(one.here.id).held
        assert [(c.started_at, c.minutes, c.kind, c.organisation, len(c.workers)) for c in one.contacts] == [
            (c.started_at, c.minutes, c.kind, c.organisation, len(c.workers)) for c in held
        ]


def test_nothing_is_held_but_what_the_entries_tell_already(trip: Trip) -> None:
    assert {one.type for one in trip.summary.held} <= {"Consent"}
    assert not trip.summary.skipped


def test_a_second_time_brings_nothing(trip: Trip) -> None:
    told = trip.again.as_json()
    assert (told["cases"], told["entries"], told["contacts"], told["imported"]) == (0, 0, 0, 0)


def test_every_entry_says_that_it_was_stated_elsewhere_and_when(trip: Trip) -> None:
    for one in trip.cases:
        for before, after in zip(one.case.entries, one.here.entries, strict=True):
            assert after.source
            assert (after.source.basis, after.source.recorded) == (Basis.STATED, before.timestamp)


def test_whoever_wrote_there_has_no_account_here(trip: Trip) -> None:
    for one in trip.cases:
        there = {e.by.user for e in one.case.entries} | {p.user for p in one.case.plan.people.values()}
        here = {e.by.user for e in one.here.entries[1:]} | {p.user for p in one.here.plan.people.values()}
        assert not (there & here) - {None}
