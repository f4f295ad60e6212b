"""A mandate is given, opens its cases and no other, and is over when it is over: at the next click."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from domain.case import Case
from domain.days import end_of
from domain.entry import Role
from domain.kinds import PersonKind
from domain.review import Review
from projections import review as reviews
from tests import given
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import DAY, a_case_of, follow, kept
from tests.web.own_plan import open_own

As = Callable[..., Visitor]
WHY = "Hoe er met een nee is omgegaan."


@pytest.fixture
def case(app: Flask) -> Case:
    """The one that is reviewed."""
    one = a_case_of("Jan Jansen", "2024-0317")
    kept(app, one)
    return one


@pytest.fixture
def manager(as_: As) -> Visitor:
    return as_("hanneke", Role.MANAGER, "")


@pytest.fixture
def reviewer(as_: As) -> Visitor:
    return as_("hanna", Role.REVIEWER, "")


def send(browser: Visitor, address: str, of: str = "", **typed: Any) -> TestResponse:
    """Send a form of the page `of`, as a browser does."""
    form = {"csrf_token": token(browser, of or address), "version": 0, "posted": uuid4(), **typed}
    return browser.post(address, data=form)


def a_mandate(app: Flask, manager: Visitor, reviewer: Visitor, typed: dict[str, str]) -> TestResponse:
    """The form to give one, sent: right but for what is `typed` otherwise."""
    until = given.TODAY + timedelta(days=30)
    facts = {
        "reviewer": str(reviewer.account.id),  # type: ignore[attr-defined]
        "cases": "2024-0317",
        "purpose": WHY,
        "ground": "Wmo 2015, artikel 6.1",
        "until": f"{until:%d-%m-%Y}",
    }
    answer = send(manager, "/reviews/new", **facts | typed)
    follow(app)
    return answer


def given_to(app: Flask, manager: Visitor, reviewer: Visitor, cases: str = "2024-0317") -> UUID:
    """A mandate; gives its id."""
    answer = a_mandate(app, manager, reviewer, {"cases": cases})
    assert answer.status_code == 303, answer.text
    return UUID(answer.location.rsplit("/", 1)[1])


def told(answer: TestResponse) -> str:
    """What a page says, without what differs each second."""
    return re.sub(r'value="[^"]+"|\d\d:\d\d', "", answer.text)


def review_of(app: Flask, mandate: UUID, case: Case) -> Review:
    return desk_of(app).casework.review(mandate, case.id)


@contextmanager
def at(app: Flask, moment: datetime) -> Iterator[None]:
    """Another moment on the clock of the application."""
    casework = desk_of(app).casework
    before, casework.clock = casework.clock, lambda: moment
    try:
        yield
    finally:
        casework.clock = before


def test_a_mandate_opens_its_case_for_that_reviewer_and_no_other_case(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor, as_: As
) -> None:
    other = a_case_of("Piet Pietersen", "2024-0318")
    kept(app, other)
    nothing = reviewer.get(f"/cases/{uuid4()}")
    assert reviewer.get(f"/cases/{case.id}").status_code == 404
    given_to(app, manager, reviewer)
    for page in ("", "/plan", "/timeline", "/story", "/chain", "/people", "/documents"):
        assert reviewer.get(f"/cases/{case.id}{page}").status_code == 200, page
        theirs = reviewer.get(f"/cases/{other.id}{page}")
        assert (theirs.status_code, told(theirs)) == (404, told(nothing))
    somebody_else = as_("sara", Role.REVIEWER, "")
    assert somebody_else.get(f"/cases/{case.id}").status_code == 404


def test_a_reviewer_reads_and_records_nothing(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    given_to(app, manager, reviewer)
    page = reviewer.get(f"/cases/{case.id}").text
    assert f"/cases/{case.id}/record" not in page
    assert f"/cases/{case.id}/say-sheet" not in page
    assert WHY in page
    for address in ("record", "record/take-action", "conversation", "say-sheet"):
        assert reviewer.get(f"/cases/{case.id}/{address}").status_code in {403, 404}


def test_what_relatives_told_the_team_alone_is_read_by_the_reviewer(
    app: Flask, manager: Visitor, reviewer: Visitor
) -> None:
    one = a_case_of("Jan Jansen", "2024-0317")
    els = one.join_person(name="Els Jansen", kind=PersonKind.RELATIVE, **given.telling(DAY))
    one.hear_network_view(els, "Hij eet slecht, vind ik.", unasked=True, **given.telling(DAY))
    kept(app, one)
    given_to(app, manager, reviewer)
    assert "Hij eet slecht, vind ik." in reviewer.get(f"/cases/{one.id}/timeline").text


def test_a_mandate_that_was_ended_opens_nothing_at_the_next_click(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    mandate = given_to(app, manager, reviewer)
    assert reviewer.get(f"/cases/{case.id}").status_code == 200
    assert reviewer.get(f"/reviews/{mandate}").status_code == 200
    ended = send(manager, f"/reviews/{mandate}/end", f"/reviews/{mandate}", reason="Klaar.")
    assert ended.status_code == 303
    for address in (f"/cases/{case.id}", f"/cases/{case.id}/timeline", f"/reviews/{mandate}"):
        nothing = reviewer.get(re.sub("[0-9a-f-]{36}", str(uuid4()), address))
        answer = reviewer.get(address)  # nothing was followed yet: the review itself is read
        assert (answer.status_code, told(answer)) == (404, told(nothing)), address
    assert "Jan Jansen" not in reviewer.get("/reviews").text


def test_a_mandate_that_is_over_by_a_second_opens_nothing(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    mandate = given_to(app, manager, reviewer)
    last = end_of(review_of(app, mandate, case).until)
    for address in (f"/cases/{case.id}", f"/reviews/{mandate}"):
        with at(app, last):
            assert reviewer.get(address).status_code == 200
        with at(app, last + timedelta(seconds=1)):
            assert reviewer.get(address).status_code == 404
    with at(app, last + timedelta(seconds=1)):
        assert "Jan Jansen" not in reviewer.get("/reviews").text


def test_a_form_that_was_open_when_the_mandate_ended_is_not_recorded(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    mandate = given_to(app, manager, reviewer)
    form = {"csrf_token": token(reviewer, f"/reviews/{mandate}"), "version": 0, "posted": uuid4()}
    send(manager, f"/reviews/{mandate}/end", f"/reviews/{mandate}", reason="Klaar.")
    for command in ("note-finding", "ask-question"):
        answer = reviewer.post(f"/reviews/{mandate}/{case.id}/{command}", data={**form, "words": "Nog iets."})
        assert answer.status_code == 404
    assert review_of(app, mandate, case).version == 2


def test_findings_and_questions_go_to_the_organisation_and_answers_come_back(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor, as_: As
) -> None:
    mandate = given_to(app, manager, reviewer)
    page, under = f"/reviews/{mandate}", f"/reviews/{mandate}/{case.id}"
    assert send(reviewer, f"{under}/note-finding", page, words="Dat ging goed.", entry="2").status_code == 303
    assert send(reviewer, f"{under}/ask-question", page, words="Waarom stopte dat?").status_code == 303
    follow(app)
    coordinator = as_("ilse", Role.COORDINATOR)
    assert "1 vraag wacht" in coordinator.get(f"/cases/{case.id}").text
    assert "Vraag van een toetser wacht" in coordinator.get("/cases").text
    theirs = coordinator.get(f"/cases/{case.id}/reviews").text
    assert "Waarom stopte dat?" in theirs
    assert "Dat ging goed." not in theirs
    assert "Dat ging goed." in manager.get(page).text
    answer = send(
        coordinator, f"{under}/answer-question/3", f"/cases/{case.id}/reviews", words="Dat staat er niet."
    )
    assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}/reviews")
    follow(app)
    assert "Vraag van een toetser wacht" not in coordinator.get("/cases").text
    shown = reviewer.get(page).text
    assert "Dat staat er niet." in shown
    assert f"/cases/{case.id}/entries/2" in shown
    again = send(manager, f"{under}/answer-question/3", page, words="Toch wel.")
    assert again.status_code == 422
    assert "Toch wel." in again.text or "al beantwoord" in again.text


def test_the_same_form_twice_is_one_finding(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    mandate, form = given_to(app, manager, reviewer), uuid4()
    page, address = f"/reviews/{mandate}", f"/reviews/{mandate}/{case.id}/note-finding"
    for _ in range(2):
        assert send(reviewer, address, page, words="Eén keer.", posted=form).status_code == 303
    assert len(review_of(app, mandate, case).findings) == 1
    other = send(reviewer, address, page, words="Iets anders.", posted=form)
    assert other.status_code == 422
    assert "Iets anders." in other.text
    assert str(form) not in other.text  # the next time it is sent, it is another one


def test_what_is_wrong_is_said_with_the_field_and_nothing_that_was_typed_is_lost(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    mandate = given_to(app, manager, reviewer)
    page, address = f"/reviews/{mandate}", f"/reviews/{mandate}/{case.id}/note-finding"
    for typed, field in (({"words": " "}, "words"), ({"words": "Zie daar.", "entry": "99"}, "entry")):
        answer = send(reviewer, address, page, **typed)
        assert answer.status_code == 422
        assert f'id="note_finding-{case.id}-{field}-error"' in answer.text
        assert typed["words"].strip() in answer.text
    assert review_of(app, mandate, case).version == 1


def test_cases_are_named_by_number_or_name_and_what_is_not_found_is_said(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    kept(app, a_case_of("Piet Pietersen", "2024-0318"))
    wrong = a_mandate(app, manager, reviewer, {"cases": "2024-0317\nJan, zzz"})
    assert wrong.status_code == 422
    assert "Jan Jansen (2024-0317)" in wrong.text
    assert "“zzz”" in wrong.text
    mandate = given_to(app, manager, reviewer, "Jan Jansen; 2024-0317\npiet pietersen")
    page = reviewer.get(f"/reviews/{mandate}").text
    assert len(re.findall(r'id="case-', page)) == 2
    assert "Jan Jansen" in page
    assert "Piet Pietersen" in page


@pytest.mark.parametrize(
    "wrong",
    [
        ("reviewer", "00000000-0000-0000-0000-000000000001"),
        ("reviewer", "iemand"),
        ("cases", " , "),
        ("purpose", " "),
        ("ground", ""),
        ("until", "31-02-2027"),
        ("until", "01-01-2026"),
        ("until", "01-01-2099"),
    ],
)
def test_a_mandate_that_is_not_right_is_not_given(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor, wrong: tuple[str, str]
) -> None:
    name, typed = wrong
    answer = a_mandate(app, manager, reviewer, {name: typed})
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text
    assert reviewer.get(f"/cases/{case.id}").status_code == 404


def test_who_is_no_reviewer_or_whose_account_is_disabled_gets_no_mandate(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor, as_: As
) -> None:
    coordinator = as_("ilse", Role.COORDINATOR)
    assert a_mandate(app, manager, coordinator, {}).status_code == 422
    assert str(coordinator.account.id) not in manager.get("/reviews/new").text  # type: ignore[attr-defined]
    with desk_of(app).pool.connection() as db:
        db.execute(
            "UPDATE draad.account SET disabled_at = now() WHERE id = %(id)s",
            {"id": reviewer.account.id},  # type: ignore[attr-defined]
        )
    assert a_mandate(app, manager, reviewer, {}).status_code == 422


def test_the_same_form_gives_a_mandate_once(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    kept(app, a_case_of("Piet Pietersen", "2024-0318"))
    form = str(uuid4())
    for _ in range(2):
        assert a_mandate(app, manager, reviewer, {"posted": form}).status_code == 303
    other = a_mandate(app, manager, reviewer, {"posted": form, "cases": "2024-0318"})
    assert other.status_code == 422
    assert form not in other.text  # the next time it is sent, it is another one
    with desk_of(app).pool.connection() as db:
        assert [row.case_id for row in reviews.found(db)] == [case.id]


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.COORDINATOR, {"/reviews": 404, "/reviews/new": 403}),
        (Role.WORKER, {"/reviews": 404, "/reviews/new": 403}),
        (Role.PARTNER, {"/reviews": 404, "/reviews/new": 403}),
        (Role.CLIENT, {"/reviews": 404, "/reviews/new": 403}),
        (Role.ADMINISTRATOR, {"/reviews": 404, "/reviews/new": 403}),
        (Role.REVIEWER, {"/reviews": 200, "/reviews/new": 403}),
        (Role.MANAGER, {"/reviews": 200, "/reviews/new": 200}),
    ],
)
def test_who_gives_and_who_sees_mandates(as_: As, role: Role, addresses: dict[str, int]) -> None:
    browser = as_("iemand", role)
    assert {address: browser.get(address).status_code for address in addresses} == addresses


def test_a_mandate_and_its_forms_are_not_there_for_others(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor, as_: As
) -> None:
    mandate = given_to(app, manager, reviewer)
    other = as_("sara", Role.REVIEWER, "")
    nothing = other.get(f"/reviews/{uuid4()}")
    theirs = other.get(f"/reviews/{mandate}")
    assert (theirs.status_code, told(theirs)) == (404, told(nothing))
    page, under = f"/reviews/{mandate}", f"/reviews/{mandate}/{case.id}"
    assert send(reviewer, f"{under}/ask-question", page, words="Waarom?").status_code == 303
    far = as_("ruben", Role.COORDINATOR, "Zuid")
    assert far.get(f"/cases/{case.id}/reviews").status_code == 404
    form = {"csrf_token": token(far, "/cases"), "version": 0, "posted": uuid4(), "words": "Ja."}
    assert far.post(f"{under}/answer-question/2", data=form).status_code == 404
    assert review_of(app, mandate, case).open_questions
    form["csrf_token"] = token(other, "/reviews")
    for command in ("note-finding", "ask-question"):
        assert other.post(f"/reviews/{mandate}/{case.id}/{command}", data=form).status_code == 404
        assert other.post(f"/reviews/{mandate}/{uuid4()}/{command}", data=form).status_code == 404
    assert other.post(f"/reviews/{mandate}/end", data={**form, "reason": "Klaar."}).status_code == 403


def test_who_looks_at_a_review_is_written_down_for_each_case(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor
) -> None:
    mandate = given_to(app, manager, reviewer)
    for browser, ground in ((reviewer, "mandate"), (manager, "purpose")):
        browser.get(f"/reviews/{mandate}")
        with desk_of(app).pool.connection() as db:
            looks = db.execute(
                """
                SELECT authorisation_protocol, user_id, why IS NOT NULL
                  FROM draad.access_log
                 WHERE object_id = %(case)s AND detail = 'review.mandate'
                 ORDER BY id DESC
                 LIMIT 1""",
                {"case": case.id},
            ).fetchone()
        assert looks == (ground, browser.account.id, ground == "mandate")  # type: ignore[attr-defined]


def test_where_nothing_is_under_review_the_pages_say_so(
    app: Flask, case: Case, manager: Visitor, reviewer: Visitor, as_: As
) -> None:
    assert "Er is nog geen mandaat gegeven" in manager.get("/reviews").text
    assert "Er loopt nu geen mandaat" in reviewer.get("/reviews").text
    assert "Niemand van buiten" in as_("ilse").get(f"/cases/{case.id}/reviews").text


def test_the_client_is_told_who_reviews_for_whom_what_for_and_until_when(
    app: Flask, manager: Visitor, reviewer: Visitor, as_: As
) -> None:
    one = a_case_of("Sanne Mulder", "2024-0319")
    sanne = open_own(app, one)
    follow(app)
    assert WHY not in sanne.get(f"/my-plan/{one.id}").text
    mandate = given_to(app, manager, reviewer, "2024-0319")
    until = review_of(app, mandate, one).until
    page = sanne.get(f"/my-plan/{one.id}").text
    for words in (WHY, "Wmo 2015, artikel 6.1", "Hanna", "De Linde", f"{until:%d-%m-%Y}"):
        assert words in page
    assert "Niemand buiten onze organisatie" not in page
    send(manager, f"/reviews/{mandate}/end", f"/reviews/{mandate}", reason="Klaar.")
    page = sanne.get(f"/my-plan/{one.id}").text  # nothing was followed yet
    assert "Dat is voorbij." in page
