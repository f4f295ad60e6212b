"""What answers do not tell: whether a name, a link, a code or a number is one that exists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from domain.entry import Role
from domain.store.accounts import Account
from domain.store.links import Purpose, make_link
from tests.disabling import disable_account
from tests.web.accounts import second_factor_needed, set_up
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, token
from tests.web.following import a_case_of, kept
from tests.web.sweeping import without_ids

As = Callable[..., Visitor]
Make = Callable[..., Account]


@pytest.fixture
def unhurried(app: Flask) -> Flask:
    """Guesses are not counted: what differs here is not the number of them."""
    with psycopg.connect(desk_of(app).database.admin("draad"), autocommit=True) as db:
        db.execute("DELETE FROM draad.sign_in_attempt")
    return app


def tells(answer: TestResponse, *typed: str) -> tuple[int, str, str | None]:
    """What there is to see in an answer, but for what was typed."""
    text = without_ids(answer.text)
    for one in typed:
        text = text.replace(one, "…")
    return answer.status_code, text, answer.headers.get("Location")


def signing_in(app: Flask, user: str, passphrase: str) -> TestResponse:
    browser = app.test_client()
    form = {"csrf_token": token(browser), "user": user, "passphrase": passphrase}
    return browser.post("/sign-in", data=form)


def test_sign_in_does_not_tell_who_has_an_account(app: Flask, account: Make) -> None:
    account("ilse")
    account("gone")
    invited = account("new")
    with desk_of(app).pool.connection() as db:
        disable_account(db, "gone")
        db.execute("UPDATE draad.account SET passphrase_at = NULL WHERE id = %(id)s", {"id": invited.id})
    known = tells(signing_in(app, "ilse", "wrong"), "ilse")
    assert known[0] == 401
    assert tells(signing_in(app, "nobody", "wrong"), "nobody") == known
    assert tells(signing_in(app, "gone", PASSPHRASE), "gone") == known
    assert tells(signing_in(app, "new", "wrong"), "new") == known


def test_too_many_guesses_answer_the_same_for_a_name_that_nobody_has(app: Flask, account: Make) -> None:
    account("ilse")
    answers = []
    for user in ("ilse", "nobody"):
        with psycopg.connect(desk_of(app).database.admin("draad"), autocommit=True) as db:
            db.execute("DELETE FROM draad.sign_in_attempt")
        for _ in range(5):
            signing_in(app, user, "wrong")
        answers.append(tells(signing_in(app, user, "wrong"), user))
    assert answers[0] == answers[1]
    assert answers[0][0] == 429


def test_a_second_factor_shows_only_to_who_knows_the_pass_phrase(app: Flask, account: Make) -> None:
    both = account("with-two")
    account("with-one")
    set_up(app, both.id)
    with second_factor_needed(app):
        assert tells(signing_in(app, "with-two", "wrong"), "with-two") == tells(
            signing_in(app, "with-one", "wrong"), "with-one"
        )


def test_who_forgot_their_pass_phrase_is_asked_nothing(visitor: Visitor) -> None:
    page = visitor.get("/sign-in/forgotten").text.partition("<main")[2]
    assert "<input" not in page
    assert visitor.post("/sign-in/forgotten", data={"user": "ilse"}).status_code in {400, 405}


def links(app: Flask, purpose: Purpose, who: UUID, **of: Any) -> list[str]:
    """One that was never made, one that another took the place of, and that other one, which is over."""
    of["by"] = uuid4()
    with desk_of(app).pool.connection() as db:
        replaced = make_link(db, purpose, who, valid=timedelta(days=1), **of)
        over = make_link(db, purpose, who, valid=timedelta(seconds=-1), **of)
    return ["A" * 43, replaced, over]


def test_a_welcome_link_that_opens_nothing_does_not_tell_why(app: Flask, account: Make) -> None:
    ilse = account("ilse")
    found = {
        tells(app.test_client().get(f"/welcome/{made}"), made)
        for made in links(app, Purpose.PASSPHRASE, ilse.id)
    }
    assert len(found) == 1
    assert next(iter(found))[0] == 404


def test_an_answer_link_that_opens_nothing_does_not_tell_why(app: Flask) -> None:
    case = a_case_of("Jan Jansen")
    kept(app, case)
    of: dict[str, Any] = {"case_id": case.id, "entry": 999}  # an entry that is not there
    made = links(app, Purpose.ANSWER, case.client_id, **of)
    with desk_of(app).pool.connection() as db:
        how: dict[str, Any] = {"by": uuid4(), "valid": timedelta(days=1)}
        made.append(make_link(db, Purpose.ANSWER, case.client_id, **how, **of))
        made.append(make_link(db, Purpose.ANSWER, uuid4(), case_id=uuid4(), entry=1, **how))
    found = {tells(app.test_client().get(f"/answer/{one}"), one) for one in made}
    assert len(found) == 1
    assert next(iter(found))[0] == 404


@pytest.mark.parametrize("role", [Role.CLIENT, Role.REPRESENTATIVE, Role.PARTNER, Role.REVIEWER, Role.WORKER])
def test_the_api_does_not_tell_which_cases_there_are(app: Flask, as_: As, role: Role) -> None:
    """By a cookie there is nothing at all there; by a token see the sweep."""
    case = a_case_of("Jan Jansen")
    kept(app, case)
    browser = as_("lien", role, "Zuid")
    first, second = (browser.get(f"/api/v1/cases/{one}") for one in (case.id, uuid4()))
    assert tells(first) == tells(second)
    assert first.status_code == 401
