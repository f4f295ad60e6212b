"""The administrator links an account to who somebody is for the identity provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Flask

from domain.entry import Role
from domain.store import identities
from domain.store.accounts import Account
from tests.disabling import disable_account
from tests.web.conftest import Visitor, desk_of, token
from web.coming_in.provider import Provider

ISSUER = "https://login.linde.example"
As = Callable[..., Visitor]


@pytest.fixture
def provider(app: Flask) -> Iterator[Provider]:
    """One that is set up, with nobody linked."""
    app.config["OIDC"] = Provider(ISSUER, "draad", "https://draad.example", name="De Linde")
    with desk_of(app).pool.connection() as db:
        db.execute("DELETE FROM draad.identity")
    yield app.config["OIDC"]
    app.config["OIDC"] = None


@pytest.fixture
def beheer(as_: As, provider: Provider) -> Visitor:
    return as_("beheer", Role.ADMINISTRATOR)


def page_of(account: Account) -> str:
    return f"/users/{account.id}/identities"


def post(browser: Visitor, address: str, on: str, **typed: str) -> tuple[int, str]:
    form = {"csrf_token": token(browser, on), **typed}
    answer = browser.post(address, data=form, follow_redirects=True)
    return answer.status_code, answer.text


def test_what_is_linked_opens_the_account_and_taken_away_no_longer(
    app: Flask, beheer: Visitor, as_: As, account: Callable[..., Account]
) -> None:
    noor, page = account("noor"), page_of(account("noor"))
    assert page in beheer.get(f"/users/{noor.id}").text
    assert "Nog niets" in beheer.get(page).text
    assert post(beheer, page, page, subject=" sub-noor ")[0] == 200
    with desk_of(app).pool.connection() as db:
        found = identities.account_of(db, ISSUER, "sub-noor")
    assert found
    assert found.id == noor.id
    browser = as_("noor")
    assert browser.get("/cases").status_code == 200
    assert "Weggehaald" in post(beheer, f"{page}/remove", page, issuer=ISSUER, subject="sub-noor")[1]
    assert browser.get("/cases").status_code == 303
    with desk_of(app).pool.connection() as db:
        assert identities.account_of(db, ISSUER, "sub-noor") is None


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [("", "geen kenmerk"), ("a\0b", "geen kenmerk"), ("taken", "al een ander account")],
)
def test_what_cannot_be_linked_says_why_and_keeps_what_was_typed(
    app: Flask, beheer: Visitor, account: Callable[..., Account], subject: str, sentence: str
) -> None:
    account("vera")
    with desk_of(app).pool.connection() as db:
        identities.link(db, "vera", ISSUER, "taken")
    page = page_of(account("noor"))
    status, text = post(beheer, page, page, subject=subject)
    assert status == 422
    assert sentence in text
    if subject == "taken":
        assert 'value="taken"' in text


def test_a_disabled_account_is_not_linked(
    app: Flask, beheer: Visitor, account: Callable[..., Account]
) -> None:
    page = page_of(account("noor"))
    with desk_of(app).pool.connection() as db:
        disable_account(db, "noor")
    assert post(beheer, page, page, subject="sub-noor")[0] == 422


def test_only_the_administrator_and_only_staff(
    app: Flask, beheer: Visitor, as_: As, account: Callable[..., Account]
) -> None:
    page = page_of(account("noor"))
    assert as_("ilse").get(page).status_code == 403
    assert beheer.get(page_of(account(f"client-{uuid4()}", Role.CLIENT))).status_code == 404
    assert beheer.get(f"/users/{uuid4()}/identities").status_code == 404


def test_without_a_provider_there_is_no_such_page(
    app: Flask, beheer: Visitor, account: Callable[..., Account]
) -> None:
    noor = account("noor")
    app.config["OIDC"] = None
    assert beheer.get(page_of(noor)).status_code == 404
    assert "identities" not in beheer.get(f"/users/{noor.id}").text
