"""While no server answers: the page says so and when to come back, and gives back what was typed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import Database
from domain.store.pool import connect
from tests import given
from tests.faults.broken import server_of
from tests.faults.soundness import home_of, wrong
from tests.web.conftest import PASSPHRASE, desk_of, sign_in
from tests.web.filling import address, kept, opened
from web.app import create_app

WISH = {"words": "Ik wil <b>weer</b> zwemmen.", "form": "said", "voiced_by": "client"}


@pytest.fixture
def pages(breakable: Database) -> Iterator[Flask]:
    made = create_app(home_of(breakable), SECOND_FACTOR="off", PACE=0, DESK={"clock": given.a_clock()})
    yield made
    made.extensions["draad"].close()


@pytest.fixture
def ilse(pages: Flask, breakable: Database) -> FlaskClient:
    how = {"name": "Ilse", "role": Role.COORDINATOR, "organisation": "De Brug", "team": "Noord"}
    with connect(breakable) as db:
        add_account(db, name := f"ilse-{uuid4()}", PASSPHRASE, **how)  # type: ignore[arg-type]  # by name
    browser = pages.test_client()
    assert sign_in(browser, name) == 303
    return browser


@contextmanager
def no_server(database: Database) -> Iterator[None]:
    """It is dead, and its keeper does not see it."""
    server = server_of(database)
    keeper = next(
        process
        for process in psutil.process_iter(["cmdline"])
        if [*(process.info["cmdline"] or ())][-2:] == ["domain.store.embedded", str(home_of(database))]
    )
    keeper.suspend()
    server.kill()
    try:
        yield
    finally:
        keeper.resume()


def test_what_was_typed_is_given_back_and_can_be_sent_when_it_is_over(
    pages: Flask, breakable: Database, ilse: FlaskClient
) -> None:
    case_id = kept(pages, given.sanne())
    where = address(case_id, "voice_wish")
    sent = opened(ilse, where) | WISH
    with no_server(breakable):
        began = time.monotonic()
        answer = ilse.post(where, data=sent)
        assert time.monotonic() - began < 30
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert "<dd>Ik wil &lt;b&gt;weer&lt;/b&gt; zwemmen.</dd>" in answer.text
        for other in ("/cases", where, "/sign-in", "/api/v1/cases"):
            assert ilse.get(other).status_code in (200, 401, 503), other
    while ilse.get("/cases").status_code == 503:
        assert time.monotonic() - began < 90
    assert ilse.post(where, data=sent).status_code == 303
    words = [getattr(entry, "words", "") for entry in desk_of(pages).casework.history(case_id).entries]
    assert words.count(WISH["words"]) == 1
    assert not wrong(breakable)


def test_a_program_hears_the_same(pages: Flask, breakable: Database, ilse: FlaskClient) -> None:
    with no_server(breakable):
        answer = pages.test_client().get("/api/v1/cases", headers={"Authorization": "Bearer draad_x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.content_type == "application/problem+json"
