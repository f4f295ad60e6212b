"""The client reads who looked, in plain words, and can say that it is not right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.access import Ground
from domain.case import Case
from domain.entry import Actor, Role
from domain.kinds import LegalKind, PersonKind, RequestKind, Scope, Voice
from domain.store.access_log import ELSEWHERE, Code, Look, Point, Visit, write
from domain.store.accounts import add_account
from tests import given
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in, token
from tests.web.following import a_case_of, kept
from tests.web.own_plan import open_own

As = Callable[..., Visitor]
NOOR = Actor(UUID(int=0xA7), Role.WORKER, "Noor Bakker", "De Linde", "Noord")
RUUD = Actor(UUID(int=0xE7), Role.MANAGER, "Ruud Maas", "De Linde")
MORNING = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)


@pytest.fixture
def case(app: Flask) -> Case:
    case = a_case_of("Sanne Mulder", "2026-1")
    kept(app, case)
    return case


@pytest.fixture
def sanne(app: Flask, case: Case) -> Visitor:
    """The client, signed in."""
    return enters(app, case)


def enters(app: Flask, case: Case) -> Visitor:
    name = f"client-{case.client_id}"
    with desk_of(app).pool.connection() as db:
        add_account(db, name, PASSPHRASE, name="Sanne Mulder", role=Role.CLIENT, id=case.client_id)
    browser = app.test_client()
    assert sign_in(browser, name) == 303
    return browser


def looked(
    app: Flask,
    case: Case,
    by: Actor = NOOR,
    ground: Ground | str = Ground.JOINED,
    *,
    at: datetime = MORNING,
    code: str = Code.READ,
    why: str = "",
    detail: str = "case.plan",
) -> None:
    visit = Visit(by, at, Point.WEB, detail, uuid4())
    desk = desk_of(app)
    with desk.pool.connection() as db:
        write(db, desk.casework.vault, visit, [Look(case.id, ground, code, why)])


def page_of(case: Case, **asked: str) -> str:
    query = "&".join(f"{name}={text}" for name, text in asked.items())
    return f"/my-plan/{case.id}/looks?{query}"


def main_of(browser: Visitor, address: str) -> str:
    """What the page says, without its tags."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def test_it_says_who_when_in_which_role_what_and_on_what_ground(
    app: Flask, case: Case, sanne: Visitor
) -> None:
    looked(app, case)
    text = main_of(sanne, page_of(case))
    assert "20-11-2026" in text
    assert re.search("Noor Bakker ?, helpt (jou|u)", text)
    assert "om 09:05. Het plan." in text
    assert re.search("Dat mocht, omdat deze persoon (jou|u) hielp.", text)


def test_a_look_of_today_is_told_as_it_is_today(app: Flask, case: Case, sanne: Visitor) -> None:
    looked(app, case, at=desk_of(app).casework.clock())
    assert re.search("Dat mag, omdat deze persoon (jou|u) helpt.", main_of(sanne, page_of(case)))


def test_the_looks_of_one_person_on_one_day_are_one_line_with_the_first_time(
    app: Flask, case: Case, sanne: Visitor
) -> None:
    for hours in (3, 0, 5):
        looked(app, case, at=MORNING + timedelta(hours=hours))
    looked(app, case, at=MORNING - timedelta(days=1))
    text = main_of(sanne, page_of(case))
    assert text.count("Noor Bakker ,") == 2
    assert "3 keer, de eerste keer om 09:05" in text


def test_midnight_here_begins_a_new_day(app: Flask, case: Case, sanne: Visitor) -> None:
    looked(app, case, at=datetime(2026, 11, 19, 22, 59, tzinfo=UTC))
    looked(app, case, at=datetime(2026, 11, 19, 23, 1, tzinfo=UTC))
    text = main_of(sanne, page_of(case))
    assert "19-11-2026" in text
    assert "20-11-2026" in text


def test_their_own_looks_are_not_told(app: Flask, case: Case, sanne: Visitor) -> None:
    main_of(sanne, page_of(case))
    assert "Nog niemand" in main_of(sanne, page_of(case))


def test_a_look_in_another_record_is_told_as_one(app: Flask, case: Case, sanne: Visitor) -> None:
    els = Actor(UUID(int=0xB7), Role.IMPORT, "Els Bakker")
    looked(app, case, els, ELSEWHERE, detail="elsewhere")
    text = main_of(sanne, page_of(case))
    assert "Els Bakker , werkt met een ander dossier" in text
    assert "Dat was in een ander dossier." in text


def test_what_stood_on_a_list_is_apart(app: Flask, case: Case, sanne: Visitor) -> None:
    looked(app, case, ground="role", code=Code.LIST, detail="caseload.cases")
    assert "Noor Bakker" not in main_of(sanne, page_of(case))
    assert "Noor Bakker" in main_of(sanne, page_of(case, lists="1"))


def test_what_a_manager_looked_for_is_told(app: Flask, case: Case, sanne: Visitor) -> None:
    looked(app, case, RUUD, Ground.PURPOSE, why="complaint: Een klacht over de planning")
    text = main_of(sanne, page_of(case))
    assert "Ruud Maas , geeft leiding bij De Linde" in text
    assert "Reden: “een klacht: Een klacht over de planning”" in text


