"""Forgetting on the pages: proposed by one, typed and decided by another, with a certificate at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from domain.case import Case
from domain.entry import Role
from domain.kinds import RequestAnswerKind, RequestKind, Voice
from domain.store.erasing import sweep
from jobs.following import FOLLOWED
from tests.given import deciding, telling
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, follow, kept
from web.access import PURPOSES

As = Callable[..., Visitor]
PROPOSAL = {
    "happened_on": "22-11-2026",
    "entry": "all",
    "ground": "term_is_over",
    "reason": "De termijn is om.",
}


@pytest.fixture
def case(app: Flask) -> Case:
    one = a_case_of("Jan Jansen", "2024-0317")
    kept(app, one)
    return one


@pytest.fixture
def manager(as_: As, case: Case) -> Visitor:
    return with_purpose(as_("hanneke", Role.MANAGER, ""), case)


@pytest.fixture
def second(as_: As, case: Case) -> Visitor:
    return with_purpose(as_("omar", Role.MANAGER, ""), case)


def with_purpose(browser: Visitor, case: Case) -> Visitor:
    with browser.session_transaction() as session:
        session[PURPOSES] = {str(case.id): "request_of_client"}
    return browser


def send(browser: Visitor, address: str, **typed: object) -> TestResponse:
    form = {"csrf_token": token(browser, address), "version": 2, "posted": uuid4(), **typed}
    return browser.post(address, data=form)


def proposed(app: Flask, case: Case, manager: Visitor, **typed: object) -> str:
    """The address where it is decided."""
    address = f"/cases/{case.id}/record/propose-erasure"
    answer = send(manager, address, **(PROPOSAL | typed))
    assert answer.status_code == 303, answer.text
    follow(app)
    return f"/cases/{case.id}/erasures/3"


def test_what_is_proposed_stands_on_a_list_with_what_would_go(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    address = proposed(app, case, manager)
    listed = second.get("/erasures").text
    assert "Jan Jansen" in listed
    assert address in listed
    page = second.get(address).text
    assert "De termijn is om." in page
    assert "2024-0317" in page
    assert "gebeurtenissen" in page


def test_who_asks_to_be_forgotten_stands_there_with_the_last_day_for_an_answer_until_it_is_given(
    app: Flask, case: Case, manager: Visitor
) -> None:
    with desk_of(app).casework.changing(case.id) as change:
        for kind in (RequestKind.ERASURE, RequestKind.COPY):
            change.case.receive_request(kind, Voice.CLIENT, "Dat vraag ik.", **telling(date(2026, 9, 10)))
    follow(app)
    page = manager.get("/erasures").text
    assert "antwoord nodig uiterlijk op" in page
    assert "10-10-2026" in page
    assert "Die dag is voorbij" in page
    assert page.count("/record/answer-request?") == 1  # the other one asks for a copy
    assert f'href="/cases/{case.id}/entries/3"' in page
    assert "1 cliënt vroeg om vernietigen" in manager.get("/retention").text
    with desk_of(app).casework.changing(case.id) as change:
        change.case.answer_request(3, RequestAnswerKind.REFUSED, "De wet bewaart het.", **deciding())
    follow(app)
    assert "antwoord nodig" not in manager.get("/erasures").text
    assert "vroeg om vernietigen" not in manager.get("/retention").text


def test_whoever_proposed_it_is_not_offered_to_decide_it_and_cannot(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    address = proposed(app, case, manager)
    assert "Alles vernietigen</button>" not in manager.get(address).text
    answer = manager.post(address, data={"csrf_token": token(manager, "/erasures"), "confirm": "2024-0317"})
    assert answer.status_code in (400, 422)
    assert second.get(f"/cases/{case.id}").status_code == 200


def test_nothing_goes_until_the_number_is_typed(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    address = proposed(app, case, manager)
    assert send(second, address, confirm="ja").status_code == 422
    assert second.get(f"/cases/{case.id}").status_code == 200


def test_it_is_decided_and_ends_with_a_certificate_without_a_name(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    address, form = proposed(app, case, manager), token(second, "/erasures")
    answer = send(second, address, confirm=" 2024-0317 ")
    assert answer.status_code == 303
    assert second.get(f"/cases/{case.id}").status_code == 404
    again = second.post(address, data={"csrf_token": form, "confirm": "2024-0317", "posted": uuid4()})
    assert (again.status_code, again.location) == (303, "/erasures")
    assert "Nog niet klaar" in second.get("/erasures").text
    assert second.get(answer.location).status_code == 200
    desk = desk_of(app)
    desk.casework.vault.keep, keep = 0, desk.casework.vault.keep
    sweep(desk.database, desk.casework.vault)
    desk.casework.vault.keep = keep
    said = second.get(answer.location).text
    assert "Verklaring van vernietiging" in said
    assert "dossiers: 1" in said
    assert "Jansen" not in said
    assert "Jan Jansen" not in second.get("/erasures").text
    assert "Jan Jansen" not in second.get("/cases").text
    assert second.get(f"/erasures/{uuid4()}").status_code == 404


def test_one_entry_goes_and_its_gap_is_read_on_the_timeline(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    address = proposed(app, case, manager, entry="2")
    decide = f"/cases/{case.id}/record/approve-erasure"
    assert address in second.get("/erasures").text
    page = second.get(address).text
    assert f'action="{decide}"' in page
    assert 'name="happened_on" value="22-11-2026"' in page
    assert f'href="/cases/{case.id}/entries/2"' in page
    assert "kunt dit niet terugdraaien" in page
    assert send(second, address, confirm="2024-0317").status_code == 404  # of one entry, never all of it
    assert send(second, decide, proposal="3", happened_on="22-11-2026", version=3).status_code == 303
    page = second.get(f"/cases/{case.id}/timeline").text
    assert "Hier stond een gebeurtenis die vernietigd is" in page
    assert "Jan Jansen" not in page
    gap = second.get(f"/cases/{case.id}/entries/2").text
    assert "Wie het schreef en wanneer, is ook vernietigd." in gap
    assert "/record/restrict-entry" not in gap
    saved = second.get(f"/cases/{case.id}/timeline.csv").text
    assert next(line for line in saved.splitlines() if line.startswith("2;")).startswith("2;;;")
    assert second.get(f"/cases/{case.id}").status_code == 200


def test_whoever_decides_stays_signed_in(app: Flask, case: Case, manager: Visitor, second: Visitor) -> None:
    """Sessions that name the case go with it; theirs names it no more."""
    address = proposed(app, case, manager)
    answer = send(second, address, confirm="2024-0317")
    desk = desk_of(app)
    sweep(desk.database, desk.casework.vault)
    assert second.get(answer.location).status_code == 200
    assert manager.get("/erasures").status_code == 303


def test_what_speaks_of_the_entry_is_named_where_it_is_proposed_and_where_it_is_decided(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    """It may hold the same words, and stays."""
    with desk_of(app).casework.changing(case.id) as change:
        change.case.correct_entry(2, "name", "Jan Janssen", "fout", **telling())
        change.case.add_statement(2, "Zo was het niet.", **telling())
    follow(app)
    ask = manager.get(f"/cases/{case.id}/record/propose-erasure?entry=2").text
    address = proposed(app, case, manager, entry="2", version=4).replace("/3", "/5")
    for page in (ask, second.get(address).text):
        assert f'href="/cases/{case.id}/entries/3"' in page
        assert f'href="/cases/{case.id}/entries/4"' in page
        assert "dezelfde woorden" in page
    assert "dezelfde woorden" not in manager.get(f"/cases/{case.id}/record/propose-erasure?entry=4").text


def test_the_other_cases_of_the_client_are_named_for_they_go_too(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    other = a_case_of("Jan Jansen", "2031-0001", client=case.client_id)
    kept(app, other)
    page = second.get(proposed(app, case, manager)).text
    assert f'href="/cases/{other.id}"' in page
    assert "2031-0001" in page


def test_who_does_not_choose_what_has_to_go_proposes_nothing(
    app: Flask, case: Case, manager: Visitor
) -> None:
    address = f"/cases/{case.id}/record/propose-erasure"
    assert send(manager, address, **(PROPOSAL | {"entry": ""})).status_code == 422
    follow(app)
    assert "Er is niets voorgesteld." in manager.get("/erasures").text


def test_the_form_that_destroys_does_not_promise_that_it_can_be_put_right(
    app: Flask, case: Case, manager: Visitor, second: Visitor
) -> None:
    proposed(app, case, manager, entry="2")
    form = second.get(f"/cases/{case.id}/record/approve-erasure?proposal=3").text
    assert "kunt dit niet terugdraaien" in form
    assert "later herstellen" not in form
    assert 'name="as_draft"' not in form


def test_the_read_model_of_proposals_is_followed() -> None:
    assert "erasures" in {model.name for model in FOLLOWED}
