"""The pages on a real database, and people who sign in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.entry import Role
from domain.store.accounts import Account, add_account
from domain.store.database import Database
from tests import given
from web.app import create_app
from web.desk import Desk

PASSPHRASE = "zes paarden lopen langzaam"
Visitor = FlaskClient


@pytest.fixture(scope="session")
def pages(database: Database) -> Iterator[Flask]:
    """The application, on the database of this run."""
    app = create_app(database.secrets.folder.parent, TESTING=True, SECOND_FACTOR="off", PACE=0)
    desk_of(app).casework.clock = given.now
    yield app
    app.extensions["draad"].close()


@pytest.fixture
def app(pages: Flask, fresh: Database) -> Flask:
    """The application, with nobody signed in and nothing recorded."""
    return begun_anew(pages)


def begun_anew(pages: Flask) -> Flask:
    """Nobody is signed in, and lists wait for what is recorded from now on."""
    with desk_of(pages).pool.connection() as db:
        db.execute("DELETE FROM draad.session")
        db.execute("DELETE FROM draad.sign_in_attempt")
    for who in ("shown", "signals"):
        desk_of(pages).shown._reached(who, 0)  # the numbers of the record begin again
    return pages


def desk_of(app: Flask) -> Desk:
    desk: Desk = app.extensions["draad"]
    return desk


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A browser that nobody signed in with."""
    return app.test_client()


@pytest.fixture
def account(app: Flask) -> Callable[..., Account]:
    """Makes an account, or gives the one that has this name already."""

    def make(user_name: str = "ilse", role: Role = Role.COORDINATOR, team: str = "Noord") -> Account:
        with desk_of(app).pool.connection() as db:
            found = db.execute(
                "SELECT id, name FROM draad.account WHERE user_name = %(n)s", {"n": user_name}
            ).fetchone()
            if found:
                db.execute(
                    """
                    UPDATE draad.account SET role = %(r)s, team = %(t)s, disabled_at = NULL
                     WHERE id = %(id)s""",
                    {"r": role, "t": team, "id": found[0]},
                )
                return Account(found[0], user_name, found[1], role, "De Linde", team)
            return add_account(
                db,
                user_name,
                PASSPHRASE,
                name=user_name.title(),
                role=role,
                organisation="De Linde",
                team=team,
            )

    return make


@pytest.fixture
def as_(app: Flask, account: Callable[..., Account]) -> Callable[..., Visitor]:
    """A browser in which somebody is signed in: `as_("ilse", Role.COORDINATOR)`. `.account` says who."""

    def enter(user_name: str = "ilse", role: Role = Role.COORDINATOR, team: str = "Noord") -> Visitor:
        who, browser = account(user_name, role, team), app.test_client()
        sign_in(browser, who.user_name)
        browser.account = who  # type: ignore[attr-defined]
        return browser

    return enter


def token(browser: Visitor, address: str = "/sign-in") -> str:
    """The CSRF token of a page with a form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(address).text)
    assert found, f"{address} has no form"
    return found[1]


def sign_in(browser: Visitor, user: str, passphrase: str = PASSPHRASE, **more: str) -> int:
    """Fill in the sign-in page; gives the status of the answer."""
    form = {"csrf_token": token(browser), "user": user, "passphrase": passphrase, **more}
    return browser.post("/sign-in", data=form).status_code


def says_what_for(browser: Visitor, case_id: UUID, purpose: str = "quality") -> None:
    """A manager says what they read this case for, for the rest of the session."""
    address = f"/cases/{case_id}/purpose"
    browser.post(address, data={"csrf_token": token(browser, address), "purpose": purpose})


def case_page(case_id: UUID) -> str:
    return f"/cases/{case_id}"
