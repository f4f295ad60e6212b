"""Forms come from our own pages, and the cookie stays where it belongs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from domain.store.accounts import Account
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, token
from web.app import create_app

As = Callable[..., Visitor]


@pytest.mark.parametrize("given", [{}, {"csrf_token": "made-up"}])
def test_a_form_without_its_token_is_not_taken(
    visitor: Visitor, account: Callable[..., Account], given: dict[str, str]
) -> None:
    account("ilse")
    visitor.get("/sign-in")
    answer = visitor.post("/sign-in", data={"user": "ilse", "passphrase": PASSPHRASE, **given})
    assert answer.status_code == 400
    assert visitor.get("/cases").status_code == 303


def test_a_token_of_another_session_is_not_taken(app: Flask, as_: As) -> None:
    ilse, noor = as_("ilse"), as_("noor")
    foreign = token(noor, "/cases")
    assert ilse.post("/cases/search", data={"csrf_token": foreign, "q": "x"}).status_code == 400


def test_what_was_typed_is_shown_when_the_form_is_too_old_but_no_pass_phrase(visitor: Visitor) -> None:
    words = "Ik wil <b>zelf</b> koken."
    answer = visitor.post("/cases/new", data={"question": words, "passphrase": "secret words"})
    assert answer.status_code == 400
    assert "Ik wil &lt;b&gt;zelf&lt;/b&gt; koken." in answer.text
    assert "secret words" not in answer.text


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(visitor: Visitor) -> None:
    set_cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie


def test_over_https_the_cookie_is_bound_to_this_host(app: Flask) -> None:
    https = create_app(desk_of(app).database.secrets.folder.parent, HTTPS=True, TESTING=True)
    try:
        answer = https.test_client().get("/sign-in", base_url="https://localhost")
    finally:
        https.extensions["draad"].close()
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-draad=")
    assert "; Secure" in set_cookie
    assert "; Path=/" in set_cookie
    assert "Strict-Transport-Security" in answer.headers
