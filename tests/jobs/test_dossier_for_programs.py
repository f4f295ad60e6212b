"""A dossier holds its case as FHIR and as OCEL too: what it leaves out stands in neither of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Actor, Role
from domain.kinds import Bond, WhyRestricted, WhyWithdrawn
from domain.nouns import Tie
from domain.store.pool import Connection
from jobs.exports import dossier as making
from jobs.looks import exported
from projections.export.dossier.asked import Asked, Length
from projections.export.dossier.programs import FHIR, LOG
from tests import given
from tests.jobs.test_dossier import FULL, NOW, OWN, made
from tests.projections.export.fhir_bundles import all_of
from tests.projections.export.valid_fhir import wrong_by_classes

ANOTHER_TEAM = Actor(UUID(int=0xC7), Role.COORDINATOR, "Piet Vos", "De Brug", "Oost")
WITHOUT = Asked(given.TODAY, NOW, without_names=True)


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])


@pytest.fixture
def case(casework: Casework) -> Case:
    """Sanne's; a relative came with something unasked, and told Nadia about others."""
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.hear_network_view(henk, "Hij belde over vroeger.", unasked=True, **given.telling(by=given.WORKER))
    case.draw_circle((Tie("Oma Toos", Bond.STRONG),), with_client=True, **given.telling())
    case.take_action("Henk en oma Toos kookten mee.", **given.telling(by=given.WORKER))
    casework.open(case)
    return case


def told_in(files: dict[str, bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(files[FHIR]), json.loads(files[LOG])


def entries_in(log: dict[str, Any]) -> set[int]:
    named = (one for event in log["events"] for one in event["attributes"])
    return {int(one["value"]) for one in named if one["name"] == "entry"}


def test_every_entry_stands_in_both_and_both_are_on_the_list_of_files(
    casework: Casework, db: Connection, case: Case
) -> None:
    files = made(casework, db, case)
    fhir, log = told_in(files)
    assert len(all_of(fhir, "Provenance")) == len(case.entries)
    assert entries_in(log) == {entry.number for entry in case.entries}
    assert list(wrong_by_classes(fhir)) == []
    listed = {one["name"]: one["sha256"] for one in json.loads(files["manifest.json"])["parts"]}
    assert {name: listed[name] for name in (FHIR, LOG)} == {
        name: sha256(files[name]).hexdigest() for name in (FHIR, LOG)
    }


@pytest.mark.parametrize("asked", [Asked(given.TODAY, NOW, Length.SHORT), OWN])
def test_they_go_with_all_there_is_only(casework: Casework, db: Connection, case: Case, asked: Asked) -> None:
    assert not {FHIR, LOG} & made(casework, db, case, asked).keys()


def test_nobody_who_is_left_out_is_named_in_either(casework: Casework, db: Connection, case: Case) -> None:
    for asked, there in ((FULL, True), (WITHOUT, False)):
        fhir = made(casework, db, case, asked)[FHIR].decode()
        assert ("Henk" in fhir, "Toos" in fhir) == (there, there)
        assert "Sanne Mulder" in fhir


def test_there_are_no_words_and_no_names_in_the_log(casework: Casework, db: Connection, case: Case) -> None:
    log = made(casework, db, case)[LOG].decode()
    named = {person.name for person in case.plan.people.values()} | {"Sanne", "Toos", "kookten", str(case.id)}
    assert not [name for name in named if name in log]


def test_what_this_reader_does_not_read_stands_in_neither(
    casework: Casework, db: Connection, case: Case
) -> None:
    view = next(entry.number for entry in case.entries if entry.TOPIC == "network_view_heard")
    with casework.changing(case.id) as change:
        change.case.take_action("Van een ander.", **given.telling())
        wrong = change.case.version
        change.case.withdraw_entry(wrong, WhyWithdrawn.WRONG_CLIENT, words="Was van Piet.", **given.telling())
        change.case.take_action("Betwist.", **given.telling())
        change.case.restrict_entry(wrong + 2, WhyRestricted.ACCURACY_CONTESTED, **given.telling())
    for by, reads in ((given.WORKER, True), (ANOTHER_TEAM, False)):
        files = made(casework, db, case, by=by)
        assert (b"over vroeger" in files[FHIR]) is reads
        assert (view in entries_in(told_in(files)[1])) is reads
        assert not [word for word in (b"Van een ander", b"Piet.", b"Betwist") if word in files[FHIR]]
        assert not {wrong, wrong + 2} & entries_in(told_in(files)[1])


@pytest.mark.parametrize("known", [NOW, datetime(2026, 6, 1, 9, tzinfo=UTC)], ids=["on a day", "by then"])
def test_on_a_day_and_by_a_moment_they_hold_what_the_pages_do(
    casework: Casework, db: Connection, case: Case, known: datetime
) -> None:
    asked = Asked(date(2026, 6, 1) if known == NOW else given.TODAY, known)
    fhir, log = told_in(files := made(casework, db, case, asked))
    told = {one["number"] for one in json.loads(files["entries.json"])["entries"]}
    assert 0 < len(told) < len(case.entries)
    assert entries_in(log) == told
    assert len(all_of(fhir, "Provenance")) == len(told)


def test_who_looked_is_there_only_when_that_was_asked(casework: Casework, db: Connection, case: Case) -> None:
    exported(db, [case.id], "fhir", NOW)
    for looks in (False, True):
        fhir, _ = told_in(made(casework, db, case, Asked(given.TODAY, NOW, looks=looks)))
        assert bool(all_of(fhir, "AuditEvent")) is looks
