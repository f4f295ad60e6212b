"""The administrator says who is told; the secret is seen once."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from domain.entry import Role
from domain.store import dead_letters, subscribers
from domain.store.subscribers import Subscriber
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept

As = Callable[..., Visitor]
SECRET = re.compile(r"whsec_[\w+/=]{44}")


@pytest.fixture
def admin(as_: As) -> Visitor:
    as_("ilse")
    return as_("ada", Role.ADMINISTRATOR, "")


def press(browser: Visitor, path: str = "", **typed: str) -> tuple[int, str]:
    form = {"csrf_token": token(browser, "/subscribers"), **typed}
    answer = browser.post(f"/subscribers{path}", data=form)
    return answer.status_code, unescape(answer.text)


def added(admin: Visitor, **other: str) -> tuple[int, str]:
    typed = {"name": "Rooster", "url": "https://rooster.example/draad", "user_name": "ilse"} | other
    return press(admin, **typed)


def the_one(app: Flask) -> Subscriber:
    with desk_of(app).pool.connection() as db:
        (one,) = subscribers.every(db)
    return one


def test_the_secret_is_shown_once(app: Flask, admin: Visitor) -> None:
    status, page = added(admin)
    assert status == 200
    first = SECRET.search(page)
    assert first
    assert not SECRET.search(admin.get("/subscribers").text)
    _, page = press(admin, f"/{the_one(app).id}/secret")
    second = SECRET.search(page)
    assert second
    assert second[0] != first[0]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("url", "http://rooster.example", "Geef een heel adres dat begint met https://"),
        ("url", "https://10.0.0.1/", "Dit adres ligt binnen een netwerk."),
        ("user_name", "nobody", "Geen account met deze gebruikersnaam mag zelf dossiers lezen."),
        ("name", "", "Dit mag niet leeg zijn"),
    ],
)
def test_what_is_not_right_is_said_by_its_field(
    admin: Visitor, field: str, typed: str, sentence: str
) -> None:
    status, page = added(admin, **{field: typed})
    assert status == 422
    assert f'href="#{field}"' in page
    assert 'value="Rooster"' in page or field == "name"
    if field != "name":
        assert sentence in page


def test_it_is_stopped_started_and_taken_away(app: Flask, admin: Visitor) -> None:
    added(admin)
    one = the_one(app)
    assert press(admin, f"/{one.id}/stop")[0] == 303
    assert the_one(app).stopped_at
    assert "Gestopt" in admin.get("/subscribers").text
    assert press(admin, f"/{one.id}/start")[0] == 303
    assert not the_one(app).stopped_at
    assert press(admin, f"/{one.id}/take-away")[0] == 303
    assert "Niemand krijgt bericht" in admin.get("/subscribers").text
    assert press(admin, f"/{one.id}/stop")[0] == 404


def test_what_was_given_up_stands_there_and_is_sent_again(app: Flask, admin: Visitor) -> None:
    added(admin)
    one, case = the_one(app), a_case_of("Mia Jansen")
    kept(app, case)
    desk = desk_of(app)
    with desk.pool.connection() as db:
        now = desk.casework.clock()
        subscribers.failed(db, one, "HTTP 500", now, now)
        assert "Komt niet aan sinds" in admin.get("/subscribers").text
        dead_letters.give_up(db, one, one.position + 1, "HTTP 500", now)
    page = admin.get("/subscribers").text
    assert "1 bericht is opgegeven" in page
    assert "HTTP 500" in page
    assert "Jansen" not in page
    assert press(admin, f"/{one.id}/send-again")[0] == 303
    with desk.pool.connection() as db:
        assert [letter.asked_again for letter in dead_letters.all_of(db)] == [True]


def test_it_says_that_a_receiver_is_gone_and_since_when(app: Flask, admin: Visitor) -> None:
    added(admin)
    desk = desk_of(app)
    with desk.pool.connection() as db:
        subscribers.agreed(db, the_one(app), desk.casework.clock(), None)
        subscribers.gone(db, the_one(app), "HTTP 410", desk.casework.clock())
    page = admin.get("/subscribers").text
    assert "Wil geen berichten" in page
    assert "dat hij er niet meer is (HTTP 410)" in page
    assert press(admin, f"/{the_one(app).id}/start")[0] == 303
    assert "HTTP 410" not in admin.get("/subscribers").text


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.IMPORT}])
def test_nobody_else_comes_there(as_: As, role: Role) -> None:
    assert as_(f"x-{role}", role).get("/subscribers").status_code == 403
    assert as_(f"x-{role}", role).post(f"/subscribers/{UUID(int=1)}/stop").status_code in {400, 403}
