"""The administrator sees what was imported and what was not, which and why; and nothing of what it says."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask_babel import force_locale, pgettext
from psycopg import OperationalError
from psycopg.errors import CheckViolation

from domain.entry import Role
from domain.errors import CaseIsClosed
from domain.store import import_runs
from domain.store.database import Database
from domain.store.erasing import sweep
from domain.store.import_runs import Aside, Ended, Figures, ImportRun, Left
from domain.store.pool import Connection, connect
from draad import main
from jobs.imports import parse
from jobs.imports import run as running
from jobs.imports.resource import Resource, in_our_words
from jobs.imports.run import Run, begun, recorded
from jobs.imports.unpack import Text
from tests import given
from tests.code.reading import REPO, listed
from tests.forgetting import erased
from tests.jobs.fhir import Node, bundle, goal, patient
from tests.web.conftest import Visitor, desk_of
from tests.web.following import a_case_of
from web import imports

As = Callable[..., Visitor]
SECRET = "Els slaat haar man"  # words of a client


@pytest.fixture
def ada(as_: As) -> Visitor:
    return as_("ada", Role.ADMINISTRATOR, "")


@pytest.fixture
def home(fresh: Database) -> Path:
    return fresh.secrets.folder.parent


def imported(home: Path, folder: Path, *resources: Node, words: tuple[str, ...] = ()) -> Result:
    folder.mkdir(exist_ok=True)
    (folder / "all.json").write_text(json.dumps(bundle(*resources)))
    return CliRunner(env={"DRAAD_HOME": str(home)}).invoke(main, ["import", "fhir", str(folder), *words])


def a_mixed_lot(home: Path, folder: Path) -> Result:
    """Of every fate one: a patient and a goal come in; one is held, one is skipped, one cannot be read."""
    folder.mkdir(exist_ok=True)
    (folder / "broken.json").write_text(f'{{"resourceType": "Goal", "{SECRET}"')
    odd = goal(id="odd", status=SECRET, modifierExtension=[{"url": "http://x/ask-spouse"}])
    claim = {"resourceType": "Claim", "id": "c1", "patient": {"reference": "Patient/anna"}}
    return imported(home, folder, patient(), goal(), odd, claim)


def runs(db: Connection) -> list[ImportRun]:
    return import_runs.page(db, limit=100)


def the_run(app: Flask) -> ImportRun:
    with desk_of(app).pool.connection() as db:
        (one,) = runs(db)
    return one


def page(browser: Visitor, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_where_nothing_was_imported_it_says_how(ada: Visitor) -> None:
    shown = page(ada, "/imports")
    assert "Er is niets overgenomen" in shown
    assert "draad import fhir" in shown


def test_an_import_adds_up_and_says_what_did_not_come_in(
    app: Flask, ada: Visitor, home: Path, tmp_path: Path
) -> None:
    a_mixed_lot(home, tmp_path / "ecd")
    run = the_run(app)
    assert (run.found, run.imported, run.held, run.skipped, run.rejected) == (5, 2, 1, 1, 1)
    assert (run.kind, run.files, run.ended) == ("fhir", ["ecd"], Ended.DONE)
    assert run.finished_at
    shown = page(ada, f"/imports/{run.id}")
    assert re.search(r"Samen: alles wat er was</dt>\s*<dd><strong>5<", shown)
    assert "bevat iets wat Draad niet begrijpt: modifierExtension http://x/ask-spouse" in shown
    assert "Draad heeft geen plaats voor deze soort: Claim" in shown
    assert "JSON die niet klopt" in shown
    assert re.search(r"Goal odd<.*?Opzij gezet", shown, re.DOTALL)
    assert run.by_name in page(ada, "/imports")


def test_nothing_that_a_client_said_stands_there(
    app: Flask, ada: Visitor, home: Path, tmp_path: Path
) -> None:
    a_mixed_lot(home, tmp_path / "ecd")
    here = f"/imports/{the_run(app).id}"
    for address in ("/imports", here, f"{here}/aside.csv", "/imports.csv"):
        assert SECRET not in page(ada, address)
    with desk_of(app).pool.connection() as db:
        kept = str(db.execute("SELECT * FROM draad.import_aside").fetchall())
    assert SECRET not in kept
    assert "'odd'" not in kept  # ids are sealed


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        (f"has an unknown kind: {SECRET}. Known are x", "has an unknown kind"),
        ("is a care plan with this status: draft", "is a care plan with this status: draft"),
        ("is a care plan with this status: 123456782", "is a care plan with this status"),
        ("its patient is held: has no name", "its patient is held"),
        ("has no name", "has no name"),
    ],
)
def test_of_a_reason_only_our_own_words_are_kept(reason: str, kept: str) -> None:
    assert in_our_words(reason) == kept


def test_a_rule_that_refused_is_told_without_what_it_speaks_of(app: Flask) -> None:
    with app.test_request_context(), force_locale("nl"):
        said = imports.because(CaseIsClosed.__doc__ or "")
    assert said.startswith("Dit dossier is")
    assert "…" in said


def test_of_a_rule_that_refused_only_the_rule_is_kept() -> None:
    (resource,) = parse.resources(Text("", "", b'{"resourceType": "Goal", "id": "g"}'))
    assert isinstance(resource, Resource)
    resource.hold(CaseIsClosed(closed=SECRET))
    assert SECRET in resource.reason
    assert resource.why == CaseIsClosed.__doc__


def test_one_reason_is_shown_alone_and_saved_alone(
    app: Flask, ada: Visitor, home: Path, tmp_path: Path
) -> None:
    a_mixed_lot(home, tmp_path / "ecd")
    here = f"/imports/{the_run(app).id}"
    (address,) = re.findall(r'href="([^"]+why=Draad[^"]+)"', page(ada, here))
    shown = page(ada, address)
    assert "Claim c1" in shown
    assert "Goal odd" not in shown
    saved = page(ada, f"{here}/aside.csv?{address.partition('?')[2]}")
    lines = list(csv.reader(saved.lstrip("\ufeff").splitlines(), delimiter=";"))
    assert [line[1:3] for line in lines[1:]] == [["Claim", "c1"]]


def a_run(db: Connection, app: Flask, many: int = 0) -> ImportRun:
    what = begun("fhir", [Path("a.json")], "", given.now())
    import_runs.begin(db, what)
    left = [Left(Aside.HELD, "Goal", f"g{n}", "has no name", number=n) for n in range(1, many + 1)]
    import_runs.put_aside(db, desk_of(app).key(import_runs.KEY), what.id, left)
    found = import_runs.one(db, what.id)
    assert found
    return found


def every(browser: Visitor, address: str, of: str) -> list[list[str]]:
    """What stands on each page, from this one on."""
    found = []
    while address:
        shown = page(browser, address)
        found.append(re.findall(of, shown))
        more = re.search(r'href="([^"]+)" rel="next"', shown)
        address = more[1] if more else ""
    return found


def test_long_lists_come_page_by_page_each_once(app: Flask, fresh: Database, ada: Visitor) -> None:
    with connect(fresh) as db:
        run = a_run(db, app, many=imports.ASIDE * 2 + 1)
        for _ in range(imports.RUNS):
            a_run(db, app)
        pages = every(ada, f"/imports/{run.id}", r"Goal (g\d+)<")
        assert [len(one) for one in pages] == [imports.ASIDE, imports.ASIDE, 1]
        assert sum(pages, []) == [f"g{n}" for n in range(1, imports.ASIDE * 2 + 2)]  # noqa: RUF017
        lists = every(ada, "/imports", r'href="/imports/([0-9a-f-]{36})"')
        assert [len(one) for one in lists] == [imports.RUNS, 1]
        assert len({*lists[0], *lists[1]}) == imports.RUNS + 1
    assert page(ada, "/imports.csv").count("\n") == imports.RUNS + 2


def test_an_import_under_way_says_how_far_and_one_that_was_cut_off_that_it_was(
    app: Flask, fresh: Database, ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "EACH", -1)
    heard = list[int]()
    what = begun("contacts", [Path("rooster.csv")], "roster", given.now())
    with (
        suppress(OperationalError),
        recorded(fresh, what, lambda done, *_: heard.append(done), given.now) as run,
    ):
        run.progress(3, 10, "clients")
        there = page(ada, f"/imports/{what.id}")
        killed(app, run.db)
    assert heard == [3]
    assert "Loopt nu" in there
    assert re.search(r"3 van 10</label>|3 van 10\s+cliënten", there)
    assert 'value="3"' in there
    assert "Afgebroken" in page(ada, f"/imports/{what.id}")


def killed(app: Flask, db: Connection) -> None:
    """Its end of the line is gone, and the server knows."""
    with desk_of(app).pool.connection() as other:
        other.execute("SELECT pg_terminate_backend(%(pid)s, 5000)", {"pid": db.info.backend_pid})


def test_what_ended_an_import_too_early_is_said(app: Flask, ada: Visitor, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "rooster.csv"
    file.write_text("naam;dag\nEls;1\n")
    done = CliRunner(env={"DRAAD_HOME": str(home)}).invoke(main, ["import", "contacts", str(file)])
    assert done.exit_code == 1
    run = the_run(app)
    assert (run.ended, run.why) == (Ended.FAILED, "NotATable")
    assert "geen tabel die te lezen is" in page(ada, f"/imports/{run.id}")
    with pytest.raises(KeyboardInterrupt), recorded_again(desk_of(app).database):
        raise KeyboardInterrupt
    assert "met de hand gestopt" in page(ada, f"/imports/{latest(app).id}")


def recorded_again(database: Database) -> AbstractContextManager[Run]:
    return recorded(database, begun("fhir", [], "", given.now()), lambda *_: None, given.now)


def latest(app: Flask) -> ImportRun:
    with desk_of(app).pool.connection() as db:
        return next(one for one in runs(db) if one.kind == "fhir")


def test_lines_of_a_roster_that_could_not_be_used_stand_there_by_number(
    app: Flask, ada: Visitor, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rooster.csv"
    head = "case;worker;organisation;started_at;minutes;kind"
    file.write_text(f"{head}\nZ-1;Noor;De Brug;2026-03-02 09:00;45;{SECRET}\n")
    CliRunner(env={"DRAAD_HOME": str(home)}).invoke(main, ["import", "contacts", str(file)])
    run = the_run(app)
    assert (run.found, run.rejected, run.system) == (1, 1, "roster")
    shown = page(ada, f"/imports/{run.id}")
    assert "regel 2" in shown
    assert "heeft een soort die Draad niet kent" in shown
    assert SECRET not in shown


def test_what_does_not_add_up_cannot_be_written_down(app: Flask, fresh: Database) -> None:
    with connect(fresh) as db:
        run = a_run(db, app)
        with pytest.raises(CheckViolation):
            import_runs.end(db, run.id, given.now(), Figures(found=5, imported=4))


def test_that_a_case_stands_on_the_page_is_a_look(
    app: Flask, ada: Visitor, home: Path, tmp_path: Path
) -> None:
    a_mixed_lot(home, tmp_path / "ecd")
    run = the_run(app)
    here = f"/imports/{run.id}"
    shown = page(ada, here)
    with desk_of(app).pool.connection() as db:
        case = import_runs.aside(db, desk_of(app).key(import_runs.KEY), run.id, limit=1)[0].case_id
        assert str(case) in shown
        page(ada, f"{here}/aside.csv")
        seen = db.execute(
            "SELECT event_code FROM draad.access_log WHERE object_id = %(case)s ORDER BY id", {"case": case}
        ).fetchall()
    assert seen == [("list",), ("export",)]


def test_who_is_forgotten_is_on_no_list_of_imports(app: Flask, fresh: Database) -> None:
    desk, case = desk_of(app), a_case_of("Els")
    desk.casework.open(case)
    with connect(fresh) as db:
        run = a_run(db, app)
        left = [
            Left(Aside.HELD, "Goal", "g", "has no name", of, number)
            for number, of in ((1, case.id), (2, None))
        ]
        import_runs.put_aside(db, desk.key(import_runs.KEY), run.id, left)
        erased(desk.casework, case)
        sweep(fresh, desk.casework.vault)
        assert db.execute("SELECT number FROM draad.import_aside").fetchall() == [(2,)]


def test_in_the_end_an_import_is_taken_off_the_list(app: Flask, fresh: Database) -> None:
    with connect(fresh) as db:
        run = a_run(db, app, many=1)
        assert import_runs.forget(db, run.started_at) == 0
        assert import_runs.forget(db, run.started_at + timedelta(days=1)) == 1
        assert import_runs.reasons(db, run.id) == []


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.IMPORT}])
def test_nobody_else_comes_there(as_: As, role: Role) -> None:
    for address in ("/imports", "/imports.csv", f"/imports/{UUID(int=1)}"):
        assert as_(f"x-{role}", role).get(address).status_code == 404


def test_what_is_not_there_is_not_found(ada: Visitor) -> None:
    for address in (f"/imports/{UUID(int=1)}", f"/imports/{UUID(int=1)}/aside.csv"):
        assert ada.get(address).status_code == 404
    for odd in ("?before=x", "?before=%00", f"?before={UUID(int=1)}"):
        assert ada.get(f"/imports{odd}").status_code == 200


WHY = {"Held": 0, "NoPlace": 0, "Unusable": 0, "_hold_all": 0, "NotFhir": 0, "Broken": 0, "become": 1}
PLACED = {"Unreadable", "TooMuch"}  # they begin with the place
ELSEWHERE = "\0"  # in the place of what comes from somewhere else


def reasons_in(file: Path) -> Iterator[str]:
    """Each reason that this file gives, up to what comes from somewhere else."""
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in PLACED:
            yield written(node.args[0]).partition(": ")[2].partition(" (")[0]
        elif name in WHY and len(node.args) > WHY[name]:
            yield written(node.args[WHY[name]]).partition(": ")[0].partition(f" ({ELSEWHERE}")[0]


def written(node: ast.expr) -> str:
    """A text as it stands in the code."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else ELSEWHERE for part in parts)


def test_every_reason_has_a_dutch_text(app: Flask) -> None:
    reasons = {why for file in (REPO / "jobs/imports").glob("*.py") for why in reasons_in(file)}
    ours = {why for why in reasons if why and ELSEWHERE not in why}
    with app.test_request_context(), force_locale("nl"):
        missing = sorted(why for why in ours if pgettext("put aside", why) == why)
    assert len(ours) > 60
    assert not missing, listed([f"add msgctxt “put aside”, msgid “{why}”" for why in missing])
