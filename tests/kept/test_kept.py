"""What earlier versions wrote is restored, brought up to date, verified deep, and opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask

from domain.casework import Casework
from domain.store.database import open_database, settings_for
from domain.store.pool import connect
from draad import main
from jobs.following import catch_up
from tests.homes import a_home
from tests.kept.make import HERE, PASSPHRASE, USER
from tests.web.conftest import Visitor, sign_in
from web.app import create_app
from web.session import API

VERSIONS = sorted(folder for folder in HERE.iterdir() if (folder / "record").is_dir())
CASES, ENOUGH = 5, 25  # pages of a case that open
OPENS = {200, 303, 403, 404, 405}  # 403 and 404: for another role; 405: no page, only sent to


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda folder: folder.name)
def home(request: pytest.FixtureRequest) -> Iterator[Path]:
    kept: Path = request.param
    with a_home() as home:
        home.mkdir(mode=0o711)
        said = draad(home, "restore", str(kept / "record"), "--keys", str(kept / "keys"))
        assert said == 0
        with open_database(home) as database, closing(Casework(settings_for(database))) as casework:
            catch_up(database, casework)
        yield home


def draad(home: Path, *words: str) -> int:
    said = CliRunner(env={"DRAAD_HOME": str(home)}).invoke(main, words)
    assert not said.exit_code, said.output
    return said.exit_code


def test_it_verifies_deep(home: Path) -> None:
    assert draad(home, "verify", "--deep") == 0


def test_every_page_of_every_case_opens_for_the_coordinator_of_then(home: Path) -> None:
    app = create_app(home, TESTING=True, SECOND_FACTOR="off", PACE=0)
    try:
        visitor = app.test_client()
        assert sign_in(visitor, USER, PASSPHRASE) == 303
        found = {case_id: opened(app, visitor, case_id) for case_id in cases(home)}
    finally:
        app.extensions["draad"].close()
    assert len(found) == CASES, "and not who was forgotten"
    for case_id, answers in found.items():
        broken = {rule: status for rule, status in answers.items() if status not in OPENS}
        assert not broken, f"{case_id}: {broken}"
        assert list(answers.values()).count(200) >= ENOUGH


def opened(app: Flask, visitor: Visitor, case_id: UUID) -> dict[str, int]:
    """What each page of this case answers. The API needs a token, and reads the same."""
    rules = (str(rule) for rule in app.url_map.iter_rules() if rule.arguments == {"case_id"})
    pages = (rule for rule in rules if not rule.startswith(API))
    answers = {rule: visitor.get(rule.replace("<uuid:case_id>", str(case_id))) for rule in pages}
    return {rule: answer.status_code for rule, answer in answers.items()}


def cases(home: Path) -> list[UUID]:
    with open_database(home) as database, connect(database) as db:
        return [case_id for (case_id,) in db.execute("SELECT case_id FROM shown.caseload")]
