"""Who sees which case: their own team's, or those they take part in. The rest does not exist for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.entry import Actor, Role
from tests import given
from tests.web.conftest import Visitor
from tests.web.following import a_case_of, joins, kept

As = Callable[..., Visitor]
NO_TEAM = Actor(UUID(int=0xF1), Role.IMPORT, "invoer")


def may_open(browser: Visitor, case_id: UUID) -> bool:
    status = browser.get(f"/cases/{case_id}").status_code
    assert status in {200, 404}
    return status == 200


def is_listed(browser: Visitor, name: str) -> bool:
    return name in browser.get("/cases").text


@pytest.mark.parametrize(
    ("role", "team", "sees"),
    [
        (Role.COORDINATOR, "Noord", True),
        (Role.COORDINATOR, "Zuid", False),
        (Role.COORDINATOR, "", False),
        (Role.WORKER, "Noord", False),
        (Role.MANAGER, "", True),
        (Role.ADMINISTRATOR, "Noord", False),
        (Role.REVIEWER, "Noord", False),
    ],
)
def test_a_case_belongs_to_the_team_that_opened_it(
    app: Flask, as_: As, role: Role, team: str, *, sees: bool
) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("vera", role, team)
    assert may_open(browser, case.id) is sees
    assert is_listed(browser, "Jan Jansen") is sees


def test_a_case_without_a_team_is_there_for_every_coordinator(app: Flask, as_: As) -> None:
    case = a_case_of("Jan Jansen", by=NO_TEAM)
    kept(app, case)
    browser = as_("vera", Role.COORDINATOR, "Zuid")
    assert may_open(browser, case.id)
    assert is_listed(browser, "Jan Jansen")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.WORKER])
def test_who_takes_part_sees_the_case_until_they_leave(app: Flask, as_: As, role: Role) -> None:
    browser = as_("noor", role, "Zuid")
    stays, left = a_case_of("Jan Jansen"), a_case_of("Piet Pietersen")
    joins(stays, browser.account)  # type: ignore[attr-defined]
    person = joins(left, browser.account)  # type: ignore[attr-defined]
    left.leave_person(person, "Ander werk.", **given.telling(date(2026, 1, 12)))
    kept(app, stays, left)
    assert may_open(browser, stays.id)
    assert is_listed(browser, "Jan Jansen")
    assert not may_open(browser, left.id)
    assert not is_listed(browser, "Piet Pietersen")


def test_another_case_answers_as_one_that_does_not_exist(app: Flask, as_: As) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("vera", Role.WORKER, "Zuid")
    theirs, nothing = browser.get(f"/cases/{case.id}"), browser.get(f"/cases/{uuid4()}")
    assert (theirs.status_code, theirs.data) == (nothing.status_code, nothing.data)
    assert theirs.status_code == 404


def test_no_route_is_without_a_right(app: Flask) -> None:
    """Every view says `@may("…")` or `@open_to_all`."""
    without = [
        f'{view.__module__}.{view.__name__}: add @may("…") of web/access.py'
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "right")
    ]
    assert not without, "\n".join(without)


def test_only_signing_in_and_the_first_page_are_open_to_all(app: Flask) -> None:
    is_open = {name for name, view in app.view_functions.items() if getattr(view, "right", None) == ""}
    described = {"api.page", "api.openapi"}  # the API as such; what it tells of clients asks a token
    assert is_open == {"signin.sign_in", "signin.check", "signin.sign_out", "caseload.first"} | described


def test_every_address_is_in_kebab_case_with_typed_parts(app: Flask) -> None:
    """An id in an address is a <uuid:…> or <int:…>; what is free text is a command."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    assert not [
        r.rule for r in rules if "_" in "".join(p for p in r.rule.split("/") if not p.startswith("<"))
    ]
    loose = [
        r.rule
        for r in rules
        for a in r.arguments
        if r._converters[a].__class__.__name__ == "UnicodeConverter"
    ]
    assert not [rule for rule in loose if not rule.endswith("/<command>")]


@pytest.mark.parametrize("address", ["/cases", "/cases.csv", "/cases/new", f"/cases/{uuid4()}"])
def test_who_is_not_signed_in_is_sent_to_sign_in(visitor: Visitor, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("role", [Role.WORKER, Role.MANAGER])
def test_only_a_coordinator_opens_cases(as_: As, role: Role) -> None:
    browser = as_("vera", role)
    assert browser.get("/cases/new").status_code == 403
    assert "Dossier openen" not in browser.get("/cases").text