def test_an_emergency_is_marked_and_says_why(app: Flask, case: Case, as_: As, sanne: Visitor) -> None:
    vera = as_("vera", Role.COORDINATOR, "Zuid")
    sent = {"csrf_token": token(vera, "/emergency-access"), "version": "0", "posted": str(uuid4())}
    form = {"case_number": "2026-1", "reason": "Zij stond buiten op straat."}
    assert vera.post("/emergency-access", data={**form, **sent}).status_code == 303
    text = main_of(sanne, page_of(case))
    assert "Noodsituatie Vera" in text
    assert "Reden: “Zij stond buiten op straat.”" in text


def test_a_period_can_be_chosen_and_a_day_that_is_none_is_said(
    app: Flask, case: Case, sanne: Visitor
) -> None:
    looked(app, case)
    assert "Noor Bakker" in main_of(sanne, page_of(case, since="20-11-2026", until="20-11-2026"))
    assert "Noor Bakker" not in main_of(sanne, page_of(case, since="21-11-2026"))
    assert "Noor Bakker" not in main_of(sanne, page_of(case, until="19-11-2026"))
    assert "Schrijf de dag zo" in main_of(sanne, page_of(case, since="gisteren"))


def test_there_are_pages(app: Flask, case: Case, sanne: Visitor) -> None:
    for days in range(30):
        looked(app, case, at=MORNING - timedelta(days=days))
    assert main_of(sanne, page_of(case)).count("Noor Bakker ,") == 25
    assert main_of(sanne, page_of(case, page="2")).count("Noor Bakker ,") == 5


def test_another_clients_page_is_not_there(app: Flask, case: Case, sanne: Visitor) -> None:
    other = a_case_of("Sanne Mulder", "2026-1")
    kept(app, other)
    looked(app, other)
    for address in (page_of(other), f"/my-plan/{other.id}/looks/objection"):
        assert sanne.get(address).status_code == 404


def test_the_look_of_another_clients_record_is_not_told_in_an_objection(
    app: Flask, case: Case, sanne: Visitor
) -> None:
    other = a_case_of("Sanne Mulder", "2026-1")
    kept(app, other)
    looked(app, other)
    assert "Noor" not in main_of(sanne, f"/my-plan/{case.id}/looks/objection?look=1")


def test_staff_do_not_read_it_here(case: Case, as_: As) -> None:
    for address in (page_of(case), f"/my-plan/{case.id}/looks/objection?look=1"):
        assert as_().get(address).status_code == 404


def test_who_speaks_for_one_client_no_more_comes_to_the_plan_of_the_other(app: Flask) -> None:
    rita, now = uuid4(), date(2026, 11, 20)
    cases = [given.an_opened_case(client_id=uuid4()) for _ in range(2)]
    for case in cases:
        facts = {"name": "Rita", "kind": PersonKind.REPRESENTATIVE, "user": rita, **given.telling(now)}
        case.name_representative(
            case.join_person(**facts), LegalKind.MENTOR, Scope.CARE, **given.telling(now)
        )
        kept(app, case)
    browser = open_own(app, cases[0], Role.REPRESENTATIVE, rita)
    first = browser.get("/my-plan/looks").headers["Location"]
    ended, other = sorted(cases, key=lambda case: str(case.id) not in first)
    with desk_of(app).casework.changing(ended.id) as change:
        person = given.person_called(ended, "Rita")
        change.case.end_representation(person, "Zij stopt.", **given.telling())
    assert browser.get("/my-plan/looks").headers["Location"] == f"/my-plan/{other.id}/looks"
    assert str(ended.id) not in browser.get(page_of(other)).text


def test_an_objection_becomes_a_request_of_the_client(app: Flask, case: Case, sanne: Visitor) -> None:
    looked(app, case)
    address = f"/my-plan/{case.id}/looks/objection?look=1"
    assert "Noor Bakker, 20-11-2026" in main_of(sanne, address)
    sent = {"csrf_token": token(sanne, address), "version": str(case.version), "posted": str(uuid4())}
    for _ in range(2):  # sent twice is recorded once
        answer = sanne.post(address, data={**sent, "look": "1", "words": "Waarom keek Noor?"})
        assert answer.status_code == 303, answer.text
    kept_case = desk_of(app).casework.history(case.id)
    (request,) = kept_case.plan.requests.values()
    assert (request.kind, request.asked_by, request.open) == (RequestKind.OBJECTION, Voice.CLIENT, True)
    assert request.words == "Het gaat over: Noor Bakker, 20-11-2026.\nWaarom keek Noor?"
    assert kept_case.entries[-1].by.user == case.client_id
    with desk_of(app).pool.connection() as db:
        codes = [code for (code,) in db.execute("SELECT event_code FROM draad.access_log ORDER BY id")]
    assert "object_to_look" in codes


def test_without_words_it_is_not_sent(case: Case, sanne: Visitor) -> None:
    address = f"/my-plan/{case.id}/looks/objection"
    sent = {"csrf_token": token(sanne, address), "version": str(case.version), "posted": str(uuid4())}
    answer = sanne.post(address, data={**sent, "words": " "})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
