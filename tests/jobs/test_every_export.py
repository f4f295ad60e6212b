"""What holds for every `draad export`, from the commands: whole or absent, and a line of who took it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import click
import psycopg
import pytest
from click.testing import CliRunner, Result

from domain.case import Case
from domain.casework import Casework
from domain.store.access_log import NotWritten
from domain.store.database import OWNER, Database
from domain.store.pool import Connection
from draad import export, main
from tests import given
from tests.code.reading import REPO, Module, product

COMMANDS: Mapping[str, click.Command] = export.commands
ASKED = {  # how each is called; a new command needs a line here, or in ELSEWHERE
    "csv": ("continuity",),
    "dossier": ("Z-1042",),
    "fhir": ("--all",),
    "ocel": (),
    "xes": (),
}
ELSEWHERE = {"transfer"}  # needs the client's consent and a signed log: its own test has these
OTHERWISE = {"open", "fdopen", "write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"}


@pytest.fixture
def case(casework: Casework) -> Case:
    casework.open(case := given.sanne())
    casework.open(given.an_opened_case(client_id=uuid4()))
    return case


def run(database: Database, name: str, out: Path) -> Result:
    home = database.secrets.folder.parent
    return CliRunner().invoke(main, ["export", name, *ASKED[name], "-o", str(out), "--home", str(home)])


def test_every_command_is_tried_here() -> None:
    assert COMMANDS.keys() == ASKED.keys() | ELSEWHERE


@pytest.mark.parametrize("name", sorted(ASKED))
@pytest.mark.usefixtures("case")
def test_each_makes_a_file_for_nobody_else_and_a_line_for_each_case(
    fresh: Database, db: Connection, tmp_path: Path, name: str
) -> None:
    ran = run(fresh, name, tmp_path / "out")
    assert ran.exit_code == 0, ran.output
    assert [one.stat().st_mode & 0o777 for one in tmp_path.iterdir()] == [0o600]
    lines = db.execute(
        "SELECT count(DISTINCT object_id), min(access_point_type), min(event_code) FROM draad.access_log"
    ).fetchone()
    assert lines == (1 if name == "dossier" else 2, "command_line", "export")


@pytest.mark.parametrize("name", sorted(ASKED))
@pytest.mark.usefixtures("case")
def test_each_has_no_file_when_the_line_cannot_be_written(fresh: Database, tmp_path: Path, name: str) -> None:
    with psycopg.connect(fresh.dsn(OWNER), autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON draad.access_log FROM draad_app")
        try:
            ran = run(fresh, name, tmp_path / "out")
        finally:
            owner.execute("GRANT INSERT ON draad.access_log TO draad_app")
    assert isinstance(ran.exception, NotWritten), ran.output
    assert not list(tmp_path.iterdir())


def made_by() -> dict[str, Module]:
    """The file that each command is in."""
    files = {module.path: module for module in product()}
    return {name: files[_file_of(command)] for name, command in COMMANDS.items()}


def _file_of(command: click.Command) -> str:
    code = command.callback.__code__  # type: ignore[union-attr]  # each does something
    return str(Path(code.co_filename).relative_to(REPO))


def names_called(module: Module) -> set[str]:
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in calls}


def test_each_writes_by_the_one_way_in_which_a_file_is_whole_or_not_there() -> None:
    """tests/projections/export/test_whole.py kills that one."""
    for name, module in made_by().items():
        assert names_called(module) & {"whole", "written"}, name
        assert not names_called(module) & OTHERWISE, name


def test_each_writes_down_who_took_it_and_shows_how_far_it_is() -> None:
    for name, module in made_by().items():
        assert {"exported", "Bar"} <= names_called(module), name
