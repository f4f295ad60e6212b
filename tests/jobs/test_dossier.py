"""A dossier is made whole or not at all: on the command line, and by the worker for who may read it now."""

from __future__ import annotations

import io
import json
import multiprocessing
import signal
import subprocess
import sys
import threading
import time
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from domain.case import Case
from domain.casework import Casework
from domain.kinds import DocumentKind
from domain.store.access_log import NotWritten
from domain.store.database import Database
from domain.store.pool import Connection
from draad import main
from jobs.exports import dossier as making
from jobs.exports.dossier import Order, dossier
from jobs.exports.queue import Stopped
from jobs.layout import NoPages, laid_out
from projections.export.dossier.asked import Asked, Length
from projections.export.pdf import missing
from tests import given
from tests.projections.export.reading_pdf import text_of

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
NEEDS_PDF = pytest.mark.skipif(bool(missing()), reason="this machine cannot make a PDF")
STAY = threading.Event()
FULL, OWN = Asked(given.TODAY, NOW), Asked(given.TODAY, NOW, Length.OWN, looks=True)


@pytest.fixture
def case(casework: Casework) -> Case:
    case = given.sanne()
    casework.open(case)
    return case


@pytest.fixture
def forgotten(casework: Casework) -> Case:
    """A client whose key will be destroyed: nobody else's, also not in another test."""
    case = given.an_opened_case(client_id=uuid4())
    casework.open(case)
    return case


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def made(casework: Casework, db: Connection, case: Case, asked: Asked = FULL, **who: Any) -> dict[str, bytes]:
    order = Order(casework.history(case.id), asked, who.get("by", given.COORDINATOR), NOW)
    return unpacked(dossier(casework, db, order, lambda *_: None))


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pdf(monkeypatch)


def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "missing", lambda: ["libpango-1.0-0"])


def export_cli(database: Database, *args: object) -> Result:
    home = database.secrets.folder.parent
    return CliRunner().invoke(main, ["export", "dossier", "--home", str(home), *map(str, args)])


@NEEDS_PDF
def test_the_list_of_files_has_a_hash_of_each_and_who_made_it_for_what(
    casework: Casework, db: Connection, case: Case
) -> None:
    files = made(casework, db, case, Asked(given.TODAY, NOW, why="klacht van mei"), by=given.MANAGER)
    manifest = json.loads(files.pop("manifest.json"))
    assert files.pop("manifest.note").startswith(b"draad-")
    assert {part["name"]: part["sha256"] for part in manifest["parts"]} == {
        name: sha256(content).hexdigest() for name, content in files.items()
    }
    assert manifest["made_by"] == {"name": "Ingrid Vos", "role": "manager", "organisation": "De Brug"}
    told = manifest["asked"]
    assert (told["on"], told["known"], told["why"]) == (
        "2026-11-22",
        "2026-11-22T13:00:00Z",
        "klacht van mei",
    )
    assert manifest["made_at"] == "2026-11-22T13:00:00Z"
    assert "klacht van mei" in text_of(files["dossier-2026-11-22.pdf"])


