"""What every page has: seven headers, an error page in plain words, a language, and nothing in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from flask import Flask

from domain.entry import Role
from tests.web.conftest import Visitor, desk_of, token
from web.headers import HEADERS
from web.serve import command

As = Callable[..., Visitor]


@pytest.fixture
def in_use(app: Flask) -> Any:
    """As people use it: an error gets its page instead of failing the test."""
    app.testing = False
    yield app
    app.testing = True


@pytest.mark.parametrize(
    "address", ["/", "/sign-in", "/cases", "/nothing-here", "/static/css/theme.css", "/static/x"]
)
def test_seven_headers_go_with_every_answer(visitor: Visitor, address: str) -> None:
    with visitor.get(address) as answer:
        assert len(HEADERS) == 7
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_nothing_may_be_run_or_loaded_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/cases", "/cases/new", "/nothing-here", "/cases.csv"])
def test_no_page_stays_behind_in_a_browser(as_: As, address: str) -> None:
    assert as_("ilse").get(address).headers["Cache-Control"] == "no-store"


def broken(app: Flask, error: Exception) -> None:
    """The caseload fails with this error."""

    def fail() -> str:
        raise error

    app.view_functions["caseload.cases"] = fail


@pytest.fixture
def restored(in_use: Flask) -> Any:
    view = in_use.view_functions["caseload.cases"]
    yield in_use
    in_use.view_functions["caseload.cases"] = view


def test_an_error_of_ours_has_a_page_and_no_words_of_the_client_in_the_log(
    restored: Flask, as_: As, caplog: pytest.LogCaptureFixture
) -> None:
    browser = as_("ilse")
    broken(restored, ValueError("Sanne wil weer koken"))
    with caplog.at_level(logging.DEBUG):
        answer = browser.get("/cases")
    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in answer.text
    assert answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ValueError" in caplog.text
    assert "Sanne" not in caplog.text + answer.text


def test_a_database_that_is_away_has_a_page(restored: Flask, as_: As) -> None:
    browser = as_("ilse")
    broken(restored, psycopg.OperationalError("server closed"))
    answer = browser.get("/cases")
    assert answer.status_code == 503
    assert "Draad is niet bereikbaar" in answer.text


def test_the_page_is_there_also_when_the_session_cannot_be_read(in_use: Flask, as_: As) -> None:
    browser, desk = as_("ilse"), desk_of(in_use)
    pool = desk.pool
    desk.pool = Away()  # type: ignore[assignment]
    try:
        answer = browser.get("/cases")
    finally:
        desk.pool = pool
    assert answer.status_code == 503
    assert "Draad is niet bereikbaar" in answer.text


class Away:
    """A pool whose database is away."""

    def connection(self) -> None:
        raise psycopg.OperationalError


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/nothing-here", 404, "Deze pagina is er niet"), ("/cases/new", 403, "Dit mag u niet doen")],
)
def test_what_is_not_there_or_not_allowed_is_said_plainly(
    as_: As, address: str, status: int, words: str
) -> None:
    answer = as_("noor", Role.WORKER).get(address)
    assert answer.status_code == status
    assert words in answer.text


def test_too_much_at_once_is_refused(as_: As) -> None:
    browser = as_("ilse")
    form = {"csrf_token": token(browser, "/cases"), "q": "x" * 3_000_000}
    answer = browser.post("/cases/search", data=form)
    assert answer.status_code == 413
    assert "Dit is te veel in één keer" in answer.text


def test_the_language_is_remembered_and_goes_from_the_address(as_: As) -> None:
    browser = as_("ilse")
    assert '<html lang="nl">' in browser.get("/cases").text
    assert browser.get("/cases?late=1&lang=en").headers["Location"] == "/cases?late=1"
    page = browser.get("/cases").text
    assert '<html lang="en">' in page
    assert "My clients" in page
    assert '<html lang="en">' in browser.get("/cases?lang=de").text


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/\\elsewhere.example/"])
def test_choosing_a_language_leads_to_own_pages_only(visitor: Visitor, path: str) -> None:
    answer = visitor.get("/?lang=en", environ_overrides={"PATH_INFO": path})
    assert answer.status_code in {308, 404}
    assert "//elsewhere" not in answer.headers.get("Location", "")


def test_a_page_has_a_way_past_the_menu(visitor: Visitor) -> None:
    page = visitor.get("/sign-in").text
    assert '<a class="skip" href="#content">Direct naar de inhoud</a>' in page
    assert 'id="content" tabindex="-1"' in page


def test_gunicorn_runs_two_processes_with_threads_and_no_connections_from_before_the_fork() -> None:
    line = " ".join(command(port=8123))
    assert "--workers 2 --worker-class gthread" in line
    assert "--bind 127.0.0.1:8123" in line
    assert "--preload" not in line
    assert "--no-control-socket" in line
