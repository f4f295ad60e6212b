"""Accounts: invited, changed, disabled, reset; by an administrator, by who works on the case, by oneself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.entry import Role
from domain.store.accounts import Account, account_named, account_of
from domain.store.second_factor import has_second_factor
from tests.disabling import disable_account
from tests.web.accounts import link_on, noted, post, set_up
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in, token
from tests.web.test_sign_in import is_in, later

As = Callable[..., Visitor]
Make = Callable[..., Account]
NEW = "vier blauwe stoelen buiten"


@pytest.fixture
def admin(as_: As) -> Visitor:
    return as_("beheer", Role.ADMINISTRATOR, "")


def a_name() -> str:
    return f"wilma-{uuid4().hex[:12]}"  # accounts are never deleted


def added(admin: Visitor, user_name: str, role: str = "worker") -> str:
    """The page with the link."""
    return post(admin, "/users/new", name="Wilma Post", user_name=user_name, role=role, new_team="Oost")


def found(app: Flask, user_name: str) -> Account:
    with desk_of(app).pool.connection() as db:
        account = account_named(db, user_name)
    assert account
    return account


def id_of(app: Flask, user_name: str) -> UUID:
    return found(app, user_name).id


def choose(browser: Visitor, link: str, passphrase: str = NEW, again: str = "") -> int:
    """Follow a link and choose a pass phrase; gives the status of the answer."""
    arrived = browser.get(link)
    if arrived.status_code != 303:
        return arrived.status_code
    form = {"passphrase": passphrase, "again": again or passphrase, "csrf_token": token(browser, "/welcome")}
    return browser.post("/welcome", data=form).status_code


def test_who_is_invited_chooses_a_pass_phrase_and_comes_in(admin: Visitor, visitor: Visitor) -> None:
    user = a_name()
    link = link_on(added(admin, user.upper()))
    assert sign_in(visitor, user, "") == 401
    assert choose(visitor, link) == 303
    assert not is_in(visitor)  # choosing is not yet signing in
    assert sign_in(visitor, user, NEW) == 303
    assert is_in(visitor)


def test_a_link_is_shown_once_and_looking_does_not_use_it_up(
    admin: Visitor, visitor: Visitor, app: Flask
) -> None:
    user = a_name()
    link = link_on(added(admin, user))
    assert link not in admin.get(f"/users/{id_of(app, user)}").text
    for _ in range(3):
        assert app.test_client().get(link, follow_redirects=True).status_code == 200
    assert choose(visitor, link) == 303
    assert choose(app.test_client(), link) == 404


def test_two_who_opened_the_same_link_do_not_both_choose(admin: Visitor, app: Flask) -> None:
    user = a_name()
    link = link_on(added(admin, user))
    one, two = app.test_client(), app.test_client()
    tokens = []
    for browser in (one, two):
        browser.get(link)
        tokens.append(token(browser, "/welcome"))
    form = {"passphrase": NEW, "again": NEW}
    assert one.post("/welcome", data={**form, "csrf_token": tokens[0]}).status_code == 303
    other = {"passphrase": "iets heel anders dan dat", "again": "iets heel anders dan dat"}
    assert two.post("/welcome", data={**other, "csrf_token": tokens[1]}).status_code == 404
    assert sign_in(app.test_client(), user, NEW) == 303


def test_what_opens_is_in_no_address_that_a_page_is_shown_at(admin: Visitor, visitor: Visitor) -> None:
    link = link_on(added(admin, a_name()))
    arrived = visitor.get(link)
    assert arrived.headers["Location"] == "/welcome"
    assert arrived.headers["Referrer-Policy"] == "no-referrer"
    assert arrived.headers["Cache-Control"] == "no-store"
    page = visitor.get("/welcome")
    assert link.rpartition("/")[2] not in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("passphrase", "again", "says"),
    [
        ("kort", "", "minstens 12 tekens"),
        ("x" * 201, "", "hoogstens 200"),
        ("wachtwoord123", "", "wordt het eerst geraden"),
        ("Welkom 2026!!", "", "wordt het eerst geraden"),
        ("123456789012", "", "wordt het eerst geraden"),
        ("qwertyuiopas", "", "wordt het eerst geraden"),
        ("abababababab", "", "wordt het eerst geraden"),
        ("            ", "", "minstens 12 tekens"),
        (NEW, "vier blauwe stoelen binnen", "niet gelijk"),
    ],
)
def test_a_pass_phrase_that_is_guessed_first_is_refused_and_the_link_stays(
    admin: Visitor, visitor: Visitor, passphrase: str, again: str, says: str
) -> None:
    link = link_on(added(admin, a_name()))
    visitor.get(link)
    form = {"passphrase": passphrase, "again": again or passphrase, "csrf_token": token(visitor, "/welcome")}
    answer = visitor.post("/welcome", data=form)
    assert answer.status_code == 422
    assert says in answer.text
    assert passphrase not in answer.text
    assert choose(visitor, link) == 303


def test_the_own_user_name_is_no_pass_phrase(admin: Visitor, visitor: Visitor) -> None:
    user = a_name()
    link = link_on(added(admin, user))
    assert choose(visitor, link, f"{user}!!") == 422


def test_a_reset_ends_every_session_and_keeps_the_second_factor(
    app: Flask, admin: Visitor, as_: As, visitor: Visitor
) -> None:
    user = a_name()
    browser = as_(user)
    who = browser.account  # type: ignore[attr-defined]
    link = link_on(post(admin, f"/users/{who.id}/link", f"/users/{who.id}"))
    set_up(app, who.id)
    assert is_in(browser)
    assert choose(visitor, link) == 303
    assert not is_in(browser)
    assert sign_in(visitor, user) == 401
    form = {"csrf_token": token(visitor), "user": user, "passphrase": NEW}
    assert visitor.post("/sign-in", data=form).headers["Location"] == "/sign-in/code"


def test_choosing_signs_out_whoever_made_the_link_in_this_browser(admin: Visitor) -> None:
    link = link_on(added(admin, a_name()))
    assert choose(admin, link) == 303
    assert admin.get("/users").status_code == 303


def test_a_disabled_account_is_not_opened_by_a_link_from_before(
    app: Flask, admin: Visitor, visitor: Visitor
) -> None:
    user = a_name()
    link = link_on(added(admin, user))
    visitor.get(link)
    sent = token(visitor, "/welcome")
    one = id_of(app, user)
    post(admin, f"/users/{one}/disable", f"/users/{one}")
    form = {"passphrase": NEW, "again": NEW, "csrf_token": sent}
    assert visitor.post("/welcome", data=form).status_code == 404
    assert visitor.get(link).status_code == 404
    assert (
        "Zet het eerst weer open"
        in admin.post(
            f"/users/{one}/link",
            data={"csrf_token": token(admin, f"/users/{one}")},
            follow_redirects=True,
        ).text
    )


def test_a_link_that_was_left_opens_no_disabled_account(app: Flask, admin: Visitor, visitor: Visitor) -> None:
    link = link_on(added(admin, user := a_name()))
    visitor.get(link)
    sent = token(visitor, "/welcome")
    with desk_of(app).pool.connection() as db:
        disable_account(db, user)  # its links were not revoked
    form = {"passphrase": NEW, "again": NEW, "csrf_token": sent}
    assert visitor.post("/welcome", data=form).status_code == 404


def test_disabled_and_enabled(app: Flask, admin: Visitor, as_: As) -> None:
    browser = as_(user := a_name())
    one = browser.account.id  # type: ignore[attr-defined]
    post(admin, f"/users/{one}/disable", f"/users/{one}")
    assert not is_in(browser)
    assert sign_in(app.test_client(), user) == 401
    post(admin, f"/users/{one}/enable", f"/users/{one}")
    assert not is_in(browser)  # what ended stays ended
    assert sign_in(app.test_client(), user) == 303


def test_in_another_role_one_signs_in_anew(admin: Visitor, as_: As) -> None:
    browser = as_(a_name())
    one = browser.account.id  # type: ignore[attr-defined]
    told = {"name": "Wilma", "new_team": "Oost", "email": ""}
    post(admin, f"/users/{one}", role="coordinator", **told)
    assert is_in(browser)
    post(admin, f"/users/{one}", role="manager", **told)
    assert not is_in(browser)


def test_the_second_factor_is_taken_away_and_sessions_are_ended(app: Flask, admin: Visitor, as_: As) -> None:
    browser = as_(a_name())
    one = browser.account.id  # type: ignore[attr-defined]
    set_up(app, one)
    post(admin, f"/users/{one}/second-factor", f"/users/{one}")
    assert not is_in(browser)
    with desk_of(app).pool.connection() as db:
        assert not has_second_factor(db, one)


def test_an_administrator_neither_disables_themself_nor_takes_their_own_role(admin: Visitor) -> None:
    one = admin.account.id  # type: ignore[attr-defined]
    assert "andere beheerder" in post(admin, f"/users/{one}/disable", f"/users/{one}")
    told = {"name": "Bert", "team": "", "email": ""}
    assert "andere beheerder" in post(admin, f"/users/{one}", role="worker", **told)
    assert post(admin, f"/users/{one}", role="administrator", **told) == f"/users/{one}"
    assert admin.get("/users").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Vul dit in"),
        ({"user_name": "Wilma Post"}, "zonder spaties"),
        ({"user_name": "<script>"}, "zonder spaties"),
        ({"role": "client"}, "Kies een rol"),
        ({"role": "import"}, "Kies een rol"),
        ({"role": ""}, "Kies een rol"),
        ({"email": "geen adres"}, "geen e-mailadres"),
        ({"new_team": "x" * 201}, "te lang"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_made(
    app: Flask, admin: Visitor, wrong: dict[str, str], says: str
) -> None:
    user = a_name()
    form = {"name": "Wilma Post", "user_name": user, "role": "worker", "new_team": "Oost", **wrong}
    form["csrf_token"] = token(admin, "/users/new")
    answer = admin.post("/users/new", data=form)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'aria-invalid="true"' in answer.text
    with desk_of(app).pool.connection() as db:
        assert account_named(db, user) is None


def test_a_user_name_is_given_once(admin: Visitor) -> None:
    user = a_name()
    added(admin, user)
    assert "bestaat al" in added(admin, user)


def test_the_list_is_searched_without_a_name_in_the_address(admin: Visitor) -> None:
    user = a_name()
    added(admin, user)
    assert post(admin, "/users/search", "/users", q=user) == "/users"
    page = admin.get("/users").text
    assert user in page
    assert "uitgenodigd" in page
    assert "1 account<" in page
    post(admin, "/users/search", "/users", q="%")
    assert "Geen accounts gevonden" in admin.get("/users").text


@pytest.mark.parametrize("role", ["worker", "coordinator", "manager", "administrator", "log_manager"])
def test_only_a_partner_or_a_reviewer_is_of_another_organisation(
    app: Flask, admin: Visitor, role: str
) -> None:
    told = {"name": "Wilma Post", "new_team": "Oost", "email": ""}
    for other in ("partner", "reviewer"):
        post(admin, "/users/new", role=other, organisation="Elders", user_name=(user := a_name()), **told)
        assert found(app, user).organisation == "Elders"
        post(admin, f"/users/{id_of(app, user)}", role=role, **told)
        assert found(app, user).organisation == "De Linde"
    post(admin, "/users/new", role=role, organisation="Elders", user_name=(user := a_name()), **told)
    assert found(app, user).organisation == "De Linde"


def test_clients_are_not_in_the_list_nor_changed_from_it(app: Flask, admin: Visitor, account: Make) -> None:
    client = account(user := a_name(), Role.CLIENT)
    post(admin, "/users/search", "/users", q=user)
    assert user not in admin.get("/users").text.replace(f'value="{user}"', "").replace(f": {user}", "")
    assert admin.get(f"/users/{client.id}").status_code == 404
    for action in ("", "/link", "/disable", "/enable", "/second-factor", "/sessions"):
        form = {"csrf_token": token(admin, "/users/new"), "name": "X", "role": "worker"}
        assert admin.post(f"/users/{client.id}{action}", data=form).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.IMPORT}))
def test_nobody_else_sees_or_changes_accounts(as_: As, role: Role) -> None:
    browser = as_("vera", role)
    mine = browser.account.id  # type: ignore[attr-defined]
    for address in ("/users", "/users/new", f"/users/{mine}"):
        assert browser.get(address).status_code == 403
    form = {"csrf_token": token(browser, "/own-account"), "role": "administrator", "name": "V"}
    assert browser.post(f"/users/{mine}", data=form).status_code == 403


def test_the_own_pass_phrase_is_changed_and_elsewhere_one_is_signed_out(app: Flask, as_: As) -> None:
    browser, elsewhere = as_(user := a_name()), app.test_client()
    sign_in(elsewhere, user)
    form = {"current": PASSPHRASE, "passphrase": NEW, "again": NEW}
    assert post(browser, "/own-account/passphrase", "/own-account", **form) == "/own-account"
    assert is_in(browser)
    assert not is_in(elsewhere)
    assert sign_in(elsewhere, user) == 401
    assert sign_in(elsewhere, user, NEW) == 303


def test_who_finds_an_open_session_does_not_change_the_pass_phrase(app: Flask, as_: As) -> None:
    browser = as_(user := a_name())
    for _ in range(5):
        form = {"current": "wrong", "passphrase": NEW, "again": NEW}
        assert "wachtzin klopt niet" in post(browser, "/own-account/passphrase", "/own-account", **form)
    form["current"] = PASSPHRASE
    assert "Wacht 15 minuten" in post(browser, "/own-account/passphrase", "/own-account", **form)
    with desk_of(app).pool.connection() as db:
        assert account_of(db, user, NEW) is None


def test_signed_out_everywhere(app: Flask, as_: As) -> None:
    browser, elsewhere = as_(user := a_name()), app.test_client()
    sign_in(elsewhere, user)
    post(browser, "/own-account/sign-out-everywhere", "/own-account")
    assert not is_in(browser)
    assert not is_in(elsewhere)


def test_the_foot_says_when_the_session_ends(as_: As) -> None:
    assert "Uitloggen gaat vanzelf om" in as_("ilse").get("/own-account").text


def test_the_security_log_tells_who_did_what_and_no_name(
    app: Flask, admin: Visitor, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    user = a_name()
    link = link_on(added(admin, user))
    one = id_of(app, user)
    choose(visitor, link)
    post(admin, f"/users/{one}", name="Wilma", role="coordinator", team="", email="")
    post(admin, f"/users/{one}/disable", f"/users/{one}")
    told = [(line["event"], line["user"], line["of"]) for line in noted(caplog) if line.get("of") == str(one)]
    boss = str(admin.account.id)  # type: ignore[attr-defined]
    assert told == [
        ("user_created", boss, str(one)),
        ("authn_token_created", boss, str(one)),
        ("authn_password_change", str(one), str(one)),
        ("privilege_permissions_changed", boss, str(one)),
        ("user_updated", boss, str(one)),
        ("user_archived", boss, str(one)),
    ]
    for typed in (user, "Wilma", NEW, link.rpartition("/")[2]):
        assert typed not in caplog.text


def test_every_line_of_the_security_log_says_when_who_where(
    as_: As, caplog: pytest.LogCaptureFixture
) -> None:
    browser = as_("ilse")
    browser.get(f"/cases/{uuid4()}")
    line = noted(caplog, "authz_fail")[0]
    assert line["datetime"].endswith("+00:00")
    assert line["user"] == str(browser.account.id)  # type: ignore[attr-defined]
    assert (line["source_ip"], line["route"], line["method"]) == ("127.0.0.1", "case.case", "GET")
    assert len(line["request_id"]) == 32


def test_what_was_typed_makes_no_line_of_its_own(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    forged = 'ilse\n{"event": "authn_login_success"}'
    form = {"csrf_token": token(visitor), "user": forged, "passphrase": forged, "next": f"//x{forged}"}
    visitor.post("/sign-in", data=form)
    visitor.get(f"/welcome/{'a' * 43}")
    assert {line["event"] for line in noted(caplog)} == {"authn_login_fail", "input_validation_fail"}
    assert all("\n" not in record.getMessage() for record in caplog.records)
    assert "ilse" not in caplog.text


def test_a_session_that_ended_by_itself_is_noted(
    app: Flask, as_: As, caplog: pytest.LogCaptureFixture
) -> None:
    browser = as_("ilse")
    later(app, timedelta(minutes=31), "used_at")
    browser.get("/cases")
    assert [line["user"] for line in noted(caplog, "session_expired")] == [
        str(browser.account.id)  # type: ignore[attr-defined]
    ]
