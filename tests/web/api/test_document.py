"""The description of the API: of every command, valid, and the same for a program as on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from domain.store.pool import UNREACHABLE
from tests import given
from tests.web.api.conftest import ROOT, Program, is_a_problem
from tests.web.conftest import Visitor, desk_of
from web.api.document import COMMAND, EXAMPLES, document
from web.api.questions import answered
from web.app import create_app
from web.forms import forms
from web.opening import OpenCase

FORMS = [OpenCase, *forms().values()]


def test_it_is_valid_openapi_3_1() -> None:
    assert document()["openapi"].startswith("3.1")
    assert not list(OpenAPIV31SpecValidator(document()).iter_errors())


def test_anybody_may_read_it(visitor: Visitor) -> None:
    answer = visitor.get(f"{ROOT}/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.json == document()


def test_every_command_is_in_it_with_its_fields() -> None:
    for command, form in forms().items():
        told = document()["paths"][COMMAND + command.replace("_", "-")]["post"]
        assert told["summary"] == " ".join((form.__doc__ or "").split())
        asked = document()["components"]["schemas"][form.__name__]
        assert set(asked["properties"]) == set(form().fields)
        required = {name for name, field in form().fields.items() if field.required}
        assert set(asked.get("required", ())) == required
        assert asked["additionalProperties"] is False


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_kind_of_question_is_described(form: Any) -> None:
    for name, question in form().fields.items():
        line: tuple[Any, ...] = type(question).__mro__
        reads = next(kind for kind in line if "read" in vars(kind))
        described = next(kind for kind in line if kind in answered.registry)
        gives = [get_type_hints(kind.read)["return"] for kind in (described, reads)]
        assert issubclass(described, reads) or gives[0] == gives[1], (
            f"{name}: say in web/api/questions.py how a {reads.__name__} is sent in JSON"
        )


@pytest.mark.parametrize("command", EXAMPLES)
def test_the_examples_are_such_as_the_form_takes(command: str) -> None:
    assert forms()[command]().facts(EXAMPLES[command], given.COORDINATOR)


def test_every_answer_and_every_problem_is_described(app: Flask) -> None:
    """Each route of the API is in the document, with the statuses that every route has."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("api.") or rule.endpoint in ("api.page", "api.record"):
            continue
        path = re.sub(r"<\w+:(\w+)>", r"{\1}", rule.rule.removeprefix(ROOT))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            told = document()["paths"][path][method.lower()]["responses"]
            assert {"401", "403", "429", "503"} <= told.keys() or path == "/openapi.json"


@pytest.mark.parametrize(("language", "words"), [("nl", "Wat het vraagt"), ("en", "What it asks")])
def test_people_read_it_as_a_page_in_their_language(visitor: Visitor, language: str, words: str) -> None:
    page = visitor.get(f"{ROOT}/", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert page.content_type.startswith("text/html")
    assert words in page.text
    assert "Set-Cookie" not in page.headers
    for command in forms():
        assert f'id="{command.replace("_", "-")}"' in page.text
    assert words in visitor.get(f"{ROOT}/?lang={language}").text


def test_whoever_is_signed_in_reads_it_in_the_language_of_their_pages(as_: Callable[..., Visitor]) -> None:
    ilse = as_("ilse")
    ilse.get("/?lang=en")
    page = ilse.get(f"{ROOT}/", headers={"Accept-Language": "nl"})
    assert "What it asks" in page.text
    assert "Set-Cookie" not in page.headers
    assert ilse.get(f"{ROOT}/cases").status_code == 401


def test_a_language_that_is_none_of_ours_is_dutch(visitor: Visitor) -> None:
    for headers in ({}, {"Accept-Language": "fr"}, {"Accept-Language": "*"}):
        assert 'lang="nl"' in visitor.get(f"{ROOT}/", headers=headers).text
    assert 'lang="nl"' in visitor.get(f"{ROOT}/?lang=fr").text


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v2", f"{ROOT}/nowhere", f"{ROOT}/cases/1", f"{ROOT}/cases/x/plan"]
)
def test_an_address_that_is_not_there_is_told_as_a_problem(visitor: Visitor, path: str) -> None:
    is_a_problem(visitor.get(path), 404)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_a_method_that_is_not_there_says_which_are(visitor: Visitor, method: str) -> None:
    answer = getattr(visitor, method)(f"{ROOT}/openapi.json")
    assert "methode" in is_a_problem(answer, 405)["detail"]
    assert "GET" in answer.headers["Allow"]


def test_no_header_makes_another_method(ilse: Program, visitor: Visitor) -> None:
    answer = visitor.get(f"{ROOT}/cases", headers=ilse.headers | {"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "status"), [(RuntimeError("Sanne zegt nee"), 500), (UNREACHABLE[0](), 503)]
)
def test_what_breaks_is_told_without_what_was_in_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch, wrong: Exception, status: int
) -> None:
    def broken(**_: Any) -> Any:
        raise wrong

    ours = create_app(desk_of(app).database.secrets.folder.parent)
    try:
        monkeypatch.setitem(ours.view_functions, "api.openapi", broken)
        answer = ours.test_client().get(f"{ROOT}/openapi.json")
    finally:
        ours.extensions["draad"].close()
    is_a_problem(answer, status)
    assert "Sanne" not in answer.text


def test_the_headers_of_the_pages_are_there_too(ilse: Program) -> None:
    headers = ilse.get("/cases").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