def test_where_no_pdf_can_be_made_there_is_a_page_and_it_says_why(
    casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    files = made(casework, db, case)
    assert "Samen soep gemaakt." in files["dossier-2026-11-22.html"].decode()
    assert json.loads(files["manifest.json"])["missing_for_pdf"] == ["libpango-1.0-0"]


def test_the_clients_own_file_has_who_came_who_looked_and_the_documents(
    casework: Casework, db: Connection, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    with casework.changing(case.id) as change:
        change.case.add_document(
            "../../brief.pdf", DocumentKind.LETTER, b"%PDF-1.4 brief", **given.telling(given.OPENING)
        )
    files = made(casework, db, case, OWN, by=given.CLIENT)
    assert {"contacts.json", "looks.json", "entries.json", "manifest.json"} < files.keys()
    (document,) = (name for name in files if name.startswith("documents/"))
    assert files[document] == b"%PDF-1.4 brief"
    assert ".." not in document
    assert "Alles wat is opgeschreven over Sanne Mulder" in files["mijn-plan-2026-11-22.html"].decode()


@NEEDS_PDF
def test_the_command_puts_it_in_its_place_and_writes_down_that_it_went_out(
    fresh: Database, db: Connection, case: Case, tmp_path: Path
) -> None:
    out = tmp_path / "sanne.zip"
    ran = export_cli(fresh, "Z-1042", "-o", out, "--length", "short", "--on", "01-09-2026", "--without-names")
    assert ran.exit_code == 0, ran.output
    files = unpacked(out.read_bytes())
    assert "4 uur per week" in text_of(files["dossier-2026-09-01.pdf"])
    assert out.stat().st_mode & 0o777 == 0o600
    line = db.execute(
        "SELECT event_code, object_id, access_point_type, detail FROM draad.access_log"
    ).fetchone()
    assert line == ("export", case.id, "command_line", "dossier")


@pytest.mark.parametrize(
    ("args", "ends"),
    [
        (("Z-9", "-o", "{}"), (1, "No case, or more than one")),
        ((str(uuid4()), "-o", "{}"), (1, "This case does not exist")),
        (("Z-1042",), (2, "Missing option")),
        (("Z-1042", "-o", "{}", "--on", "gisteren"), (2, "gisteren")),
        (("Z-1042", "-o", "{}", "--length", "long"), (2, "long")),
        (("Z-1042", "-o", "/nowhere/at/all.zip"), (1, "No such file")),
    ],
)
@pytest.mark.usefixtures("case", "no_pdf")
def test_what_cannot_be_made_says_why_with_its_own_code(
    fresh: Database, tmp_path: Path, args: tuple[str, ...], ends: tuple[int, str]
) -> None:
    code, says = ends
    ran = export_cli(fresh, *(arg.format(tmp_path / "x.zip") for arg in args))
    assert (ran.exit_code, says in ran.output) == (code, True), ran.output
    assert not list(tmp_path.iterdir())


def test_a_client_who_was_forgotten_has_no_dossier(
    fresh: Database, casework: Casework, forgotten: Case, tmp_path: Path
) -> None:
    casework.vault.destroy(forgotten.client_id)
    ran = export_cli(fresh, forgotten.id, "-o", tmp_path / "x.zip")
    assert ran.exit_code == 1
    assert "erased" in ran.output
    assert not list(tmp_path.iterdir())


def test_without_the_line_of_who_took_it_there_is_no_file(
    fresh: Database, casework: Casework, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise NotWritten

    without_pdf(monkeypatch)
    monkeypatch.setattr(making, "exported", refuse)
    with pytest.raises(NotWritten):
        making.export_dossier(fresh, casework, str(case.id), FULL, tmp_path / "x.zip")
    assert not list(tmp_path.iterdir())


@NEEDS_PDF
def test_the_command_that_is_killed_leaves_nothing(fresh: Database, case: Case, tmp_path: Path) -> None:
    home, out = fresh.secrets.folder.parent, tmp_path / "x.zip"
    command = [
        sys.executable,
        "-m",
        "draad",
        "export",
        "dossier",
        str(case.id),
        "--home",
        str(home),
        "-o",
        str(out),
    ]
    for wait in (0.8, 1.6, 2.4):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        assert not [file for file in tmp_path.iterdir() if file != out]
        if out.exists():
            assert unpacked(out.read_bytes())
            out.unlink()


@NEEDS_PDF
def test_pages_that_are_laid_out_can_be_ended_and_a_child_that_dies_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def enough() -> None:
        raise Stopped

    def shoot() -> None:
        (child,) = multiprocessing.active_children()
        child.kill()

    long = "<html lang='nl'><title>x</title>" + "<p>nog een regel</p>" * 60_000
    with pytest.raises(Stopped):
        laid_out(long, {}, enough)
    with pytest.raises(NoPages):
        laid_out(long, {}, shoot)
    assert not multiprocessing.active_children()
