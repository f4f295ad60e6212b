"""Exports: complete or absent, and nothing in them that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import getpass
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.case import Case
from domain.casework import Casework
from domain.kinds import ContactKind
from domain.store.access_log import NotWritten
from domain.store.database import OWNER, Database, settings_for
from domain.store.pool import connect
from jobs.exports.csv import export_continuity
from jobs.lists import Incomplete
from projections.export.continuity import AT_A_TIME, COLUMNS, decimal
from projections.export.sheet import written
from projections.read_model import Poison, quarantine
from tests import given

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOOR, SAMIR = UUID(int=0xA), UUID(int=0xB)


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    with closing(Casework(settings_for(fresh))) as opened:
        yield opened


def kept(casework: Casework, *came: tuple[UUID, ...], number: str = "Z-1", kind: str = "personal") -> Case:
    case = given.an_opened_case()
    case.describe_client(name="Mia Post", case_number=number, **given.telling(given.OPENING))
    casework.open(case)
    log = casework.contacts(case.id)
    for days, workers in enumerate(came):
        log.hold_contact(
            by=given.WORKER,
            workers=workers,
            organisation="De Brug",
            started_at=START + timedelta(days=days),
            kind=ContactKind(kind),
        )
    casework.keep(log)
    return case


def exported(database: Database, folder: Path) -> list[dict[str, str]]:
    export_continuity(database, folder / "continuity.csv")
    with (folder / "continuity.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_every_case_has_a_row_with_its_figures(casework: Casework, fresh: Database, tmp_path: Path) -> None:
    kept(casework, (NOOR,), (NOOR,), (SAMIR,), (), (NOOR, SAMIR))
    kept(casework, (NOOR,), kind="group")
    second, first = sorted(exported(fresh, tmp_path), key=lambda row: int(row["contacts"]))
    counts = [first[name] for name in ("contacts", "left_out", "workers", "handovers", "parties")]
    assert (tuple(first), counts) == (COLUMNS, list("51211"))
    assert (first["largest_share"], first["upc"], first["hi"]) == ("0.75", "0.6", "0.52")
    assert [second[name] for name in ("contacts", "left_out", "upc", "coc", "k")] == ["0", "1", "", "", ""]


def test_it_begins_with_a_mark_and_no_cell_is_a_formula(
    casework: Casework, fresh: Database, tmp_path: Path
) -> None:
    kept(casework, number="=HYPERLINK(1)")
    (row,) = exported(fresh, tmp_path)
    assert row["source_id"] == "'=HYPERLINK(1)"
    assert (tmp_path / "continuity.csv").read_bytes().startswith(b"\xef\xbb\xbfsource_id;case_id;contacts;")


def test_no_case_is_forgotten_where_there_are_more_than_are_read_at_once(
    casework: Casework, fresh: Database, tmp_path: Path
) -> None:
    numbers = {str(uuid4()) for _ in range(AT_A_TIME + 1)}
    for number in numbers:
        kept(casework, number=number)
    rows = exported(fresh, tmp_path)
    assert {row["source_id"] for row in rows} == numbers
    assert len(rows) == len(numbers)


def test_with_a_case_left_out_of_the_lists_there_is_no_file(
    casework: Casework, fresh: Database, tmp_path: Path
) -> None:
    case = kept(casework)
    with connect(fresh) as db:
        quarantine(db, [Poison(case.id, "contacts", 1, "ValueError")])
    with pytest.raises(Incomplete):
        exported(fresh, tmp_path)
    assert list(tmp_path.iterdir()) == []


def _write(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with written(path, ["name"]) as write:
        for row in rows:
            write(row)


def test_a_file_that_breaks_off_leaves_the_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    _write(path, [["Mia"]])
    breaking = ({name: 1 / (name != "Tim")} for name in ("Sam", "Tim"))
    with pytest.raises(ZeroDivisionError):
        _write(path, breaking)
    assert path.read_text("utf-8-sig").split() == ["name", "Mia"]
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("figure", "text"), [(None, None), (0, "0"), (10, "10"), (1.0, "1"), (1 / 3, "0.333333333333")]
)
def test_a_figure_is_a_decimal_and_undefined_is_nothing(figure: float | None, text: str | None) -> None:
    assert decimal(figure) == text


def test_who_exports_leaves_a_line_for_each_case_or_has_no_file(
    casework: Casework, fresh: Database, tmp_path: Path
) -> None:
    cases = {kept(casework).id, kept(casework).id}
    exported(fresh, tmp_path)
    with connect(fresh) as db:
        lines = db.execute(
            "SELECT event_code, access_point_type, user_name, object_id FROM draad.access_log"
        ).fetchall()
    assert {line[:3] for line in lines} == {("export", "command_line", getpass.getuser())}
    assert {line[3] for line in lines} == cases
    (tmp_path / "continuity.csv").unlink()
    with psycopg.connect(fresh.dsn(OWNER), autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON draad.access_log FROM draad_app")
        try:
            with pytest.raises(NotWritten):
                exported(fresh, tmp_path)
        finally:
            owner.execute("GRANT INSERT ON draad.access_log TO draad_app")
    assert list(tmp_path.iterdir()) == []
