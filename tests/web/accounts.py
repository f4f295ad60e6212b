"""What tests about accounts have in common: codes, links and the lines of the security log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pyotp
import pytest
from flask import Flask

from domain.store.second_factor import confirm_second_factor, new_secret, remove_second_factor, shown_secret
from tests import given
from tests.web.conftest import Visitor, desk_of, token


@contextmanager
def second_factor_needed(app: Flask) -> Iterator[None]:
    """As it is outside the demo."""
    app.config["SECOND_FACTOR"] = "staff"
    try:
        yield
    finally:
        app.config["SECOND_FACTOR"] = "off"


def set_up(app: Flask, account: UUID) -> str:
    """Give an account a second factor; gives its secret."""
    desk = desk_of(app)
    key, clock = desk.key("second factor"), desk.casework.clock()
    sealed = new_secret(key, account)
    secret = shown_secret(key, account, sealed)
    with desk.pool.connection() as db:
        remove_second_factor(db, account)
        long_ago = clock.replace(year=2025)
        code = pyotp.TOTP(secret).at(long_ago)
        assert confirm_second_factor(db, key, account, sealed, code, now=long_ago, anew=True)
    return secret


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret).at(given.now())


def post(browser: Visitor, address: str, form_at: str = "", /, **form: str) -> str:
    """Fill in a form; gives where it leads, or the page it shows."""
    answer = browser.post(address, data={"csrf_token": token(browser, form_at or address), **form})
    return str(answer.headers.get("Location", answer.text))


def link_on(page: str) -> str:
    """The path of the one-time link on a page."""
    found = re.search(r"(/welcome/[\w-]{43})<", page)
    assert found, page
    return found[1]


def noted(caplog: pytest.LogCaptureFixture, event: str = "") -> list[dict[str, str]]:
    """The lines of the security log, of one event."""
    lines = [json.loads(one.getMessage()) for one in caplog.records if one.name == "draad.security"]
    return [line for line in lines if event in {"", line["event"]}]
