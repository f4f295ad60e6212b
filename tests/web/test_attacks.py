"""What somebody tries from outside, or with another's session: see docs/threat-model.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from domain.case import Case
from domain.days import local_day
from domain.entry import Role
from domain.kinds import LegalKind, PersonKind, Scope
from domain.store.accounts import Account
from domain.store.attempts import ATTEMPTS
from tests import given
from tests.web.conftest import Visitor, desk_of, sign_in, token
from tests.web.filling import a_full_case, opened, send
from tests.web.filling import kept as recorded
from tests.web.following import DAY, a_case_of, joins, kept
from tests.web.own_plan import open_own
from web.headers import HEADERS

As = Callable[..., Visitor]
FORMULAS = ("=1+1", "+1", "-1", "@sum(1)", "\t=1", "\r=1")
A_NOTE = {"words": "Samen gekookt.", "with_client": "yes"}


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_()


def entries(app: Flask, case_id: UUID) -> int:
    return len(desk_of(app).casework.history(case_id).entries)


# Sessions and forms
def test_a_form_token_from_before_sign_in_is_not_taken_after_it(
    app: Flask, visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    before = token(visitor)
    assert sign_in(visitor, "ilse") == 303
    assert visitor.post("/cases/search", data={"csrf_token": before, "q": "x"}).status_code == 400
    now = token(visitor, "/cases")
    visitor.post("/sign-out", data={"csrf_token": now})
    sign_in(visitor, "ilse")
    assert visitor.post("/cases/search", data={"csrf_token": now, "q": "x"}).status_code == 400


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_method_takes_the_place_of_another(app: Flask, ilse: Visitor, header: str) -> None:
    """A look stays a look, also when it says that it is something else."""
    case_id = recorded(app, a_full_case())
    form = {"csrf_token": token(ilse, "/cases"), "_method": "POST"}
    address = f"/cases/{case_id}/record/take-action"
    before = entries(app, case_id)
    ilse.get(address, query_string=A_NOTE | form, headers={header: "POST"})
    assert entries(app, case_id) == before
    assert ilse.post("/cases", data=form, headers={header: "GET"}).status_code == 405
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert ilse.open(address, method=method, data=A_NOTE | form).status_code == 405


def test_who_no_longer_speaks_for_the_client_is_out_at_the_next_click(app: Flask) -> None:
    case = a_case_of("Jan Jansen")
    rita = case.join_person(name="Rita", kind=PersonKind.REPRESENTATIVE, **given.telling(DAY))
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **given.telling(DAY))
    kept(app, case)
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    form = opened(browser, f"/my-plan/{case.id}/wish")
    assert browser.get(f"/my-plan/{case.id}").status_code == 200
    with desk_of(app).casework.changing(case.id) as change:
        change.case.end_representation(rita, "Het is niet meer nodig.", **given.telling())
    before = entries(app, case.id)
    for page in ("", "/wish", "/looks", "/answer/plan"):
        assert browser.get(f"/my-plan/{case.id}{page}").status_code == 404
    assert browser.post(f"/my-plan/{case.id}/wish", data=form | {"words": "Iets"}).status_code == 404
    assert "Jansen" not in browser.get("/my-plan").text
    assert entries(app, case.id) == before


# What is sent
def test_a_field_that_is_not_asked_or_comes_twice_is_not_taken(app: Flask, ilse: Visitor) -> None:
    case_id = recorded(app, a_full_case())
    address = f"/cases/{case_id}/record/voice-wish"
    good = {"words": "Ik wil zwemmen.", "form": "said", "voiced_by": "client"}
    before = entries(app, case_id)
    for more in ({"by": "somebody-else"}, {"means": "own_hand"}, {"user": str(uuid4())}, {"number": "1"}):
        assert send(ilse, address, **good, **more).status_code == 422
    assert send(ilse, address, **good | {"voiced_by": ["client", "worker"]}).status_code == 422
    assert send(ilse, address, **good | {"words": ["Dit", "en dat"]}).status_code == 422
    assert entries(app, case_id) == before
    assert send(ilse, address, **good).status_code == 303


def test_the_case_and_the_command_come_from_the_address_alone(app: Flask, ilse: Visitor) -> None:
    case_id, other = recorded(app, a_full_case()), recorded(app, a_case_of("Piet Pietersen"))
    address = f"/cases/{case_id}/record/voice-wish"
    good = {"words": "Ik wil zwemmen.", "form": "said", "voiced_by": "client"}
    before = entries(app, other)
    assert send(ilse, address, **good, case_id=str(other), command="close-case").status_code == 422
    assert send(ilse, f"{address}?case_id={other}&command=close-case", **good).status_code == 303
    assert entries(app, other) == before


def test_the_same_form_with_another_text_is_not_taken_for_the_first(app: Flask, ilse: Visitor) -> None:
    case_id = recorded(app, a_full_case())
    address = f"/cases/{case_id}/record/voice-wish"
    form = opened(ilse, address) | {"words": "Ik wil zwemmen.", "form": "said", "voiced_by": "client"}
    assert ilse.post(address, data=form).status_code == 303
    before = entries(app, case_id)
    answer = ilse.post(address, data=form | {"words": "Ik wil iets heel anders."})
    assert answer.status_code == 409
    assert "Ik wil iets heel anders." in answer.text
    assert entries(app, case_id) == before


class Endless(io.RawIOBase):
    """A body of a hundred megabytes, made as it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer)  # type: ignore[arg-type]
        many = min(len(room), 100_000_000 - self.given)
        room[:many] = b"x" * many
        self.given += many
        return many


