"""`draad export fhir`: complete or absent, and a line for each case whose it is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner, Result

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.errors import NoSuchCase
from domain.store.access_log import NotWritten
from domain.store.database import OWNER, Database, settings_for
from domain.store.pool import connect
from draad import main
from jobs.exports.dossier import NoneOrSeveral
from jobs.exports.fhir import export_fhir
from jobs.lists import Incomplete
from projections.read_model import Poison, quarantine
from projections.then import Moment
from tests import given
from tests.projections.export.fhir_bundles import all_of, one_of

NOW = given.a_clock()()


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(fresh), given.a_clock())) as casework:
        yield casework


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def kept(casework: Casework, case: Case) -> Case:
    casework.keep(case, ContactLog.open(case.id, case.client_id, NOW))
    return case


def went_out(fresh: Database, casework: Casework, case: str | None, output: Path, **more: Any) -> None:
    asked = {"moment": Moment(given.TODAY, NOW), "looks": False, **more}
    export_fhir(fresh, casework, case, asked["moment"], output, looks=asked["looks"])


def logged(fresh: Database) -> list[tuple[str, str, UUID]]:
    with connect(fresh) as db:
        return db.execute("SELECT event_code, detail, object_id FROM draad.access_log ORDER BY id").fetchall()


def test_a_case_by_its_number_is_one_bundle(fresh: Database, casework: Casework, folder: Path) -> None:
    case = kept(casework, given.sanne())
    went_out(fresh, casework, "Z-1042", folder / "sanne.json")
    told = json.loads((folder / "sanne.json").read_bytes())
    assert one_of(told, "Patient")["id"] == str(case.id)
    assert not all_of(told, "AuditEvent")
    assert (folder / "sanne.json").stat().st_mode & 0o077 == 0
    assert logged(fresh) == [("export", "fhir", case.id)]


def test_who_looked_is_in_it_when_that_is_asked(fresh: Database, casework: Casework, folder: Path) -> None:
    kept(casework, given.sanne())
    went_out(fresh, casework, "Z-1042", folder / "one.json")
    went_out(fresh, casework, "Z-1042", folder / "two.json", looks=True)
    assert all_of(json.loads((folder / "two.json").read_bytes()), "AuditEvent")


def command(fresh: Database, *args: object) -> Result:
    home = fresh.secrets.folder.parent
    return CliRunner().invoke(main, ["export", "fhir", *map(str, args), "--home", str(home)])


def test_the_command_asks_for_a_case_or_all_of_them(
    fresh: Database, casework: Casework, folder: Path
) -> None:
    kept(casework, given.sanne())
    file = folder / "sanne.json"
    assert command(fresh, "-o", file).exit_code == 2
    assert command(fresh, "Z-1042", "--all", "-o", file).exit_code == 2
    ran = command(fresh, "Z-0", "-o", file)
    assert (ran.exit_code, "No case, or more than one" in ran.output) == (1, True)
    assert not file.exists()
    ran = command(fresh, "Z-1042", "--on", "01-02-2026", "--known", "2026-06-01", "-o", file)
    assert ran.exit_code == 0, ran.output
    assert all_of(json.loads(file.read_bytes()), "Goal")
    assert "activity" not in one_of(json.loads(file.read_bytes()), "CarePlan")


def test_all_cases_are_a_bundle_each_by_their_id(fresh: Database, casework: Casework, folder: Path) -> None:
    cases = {kept(casework, told()).id for told in (given.sanne, given.lena, given.karim)}
    went_out(fresh, casework, None, folder / "all.zip")
    with zipfile.ZipFile(folder / "all.zip") as file:
        bundles = {UUID(name.removesuffix(".json")): json.loads(file.read(name)) for name in file.namelist()}
    assert set(bundles) == cases
    assert all(one_of(told, "Patient")["id"] == str(case) for case, told in bundles.items())
    assert {line[2] for line in logged(fresh)} == cases


def test_as_it_was_on_a_day(fresh: Database, casework: Casework, folder: Path) -> None:
    kept(casework, given.sanne())
    went_out(fresh, casework, "Z-1042", folder / "then.json", moment=Moment(given.OPENING, NOW))
    assert not all_of(json.loads((folder / "then.json").read_bytes()), "Goal")


@pytest.mark.parametrize(("case", "why"), [(str(UUID(int=0xA0)), NoSuchCase), ("Z-0", NoneOrSeveral)])
def test_of_a_case_that_is_not_there_there_is_no_file(
    fresh: Database, casework: Casework, folder: Path, case: str, why: type[Exception]
) -> None:
    with pytest.raises(why):
        went_out(fresh, casework, case, folder / "none.json")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("list_", ["caseload", "contacts"])
def test_with_a_case_left_out_of_the_lists_there_is_no_file(
    fresh: Database, casework: Casework, folder: Path, list_: str
) -> None:
    case = kept(casework, given.sanne())
    with connect(fresh) as db:
        quarantine(db, [Poison(case.id, list_, 1, "ValueError")])
    with pytest.raises(Incomplete):
        went_out(fresh, casework, None, folder / "all.zip")
    assert list(folder.iterdir()) == []


def test_what_cannot_be_logged_does_not_go_out(fresh: Database, casework: Casework, folder: Path) -> None:
    kept(casework, given.sanne())
    with psycopg.connect(fresh.dsn(OWNER), autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON draad.access_log FROM draad_app")
        try:
            with pytest.raises(NotWritten):
                went_out(fresh, casework, None, folder / "all.zip")
        finally:
            owner.execute("GRANT INSERT ON draad.access_log TO draad_app")
    assert list(folder.iterdir()) == []
