"""A case with an answer to every question of an inspector, and how its pages are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from domain.case import Case
from tests import given
from tests.inspected import inspected
from tests.web.conftest import desk_of
from tests.web.following import kept

THEN = "?on=08-06-2026&known=2026-11-22T12:00:00Z"


@contextmanager
def recorded(app: Flask) -> Iterator[Case]:
    """All of it recorded at noon; and now it is two hours later."""
    casework = desk_of(app).casework
    before, casework.clock = casework.clock, given.a_clock()
    case = inspected()
    kept(app, case)
    given.clock_of(case).to(given.TODAY, time(14))
    casework.clock = given.clock_of(case)
    yield case
    casework.clock = before


def text_of(page: str) -> str:
    """What stands on a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def part(page: str, number: int) -> str:
    """One question with its answer."""
    found = re.search(rf'<section[^>]+id="question-{number}".*?</section>', page, re.DOTALL)
    assert found, f"question-{number} is not on the page"
    return text_of(found[0])


def looked(browser: FlaskClient, case: Case, path: str = "/questions", query: str = THEN) -> str:
    answer = browser.get(f"/cases/{case.id}{path}{query}")
    assert answer.status_code == 200, answer.status_code
    return answer.text
