"""The second step of signing in: nothing is open before it, and a code opens once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from domain.entry import Role
from domain.store.accounts import Account
from domain.store.second_factor import has_second_factor, remove_second_factor
from tests.disabling import disable_account
from tests.web.accounts import code_of, noted, post, second_factor_needed, set_up
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, token
from tests.web.test_sign_in import cookie, is_in, later

As = Callable[..., Visitor]
Make = Callable[..., Account]
CODE = "/sign-in/code"
SET_UP = "/sign-in/second-factor"


@pytest.fixture
def ilse(app: Flask, account: Make) -> tuple[Account, str]:
    """Somebody with a second factor, and its secret."""
    who = account("ilse")
    return who, set_up(app, who.id)


@pytest.fixture(autouse=True)
def afterwards(app: Flask, account: Make) -> object:
    """The accounts stay; what these tests set up goes."""
    yield
    with desk_of(app).pool.connection() as db:
        for user in ("ilse", "vera", "sanne"):
            row = db.execute("SELECT id FROM draad.account WHERE user_name = %(u)s", {"u": user}).fetchone()
            if row:
                remove_second_factor(db, row[0])


def half_way(browser: Visitor, user: str = "ilse", **more: str) -> str:
    """After the pass phrase; gives where it leads."""
    form = {"csrf_token": token(browser), "user": user, "passphrase": PASSPHRASE, **more}
    return str(browser.post("/sign-in", data=form).headers["Location"])


def give(browser: Visitor, code: str) -> int:
    return browser.post(CODE, data={"csrf_token": token(browser, CODE), "code": code}).status_code


def test_after_the_pass_phrase_nothing_is_open_yet(visitor: Visitor, ilse: tuple[Account, str]) -> None:
    assert half_way(visitor) == CODE
    assert not is_in(visitor)
    for address in ("/own-account", "/own-account/second-factor", SET_UP, "/"):
        answer = visitor.get(address)
        assert answer.status_code == 303
        assert "/sign-in" in visitor.get(address, follow_redirects=True).request.path


def test_with_the_code_one_comes_in_where_one_wanted(visitor: Visitor, ilse: tuple[Account, str]) -> None:
    half_way(visitor, next="/cases?late=1")
    assert post(visitor, CODE, code=code_of(ilse[1])) == "/cases?late=1"
    assert is_in(visitor)


def test_each_step_is_a_session_of_its_own(app: Flask, visitor: Visitor, ilse: tuple[Account, str]) -> None:
    visitor.get("/sign-in")
    before = cookie(visitor)
    half_way(visitor)
    between = cookie(visitor)
    give(visitor, code_of(ilse[1]))
    assert len({before, between, cookie(visitor)}) == 3
    for planted in (before, between):
        other = app.test_client()
        other.set_cookie("draad", planted)
        assert not is_in(other)
        assert other.get(CODE).status_code == 303


def test_a_code_is_not_taken_twice(app: Flask, visitor: Visitor, ilse: tuple[Account, str]) -> None:
    code, other = code_of(ilse[1]), app.test_client()
    half_way(visitor)
    half_way(other)
    assert give(visitor, code) == 303
    assert give(other, code) == 401
    assert not is_in(other)


def test_the_code_without_the_pass_phrase_opens_nothing(visitor: Visitor, ilse: tuple[Account, str]) -> None:
    answer = visitor.post(CODE, data={"csrf_token": token(visitor), "code": code_of(ilse[1])})
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(visitor)


def test_half_way_lasts_five_minutes(app: Flask, visitor: Visitor, ilse: tuple[Account, str]) -> None:
    half_way(visitor)
    later(app, timedelta(minutes=4), "started_at")
    assert visitor.get(CODE).status_code == 200
    later(app, timedelta(minutes=2), "started_at")
    assert visitor.get(CODE).headers["Location"] == "/sign-in"


def test_half_way_ends_when_the_account_is_disabled(
    app: Flask, visitor: Visitor, ilse: tuple[Account, str]
) -> None:
    half_way(visitor)
    with desk_of(app).pool.connection() as db:
        disable_account(db, "ilse")
    assert visitor.get(CODE).headers["Location"] == "/sign-in"


def test_codes_are_counted_as_pass_phrases_are(
    app: Flask, visitor: Visitor, ilse: tuple[Account, str]
) -> None:
    half_way(visitor)
    assert [give(visitor, "000000") for _ in range(5)] == [401] * 5
    assert give(visitor, code_of(ilse[1])) == 429
    from_elsewhere = app.test_client()
    form = {"user": "ilse", "passphrase": PASSPHRASE, "csrf_token": token(from_elsewhere)}
    elsewhere = {"REMOTE_ADDR": "10.0.0.7"}
    from_elsewhere.post("/sign-in", data=form, environ_base=elsewhere)
    form = {"code": code_of(ilse[1]), "csrf_token": token(from_elsewhere, CODE)}
    assert from_elsewhere.post(CODE, data=form, environ_base=elsewhere).status_code == 429


def test_the_pass_phrase_does_not_clear_the_guesses_at_the_code(
    visitor: Visitor, ilse: tuple[Account, str]
) -> None:
    for _ in range(5):
        half_way(visitor)
        give(visitor, "000000")
    form = {"csrf_token": token(visitor), "user": "ilse", "passphrase": PASSPHRASE}
    assert visitor.post("/sign-in", data=form).status_code == 429


def test_staff_without_one_set_it_up_before_anything_opens(
    app: Flask, visitor: Visitor, account: Make
) -> None:
    who = account("vera")
    with second_factor_needed(app):
        assert half_way(visitor, "vera", next="/cases?late=1") == SET_UP
        assert not is_in(visitor)
        assert visitor.get(CODE).status_code == 200  # half-way, but no code of theirs opens it
        assert give(visitor, "000000") == 401
        page = visitor.get(SET_UP).text
        secret = "".join(re.search(r'address">([A-Z2-7 ]+)<', page)[1].split())  # type: ignore[index]
        assert "path" in page
        answer = post(visitor, SET_UP, code=code_of(secret))
        assert len(re.findall(r"<li><b[^>]*>[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}</b>", answer)) == 10
        assert 'href="/cases?late=1"' in answer
        assert is_in(visitor)
        with desk_of(app).pool.connection() as db:
            assert has_second_factor(db, who.id)


def test_a_wrong_first_code_sets_up_nothing(app: Flask, visitor: Visitor, account: Make) -> None:
    who = account("vera")
    with second_factor_needed(app):
        half_way(visitor, "vera")
        form = {"csrf_token": token(visitor, SET_UP), "code": "000000"}
        assert visitor.post(SET_UP, data=form).status_code == 422
        assert not is_in(visitor)
        with desk_of(app).pool.connection() as db:
            assert not has_second_factor(db, who.id)


def test_two_who_are_half_way_do_not_see_the_same_secret(app: Flask, account: Make) -> None:
    account("vera")
    with second_factor_needed(app):
        one, two = app.test_client(), app.test_client()
        pages = []
        for browser in (one, one, two):
            half_way(browser, "vera")
            pages.append(re.search(r'address">([A-Z2-7 ]+)<', browser.get(SET_UP).text)[1])  # type: ignore[index]
        assert len(set(pages)) == 3
        again = re.search(r'address">([A-Z2-7 ]+)<', two.get(SET_UP).text)
        assert again
        assert again[1] == pages[2]


def test_who_has_one_does_not_get_past_it_by_setting_up_another(
    app: Flask, visitor: Visitor, ilse: tuple[Account, str]
) -> None:
    with second_factor_needed(app):
        half_way(visitor)
        assert visitor.get(SET_UP).headers["Location"] == "/sign-in"
        form = {"csrf_token": token(visitor, CODE), "code": "000000"}
        assert visitor.post(SET_UP, data=form).headers["Location"] == "/sign-in"


@pytest.mark.parametrize("role", [Role.CLIENT, Role.REPRESENTATIVE])
def test_a_client_chooses(app: Flask, visitor: Visitor, account: Make, role: Role) -> None:
    account("sanne", role)
    with second_factor_needed(app):
        assert half_way(visitor, "sanne") == "/my-plan"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLIENT, Role.REPRESENTATIVE, Role.IMPORT}))
def test_every_other_role_needs_one(app: Flask, visitor: Visitor, account: Make, role: Role) -> None:
    account("vera", role)
    with second_factor_needed(app):
        assert half_way(visitor, "vera") == SET_UP


def test_a_paper_code_opens_once(app: Flask, as_: As) -> None:
    browser = as_("ilse")
    set_up(app, browser.account.id)  # type: ignore[attr-defined]
    page = post(browser, "/own-account/paper-codes", "/own-account", passphrase=PASSPHRASE)
    paper = re.search(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", page)
    assert paper
    assert paper[0] not in browser.get("/own-account").text
    one, two = app.test_client(), app.test_client()
    half_way(one)
    half_way(two)
    assert give(one, paper[0]) == 303
    assert give(two, paper[0]) == 401


def test_an_open_session_alone_changes_nothing(app: Flask, as_: As) -> None:
    browser = as_("ilse")
    account = browser.account  # type: ignore[attr-defined]
    secret = set_up(app, account.id)
    for address in ("/own-account/paper-codes", "/own-account/second-factor/remove"):
        post(browser, address, "/own-account", passphrase="wrong")
    page = browser.get("/own-account/second-factor").text
    new = "".join(re.search(r'address">([A-Z2-7 ]+)<', page)[1].split())  # type: ignore[index]
    post(browser, "/own-account/second-factor", code=code_of(new), passphrase="wrong")
    half_way(other := app.test_client())
    assert give(other, code_of(new)) == 401
    assert give(other, code_of(secret)) == 303


def test_moved_to_another_telephone(app: Flask, as_: As) -> None:
    browser = as_("ilse")
    before = set_up(app, browser.account.id)  # type: ignore[attr-defined]
    page = browser.get("/own-account/second-factor").text
    new = "".join(re.search(r'address">([A-Z2-7 ]+)<', page)[1].split())  # type: ignore[index]
    post(browser, "/own-account/second-factor", code=code_of(new), passphrase=PASSPHRASE)
    half_way(other := app.test_client())
    assert give(other, code_of(before)) == 401


def test_staff_do_not_take_their_own_away(app: Flask, as_: As) -> None:
    browser = as_("ilse")
    account = browser.account  # type: ignore[attr-defined]
    set_up(app, account.id)
    with second_factor_needed(app):
        post(browser, "/own-account/second-factor/remove", "/own-account", passphrase=PASSPHRASE)
    with desk_of(app).pool.connection() as db:
        assert has_second_factor(db, account.id)
    post(browser, "/own-account/second-factor/remove", "/own-account", passphrase=PASSPHRASE)
    with desk_of(app).pool.connection() as db:
        assert not has_second_factor(db, account.id)


def test_the_log_says_what_was_wrong_and_holds_no_code(
    visitor: Visitor, ilse: tuple[Account, str], caplog: pytest.LogCaptureFixture
) -> None:
    half_way(visitor)
    give(visitor, "123123")
    give(visitor, code_of(ilse[1]))
    failed, opened = noted(caplog, "authn_login_fail"), noted(caplog, "authn_login_success")
    assert [(one["how"], one["user"]) for one in failed] == [("code", str(ilse[0].id))]
    assert [one["how"] for one in opened] == ["passphrase and code"]
    assert "123123" not in caplog.text
    assert PASSPHRASE not in caplog.text
