"""Who sees which case: their own team's, or those they take part in. The rest does not exist for them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.access import Ground, ground_of
from domain.entry import Actor, Role
from projections.timeline import timeline
from tests import given
from tests.web.conftest import Visitor, says_what_for
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
    if role is Role.MANAGER:
        says_what_for(browser, case.id)
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


def answered(browser: Visitor, address: str) -> tuple[int, str]:
    """Without what moves on with every answer: when the session ends, and the token of its form."""
    answer = browser.get(address)
    return answer.status_code, re.sub(r'\d\d[.:]\d\d|value="[^"]*"', "", answer.text)


def test_another_case_answers_as_one_that_does_not_exist(app: Flask, as_: As) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("vera", Role.WORKER, "Zuid")
    theirs, nothing = (answered(browser, f"/cases/{case_id}") for case_id in (case.id, uuid4()))
    assert theirs == nothing
    assert theirs[0] == 404


def test_no_route_is_without_a_right(app: Flask) -> None:
    """Every view says `@may("…")` or `@open_to_all`."""
    without = [
        f'{view.__module__}.{view.__name__}: add @may("…") of web/access.py'
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "right")
    ]
    assert not without, "\n".join(without)


def test_who_is_not_signed_in_finds_the_door_and_nothing_else(app: Flask) -> None:
    """Signing in, a link that was handed over, and the description of the API."""
    is_open = {name for name, view in app.view_functions.items() if getattr(view, "right", None) == ""}
    of_cases = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in is_open and rule.arguments]
    doors = {"signin", "second_factor", "oidc", "welcome", "answer"}
    assert {name.partition(".")[0] for name in is_open} <= doors | {"caseload", "api"}
    assert {name for name in is_open if name.startswith(("caseload", "api"))} == {
        "caseload.first",
        "api.page",
        "api.openapi",
    }
    assert not [rule for rule in of_cases if "case_id" in rule]


def test_every_address_is_in_kebab_case_with_typed_parts(app: Flask) -> None:
    """An id in an address is a <uuid:…> or <int:…>; free text is a command, a subject, or a link."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    assert not [
        r.rule for r in rules if "_" in "".join(p for p in r.rule.split("/") if not p.startswith("<"))
    ]
    loose = [
        r.rule
        for r in rules
        for converter in r._converters.values()
        if converter.__class__.__name__ == "UnicodeConverter"
    ]
    texts = (
        "/<command>",
        "/<subject>",
        "/<subject>/<int:entry>",
        "/<made>",
        "/<made>/alone",
        "/report/<name>/cases",
        "/report/<name>/cases.csv",
    )
    assert not [rule for rule in loose if not rule.endswith(texts)]


@pytest.mark.parametrize("address", ["/cases", "/cases.csv", "/cases/new", f"/cases/{UUID(int=0xA0)}"])
def test_who_is_not_signed_in_is_sent_to_sign_in(visitor: Visitor, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("role", [Role.WORKER, Role.MANAGER])
def test_only_a_coordinator_opens_cases(as_: As, role: Role) -> None:
    browser = as_("vera", role)
    assert browser.get("/cases/new").status_code == 403
    assert "Dossier openen" not in browser.get("/cases").text


PAGES = [
    "",
    "/plan",
    "/timeline",
    "/people",
    "/story",
    "/chain",
    "/documents",
    "/entries/1",
    "/record",
    "/record/take-action",
    "/say-sheet",
]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.IMPORT, Role.MANAGER)])
def test_of_another_case_every_page_answers_as_of_none(app: Flask, as_: As, role: Role) -> None:
    """Also of one that was never there; and which role may use which page is the same for both."""
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("vera", role, "Zuid")
    for page in PAGES:
        theirs, nothing = (answered(browser, f"/cases/{case_id}{page}") for case_id in (case.id, uuid4()))
        assert theirs == nothing
        assert theirs[0] in {403, 404}
    assert answered(browser, "/cases/1") == answered(browser, f"/cases/{case.id}")


@pytest.mark.parametrize("exists", [True, False])
def test_what_is_not_theirs_takes_as_long_as_what_is_not_there(
    app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch, *, exists: bool
) -> None:
    """Reading a case takes time: both are answered at whole times the pace."""
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("vera", Role.WORKER, "Zuid")
    monkeypatch.setitem(app.config, "PACE", 0.5)
    begins = time.monotonic()
    assert browser.get(f"/cases/{case.id if exists else uuid4()}").status_code == 404
    assert time.monotonic() - begins >= 0.5  # how much more, says how busy the machine is


def test_an_emergency_is_told_to_the_client_and_opens_the_case(app: Flask, as_: As) -> None:
    case = given.sanne()
    browser = as_("vera", Role.WORKER, "Zuid")
    case.use_emergency_access("Zij viel.", by=browser.account.actor, happened_on=given.TODAY)  # type: ignore[attr-defined]
    client = Actor(case.client_id, Role.CLIENT, "Sanne")
    assert ground_of(browser.account.actor, case, given.TODAY) is Ground.EMERGENCY  # type: ignore[attr-defined]
    assert ground_of(client, case, given.TODAY) is Ground.OWN
    assert "emergency_access_used" in {line.topic for line in timeline(case.entries) if not line.masked}
