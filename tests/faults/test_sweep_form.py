"""Every statement of a form that is sent fails once: who sends it again finds it recorded once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.casework import Casework
from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import Database
from domain.store.pool import connect
from tests import given
from tests.faults.line import Line, Sweep, sweeps
from tests.faults.soundness import home_of, wrong
from tests.web.conftest import PASSPHRASE, sign_in
from tests.web.filling import address, opened
from tests.web.test_record import wrongs
from web.app import create_app

WISH = {"words": "Ik wil weer zwemmen.", "form": "said", "voiced_by": "client"}


@pytest.fixture
def shaky_app(line: Line, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The pages, on the line that fails; errors are answered as people get them."""
    monkeypatch.setenv("DRAAD_DATABASE_URL", line.database.server)
    monkeypatch.setenv("DRAAD_SECRETS_DIR", str(line.database.secrets.folder))
    made = create_app(home_of(line.database), SECOND_FACTOR="off", PACE=0, DESK={"clock": given.a_clock()})
    yield made
    made.extensions["draad"].close()


@pytest.fixture
def ilse(fresh: Database, shaky_app: Flask) -> FlaskClient:
    """A coordinator who is signed in."""
    name = f"ilse-{uuid4()}"
    how = {"name": "Ilse", "role": Role.COORDINATOR, "organisation": "De Brug", "team": "Noord"}
    with connect(fresh) as db:
        add_account(db, name, PASSPHRASE, **how)  # type: ignore[arg-type]  # by name
    browser = shaky_app.test_client()
    assert sign_in(browser, name) == 303
    return browser


@sweeps(5)
def test_a_form_is_recorded_once_or_its_writer_hears_that_it_may_not_be(
    line: Line, casework: Casework, ilse: FlaskClient, faults: Sweep
) -> None:
    casework.open(case := given.sanne())
    where = address(case.id, "voice_wish")
    sent = opened(ilse, where) | WISH
    for fault in line.every(faults):
        once = sent | {"posted": str(uuid4()), "words": fault}
        answer = ilse.post(where, data=once)
        if answer.status_code != 303:
            assert answer.status_code == 503, (fault, answer.status_code, wrongs(answer.text))
            assert fault in answer.text, "what was typed is given back"
            assert ilse.post(where, data=once).status_code == 303, fault
        told = [entry for entry in casework.history(case.id).entries if getattr(entry, "words", "") == fault]
        assert len(told) == 1, fault
    assert not wrong(line.origin)
