"""Each look at a client's record is a line, written before the answer is sent."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from werkzeug.routing import Rule

from domain.case import Case
from domain.entry import Role
from domain.store.database import OWNER
from tests import given
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept
from tests.web.own_plan import open_own

As = Callable[..., Visitor]
Lines = list[tuple[object, ...]]
SHOWS_NOTHING = {"purpose.ask"}  # asked before anything of the case is shown


def logged(app: Flask) -> Lines:
    """What was written, oldest first: code, action, case, ground, role, part."""
    with desk_of(app).pool.connection() as db:
        return db.execute(
            """
            SELECT event_code, action, object_id, authorisation_protocol, user_role, detail
              FROM draad.access_log ORDER BY id"""
        ).fetchall()


@pytest.fixture
def case(app: Flask) -> Case:
    case = a_case_of("Jan Jansen", "2026-1")
    kept(app, case)
    return case


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_()


def test_a_page_of_a_case_is_one_line(app: Flask, ilse: Visitor, case: Case) -> None:
    assert ilse.get(f"/cases/{case.id}/plan").status_code == 200
    assert logged(app) == [("read", "R", case.id, "team", "coordinator", "case.plan")]


def test_looking_twice_is_two_lines(app: Flask, ilse: Visitor, case: Case) -> None:
    for _ in range(2):
        ilse.get(f"/cases/{case.id}/plan")
    assert len(logged(app)) == 2


def test_a_list_is_a_line_for_each_client_on_it(app: Flask, ilse: Visitor, case: Case) -> None:
    other = a_case_of("Piet Pietersen")
    kept(app, other)
    ilse.get("/cases")
    assert {(line[0], line[2]) for line in logged(app)} == {("list", case.id), ("list", other.id)}


def test_a_search_is_told_apart_and_its_words_are_not_kept(app: Flask, ilse: Visitor, case: Case) -> None:
    kept(app, a_case_of("Piet Pietersen"))
    ilse.post("/cases/search", data={"csrf_token": token(ilse, "/cases"), "q": "jansen"})
    before = len(logged(app))
    ilse.get("/cases")
    assert [line[:3] for line in logged(app)[before:]] == [("search", "E", case.id)]
    with desk_of(app).pool.connection() as db:
        assert not db.execute("SELECT 1 FROM draad.access_log l WHERE l::text ILIKE '%jansen%'").fetchall()


def test_a_list_that_is_saved_is_an_export(app: Flask, ilse: Visitor, case: Case) -> None:
    ilse.get("/cases.csv")
    assert [line[:3] for line in logged(app)] == [("export", "R", case.id)]


def test_a_command_is_a_line_of_its_own_name(app: Flask, ilse: Visitor, case: Case) -> None:
    address = f"/cases/{case.id}/record/voice-wish"
    form = {"words": "Ik wil weer zwemmen.", "form": "said", "voiced_by": "client"}
    sent = {"csrf_token": token(ilse, address), "version": case.version, "posted": str(uuid4())}
    answer = ilse.post(address, data={**form, **sent, "happened_on": "12-01-2026"})
    assert answer.status_code == 303, answer.text
    assert logged(app)[-1][:3] == ("voice_wish", "C", case.id)


def test_a_form_that_is_not_right_is_a_look_and_no_command(app: Flask, ilse: Visitor, case: Case) -> None:
    address = f"/cases/{case.id}/record/voice-wish"
    sent = {"csrf_token": token(ilse, address), "version": case.version, "posted": str(uuid4())}
    assert ilse.post(address, data=sent).status_code == 422
    assert logged(app)[-1][:2] == ("read", "R")


def test_a_case_that_is_not_theirs_leaves_no_line(app: Flask, as_: As, case: Case) -> None:
    assert as_("vera", Role.COORDINATOR, "Zuid").get(f"/cases/{case.id}").status_code == 404
    assert not logged(app)


def test_what_is_not_in_a_case_of_theirs_shows_nothing(app: Flask, ilse: Visitor, case: Case) -> None:
    assert ilse.get(f"/cases/{case.id}/entries/999").status_code == 404
    with desk_of(app).pool.connection() as db:
        assert db.execute("SELECT outcome, entry FROM draad.access_log").fetchall() == [("not_shown", 999)]


def test_opening_a_case_is_a_line(app: Flask, ilse: Visitor) -> None:
    page, posted = token(ilse, "/cases/new"), str(uuid4())
    form = {"name": "Jan Jansen", "legal_basis": "wmo", "question": "Kan ik hulp krijgen?"}
    say = {"stance": "agrees", "client_words": "Ja, graag.", "initiative": "client"}
    sent = {"csrf_token": page, "version": "0", "posted": posted, "happened_on": "12-01-2026"}
    assert ilse.post("/cases/new", data={**form, **say, **sent}).status_code == 303
    assert logged(app)[-1][:3] == ("open_case", "C", UUID(posted))


def test_an_emergency_is_known_by_its_ground(app: Flask, as_: As, case: Case) -> None:
    vera = as_("vera", Role.COORDINATOR, "Zuid")
    sent = {"csrf_token": token(vera, "/emergency-access"), "version": "0", "posted": str(uuid4())}
    form = {"case_number": "2026-1", "reason": "Zij stond buiten op straat."}
    assert vera.post("/emergency-access", data={**form, **sent}).status_code == 303
    vera.get(f"/cases/{case.id}")
    assert [line[3] for line in logged(app)] == ["emergency", "emergency"]
    with desk_of(app).pool.connection() as db:
        assert not db.execute("SELECT 1 FROM draad.access_log l WHERE l::text ILIKE '%straat%'").fetchall()


def test_without_the_line_the_answer_is_not_sent(app: Flask, ilse: Visitor, case: Case) -> None:
    address = f"/cases/{case.id}/plan"
    with psycopg.connect(desk_of(app).database.dsn(OWNER), autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON draad.access_log FROM draad_app")
        try:
            answer = ilse.get(address)
        finally:
            owner.execute("GRANT INSERT ON draad.access_log TO draad_app")
    assert answer.status_code == 503
    assert "Jan Jansen" not in answer.text
    assert answer.headers["Content-Security-Policy"]
    assert ilse.get(address).status_code == 200


def the_client(app: Flask, case: Case) -> Visitor:
    """A browser in which the client of this case signed in."""
    return open_own(app, case)


def the_manager(as_: As, case: Case) -> Visitor:
    """A manager who said what for."""
    browser, address = as_("hanneke", Role.MANAGER), f"/cases/{case.id}/purpose"
    said = {"purpose": "quality", "words": "Steekproef van het jaar", "csrf_token": token(browser, address)}
    assert browser.post(address, data=said).status_code == 303
    return browser


def of_a_case(app: Flask) -> list[Rule]:
    """Every page that is about one case."""
    rules = [r for r in app.url_map.iter_rules() if "case_id" in r.arguments and "GET" in (r.methods or ())]
    return [r for r in rules if not r.endpoint.startswith("api.") and r.endpoint not in SHOWS_NOTHING]


def address_of(rule: Rule, case: Case) -> str:
    """One that is there, as far as it is known here how."""
    known = {"case_id": case.id, "number": 1, "command": "voice-wish"}
    of = {"support_id": next(iter(case.plan.supports), uuid4()), "document_id": uuid4()}
    parts = {
        name: next(iter(getattr(rule._converters[name], "items", ())), (known | of).get(name, uuid4()))
        for name in rule.arguments
    }
    built = rule.build(parts, append_unknown=False)
    assert built
    return built[1]


def test_every_page_that_shows_a_case_writes_one_line_for_it(app: Flask, as_: As) -> None:
    """Swept over all routes, for those who may see the case: who reads, and the client themselves."""
    case = given.with_support()
    kept(app, case)
    readers = [as_(), the_manager(as_, case), the_client(app, case)]
    shown = 0
    for browser in readers:
        for rule in of_a_case(app):
            before = len(logged(app))
            answer = browser.get(address_of(rule, case))
            here = [line for line in logged(app)[before:] if line[2] == case.id]
            if answer.status_code == 200:
                shown += 1
                assert len(here) == 1, f"{rule}: {here}"
            else:
                assert not here or answer.status_code in {303, 404, 403}, f"{rule}: {answer.status}"
    assert shown > 10
