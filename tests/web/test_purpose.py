"""A manager says what for, once a case in a session, before anything of it is shown."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.entry import Role
from tests import given
from tests.web.conftest import PASSPHRASE, Visitor, sign_in, token
from tests.web.following import kept

As = Callable[..., Visitor]


@pytest.fixture
def ingrid(as_: As) -> Visitor:
    return as_("ingrid", Role.MANAGER, "")


@pytest.fixture
def case_id(app: Flask) -> UUID:
    case = given.sanne()
    kept(app, case)
    return case.id


def says(browser: Visitor, address: str, purpose: str = "quality", words: str = "") -> tuple[int, str]:
    form = {"csrf_token": token(browser, address), "purpose": purpose, "words": words}
    answer = browser.post(address, data=form)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize("page", ["", "/plan?on=01-03-2026", "/timeline", "/record/receive-request"])
def test_what_for_is_asked_before_a_page_and_then_leads_to_it(
    ingrid: Visitor, case_id: UUID, page: str
) -> None:
    asked = ingrid.get(f"/cases/{case_id}{page}")
    assert asked.status_code == 303
    assert asked.headers["Location"].startswith(f"/cases/{case_id}/purpose?next=")
    assert "Sanne" not in ingrid.get(asked.headers["Location"]).text
    assert says(ingrid, asked.headers["Location"]) == (303, f"/cases/{case_id}{page}")
    assert "Sanne" in ingrid.get(f"/cases/{case_id}{page}").text


def test_it_holds_for_that_case_and_that_session_alone(app: Flask, ingrid: Visitor, case_id: UUID) -> None:
    other = given.karim()
    kept(app, other)
    says(ingrid, f"/cases/{case_id}/purpose")
    assert ingrid.get(f"/cases/{case_id}").status_code == 200
    assert ingrid.get(f"/cases/{other.id}").status_code == 303
    ingrid.post("/sign-out", data={"csrf_token": token(ingrid, "/cases")})
    sign_in(ingrid, "ingrid", PASSPHRASE)
    assert ingrid.get(f"/cases/{case_id}").status_code == 303


@pytest.mark.parametrize(("purpose", "words"), [("", ""), ("other", " "), ("curious", "zomaar")])
def test_without_a_purpose_it_stays_closed(ingrid: Visitor, case_id: UUID, purpose: str, words: str) -> None:
    assert says(ingrid, f"/cases/{case_id}/purpose", purpose, words)[0] == 422
    assert ingrid.get(f"/cases/{case_id}").status_code == 303


def test_it_leads_nowhere_else(ingrid: Visitor, case_id: UUID) -> None:
    for wanted in ("//elsewhere.example", "https://elsewhere.example", "/users", f"/cases/{case_id}x"):
        assert says(ingrid, f"/cases/{case_id}/purpose?next={wanted}")[1] == f"/cases/{case_id}"


def test_a_case_that_is_not_there_is_not_asked_about(ingrid: Visitor) -> None:
    for page in ("", "/plan", "/purpose"):
        assert ingrid.get(f"/cases/{uuid4()}{page}").status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.WORKER, Role.PARTNER, Role.CLIENT])
def test_nobody_else_is_asked(as_: As, case_id: UUID, role: Role) -> None:
    assert as_("vera", role).get(f"/cases/{case_id}/purpose").status_code == 403