@pytest.mark.parametrize(
    "address", ["/sign-in", "/cases/search", "/answer/x", "/emergency-access", "/nothing"]
)
@pytest.mark.parametrize("told", [True, False])
def test_a_hundred_megabytes_are_not_read(app: Flask, ilse: Visitor, address: str, *, told: bool) -> None:
    """With a length, and in chunks without one."""
    body = Endless()
    length = {"CONTENT_LENGTH": "100000000"} if told else {"wsgi.input_terminated": True}
    answer = ilse.post(
        address,
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input": io.BufferedReader(body), **length},
    )
    assert answer.status_code == 413 or (not told and answer.status_code == 400) or address == "/nothing"
    assert body.given < 2 * app.config["MAX_CONTENT_LENGTH"]
    assert all(name in answer.headers for name in HEADERS)


# What goes out
def formula_case(app: Flask, who: Visitor) -> list[Case]:
    """Clients whose names and numbers a spreadsheet would calculate."""
    cases = [a_case_of(f"{text}Jan", text) for text in FORMULAS]
    for case in cases:
        joins(case, who.account)  # type: ignore[attr-defined]
    kept(app, *cases)
    return cases


def test_no_cell_of_any_spreadsheet_begins_as_a_formula(app: Flask, as_: As) -> None:
    """Every route that answers with one, for whoever may have it."""
    staff = {role: as_(f"=ilse-{role}", role) for role in Role if role is not Role.IMPORT}
    for case in formula_case(app, staff[Role.COORDINATOR]):
        staff[Role.COORDINATOR].get(f"/cases/{case.id}")
    seen = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments - {"of"}:
            continue
        address = rule.rule.replace("<signal:of>", "nobody-leads")
        for browser in staff.values():
            answer = browser.get(address)
            if answer.mimetype == "text/csv":
                seen.add(rule.endpoint)
                text = answer.text.removeprefix("\ufeff")
                cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
                assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
            answer.close()
    assert {"caseload.save", "access_log.save", "signals.save_cases"} <= seen


@pytest.mark.parametrize("host", ["elsewhere.example", "elsewhere.example:80", "x@elsewhere.example"])
def test_no_address_of_ours_is_taken_from_the_request(app: Flask, as_: As, host: str) -> None:
    """What is handed over opens something: it leads to our own address, whatever the request says."""
    case = a_full_case()
    recorded(app, case)
    asked = str(given.the(case.plan.proposals))
    app.config["ADDRESS"] = "https://draad.example"
    try:
        ilse, admin = as_(), as_("admin", Role.ADMINISTRATOR)
        at = f"/cases/{case.id}"
        answers = [
            post_at(ilse, host, f"{at}/answer-links", subject=asked, entry=asked, who=str(case.client_id)),
            post_at(ilse, host, f"{at}/access/{case.client_id}", user_name=f"s{uuid4().hex[:8]}"),
            post_at(admin, host, "/users/new", user_name=f"u{uuid4().hex[:8]}", name="Nieuw", role="worker"),
        ]
    finally:
        app.config["ADDRESS"] = ""
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert "https://draad.example/" in answer.text
        assert "elsewhere" not in answer.text
    assert "elsewhere" not in app.test_client().get("/cases", headers={"Host": host}).headers["Location"]


def post_at(browser: Visitor, host: str, address: str, **typed: str) -> TestResponse:
    """A form sent with another name for us; of itself the browser would keep its cookie from that one."""
    form = {"csrf_token": token(browser, "/own-account"), **typed}
    cookie = browser.get_cookie("draad")
    assert cookie
    named = {"Host": host, "X-Forwarded-Host": host, "Cookie": f"draad={cookie.value}"}
    return browser.application.test_client(use_cookies=False).post(address, data=form, headers=named)


@pytest.mark.parametrize(
    "path",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "/etc/passwd",
        "css/../../app.py",
        "..\\app.py",
        "css%00.css",
    ],
)
def test_a_file_of_ours_is_only_what_is_there_to_be_had(visitor: Visitor, path: str) -> None:
    with visitor.get(f"/static/{path}") as answer:
        assert answer.status_code in {303, 308, 404}
        text = answer.get_data(as_text=True)
    assert "create_app" not in text
    assert "root:" not in text


# Who looked, and who guesses
def test_what_comes_near_in_a_search_for_a_mandate_is_a_look(
    app: Flask, as_: As, account: Callable[..., Account]
) -> None:
    reviewer = account("hanna", Role.REVIEWER, "")
    case = a_case_of("Jan Jansen", "2026-1")
    kept(app, case)
    manager = as_("hanneke", Role.MANAGER, "")
    until = f"{local_day(desk_of(app).casework.clock()) + timedelta(days=30):%d-%m-%Y}"
    facts = {"cases": "Jan", "purpose": "Toezicht", "ground": "Wmo", "until": until}
    sent = {"csrf_token": token(manager, "/reviews/new"), "version": "0", "posted": str(uuid4())}
    answer = manager.post("/reviews/new", data=facts | sent | {"reviewer": str(reviewer.id)})
    assert "Jan Jansen" in answer.text
    with desk_of(app).pool.connection() as db:
        lines = db.execute("SELECT event_code, object_id FROM draad.access_log").fetchall()
    assert lines == [("search", case.id)]


def test_a_link_that_is_guessed_at_without_a_form_of_ours_waits_too(visitor: Visitor) -> None:
    visitor.application.testing = False
    try:
        answers = [visitor.post(f"/answer/{'B' * 43}").status_code for _ in range(ATTEMPTS + 1)]
    finally:
        visitor.application.testing = True
    assert answers == [400] * ATTEMPTS + [429]
