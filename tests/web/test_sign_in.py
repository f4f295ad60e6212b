"""Signing in and out: who gets in, how often one may guess, and when a session ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Literal

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask

from domain.store import accounts
from domain.store.accounts import Account
from domain.store.attempts import Attempts
from tests.disabling import disable_account
from tests.web.conftest import PASSPHRASE, Visitor, desk_of, sign_in, token

As = Callable[..., Visitor]


def is_in(browser: Visitor) -> bool:
    return browser.get("/cases").status_code == 200


def cookie(browser: Visitor) -> str:
    found = browser.get_cookie("draad")
    return found.value if found else ""


def later(app: Flask, by: timedelta, column: str) -> None:
    """Time goes by for all sessions."""
    with desk_of(app).pool.connection() as db:
        db.execute(f"UPDATE draad.session SET {column} = {column} - %(by)s".encode(), {"by": by})  # noqa: S608


def test_with_the_right_pass_phrase_one_comes_in(visitor: Visitor, account: Callable[..., Account]) -> None:
    account("ilse")
    assert sign_in(visitor, "  Ilse ") == 303
    assert is_in(visitor)


@pytest.mark.parametrize("user", ["ilse", "nobody", "", "il\0se"])
def test_wrong_and_unknown_get_the_same_answer(
    visitor: Visitor, account: Callable[..., Account], user: str
) -> None:
    account("ilse")
    form = {"csrf_token": token(visitor), "user": user, "passphrase": "wrong"}
    answer = visitor.post("/sign-in", data=form)
    assert answer.status_code == 401
    assert "horen niet bij elkaar" in answer.text
    assert not is_in(visitor)


def test_an_unknown_name_asks_the_same_work_as_a_wrong_pass_phrase(
    app: Flask, visitor: Visitor, account: Callable[..., Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hashing is nearly all of the time that an answer takes."""
    account("ilse")
    hashed: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            hashed.append(str(password))
            return super().verify(hash, password)

    monkeypatch.setattr(accounts, "HASHER", Counting())
    for user in ("nobody-at-all", "ilse"):
        sign_in(visitor, user, f"wrong for {user}")
    assert hashed == ["wrong for nobody-at-all", "wrong for ilse"]


def test_a_disabled_account_does_not_come_in_and_is_put_out(app: Flask, as_: As, visitor: Visitor) -> None:
    browser = as_("vera")
    with desk_of(app).pool.connection() as db:
        disable_account(db, "vera")
    assert not is_in(browser)
    assert sign_in(visitor, "vera") == 401


def test_after_five_failures_also_the_right_pass_phrase_waits(
    visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    assert [sign_in(visitor, "ilse", "wrong") for _ in range(5)] == [401] * 5
    form = {"csrf_token": token(visitor), "user": "ilse", "passphrase": PASSPHRASE}
    answer = visitor.post("/sign-in", data=form)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Wacht 15 minuten" in answer.text
    assert not is_in(visitor)


def test_failures_count_for_the_account_from_any_address(
    app: Flask, visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    for nr in range(5):
        form = {"csrf_token": token(visitor), "user": "ilse", "passphrase": "wrong"}
        visitor.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": f"10.0.0.{nr}"})
    assert sign_in(visitor, "ilse") == 429
    account("noor")
    assert sign_in(visitor, "noor") == 303


def test_failures_count_for_the_address_with_any_name(
    visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    for nr in range(5):
        sign_in(visitor, f"guess{nr}", "wrong")
    assert sign_in(visitor, "ilse") == 429


def test_an_own_account_does_not_clear_the_address(visitor: Visitor, account: Callable[..., Account]) -> None:
    account("ilse")
    for nr in range(4):
        sign_in(visitor, f"guess{nr}", "wrong")
    assert sign_in(visitor, "ilse") == 303
    visitor.post("/sign-out", data={"csrf_token": token(visitor)})
    sign_in(visitor, "guess4", "wrong")
    assert sign_in(visitor, "ilse") == 429


def test_many_guesses_at_once_are_five_guesses(app: Flask, account: Callable[..., Account]) -> None:
    account("ilse")
    browsers = [app.test_client() for _ in range(12)]
    with ThreadPoolExecutor(12) as together:
        answers = list(together.map(lambda browser: sign_in(browser, "ilse", "wrong"), browsers))
    assert sorted(answers) == [401] * 5 + [429] * 7


def test_a_guess_waits_until_the_one_before_it_is_counted(app: Flask) -> None:
    pool, attempts = desk_of(app).pool, Attempts.of(b"key", "ilse", "10.0.0.1")
    with pool.connection() as one, pool.connection() as two, ThreadPoolExecutor(1) as beside:
        assert [attempts.allow(one) for _ in range(4)] == [True] * 4
        with one.transaction():
            assert attempts.allow(one)
            sixth = beside.submit(attempts.allow, two)
            with pytest.raises(TimeoutError):
                sixth.result(0.3)
        assert not sixth.result(5)


def test_failures_are_forgotten_after_a_quarter(
    app: Flask, visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    for _ in range(5):
        sign_in(visitor, "ilse", "wrong")
    with psycopg.connect(desk_of(app).database.admin("draad")) as db:  # the app may not rewrite them
        db.execute("UPDATE draad.sign_in_attempt SET at = at - interval '15 minutes'")
    assert sign_in(visitor, "ilse") == 303


def test_a_planted_id_is_replaced_at_sign_in(
    app: Flask, visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    visitor.get("/sign-in")
    planted = cookie(visitor)
    sign_in(visitor, "ilse")
    assert planted
    assert cookie(visitor) != planted
    other = app.test_client()
    other.set_cookie("draad", planted)
    assert not is_in(other)


def test_an_id_that_we_did_not_make_is_never_taken_over(visitor: Visitor) -> None:
    visitor.set_cookie("draad", "chosen-by-somebody-else")
    visitor.get("/sign-in")
    assert cookie(visitor) != "chosen-by-somebody-else"


def test_a_stolen_cookie_opens_nothing_after_sign_out(app: Flask, as_: As) -> None:
    browser, thief = as_("ilse"), app.test_client()
    thief.set_cookie("draad", cookie(browser))
    assert is_in(thief)
    browser.post("/sign-out", data={"csrf_token": token(browser)})
    assert not is_in(browser)
    assert not is_in(thief)


def test_the_table_does_not_hold_the_id(app: Flask, as_: As) -> None:
    browser = as_("ilse")
    with desk_of(app).pool.connection() as db:
        kept = db.execute("SELECT encode(id_hash, 'escape') || kept FROM draad.session").fetchall()
    assert kept
    assert all(cookie(browser) not in row[0] for row in kept)


@pytest.mark.parametrize(
    ("column", "by", "still_in"),
    [
        ("used_at", timedelta(minutes=29), True),
        ("used_at", timedelta(minutes=31), False),
        ("started_at", timedelta(hours=9, minutes=59), True),
        ("started_at", timedelta(hours=10, minutes=1), False),
    ],
)
def test_a_session_ends_when_idle_or_old(
    app: Flask, as_: As, column: str, by: timedelta, *, still_in: bool
) -> None:
    browser = as_("ilse")
    later(app, by, column)
    assert is_in(browser) is still_in


def test_who_goes_on_working_stays_in(app: Flask, as_: As) -> None:
    browser = as_("ilse")
    for _ in range(3):
        later(app, timedelta(minutes=20), "used_at")
        assert is_in(browser)


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/cases?waiting=1", "/cases?waiting=1"),
        ("https://elsewhere.example/", "/cases"),
        ("//elsewhere.example/", "/cases"),
        ("/\\elsewhere.example/", "/cases"),
        ("/\t/elsewhere.example/", "/cases"),
        ("javascript:alert(1)", "/cases"),
        ("http://[", "/cases"),
    ],
)
def test_sign_in_leads_to_own_pages_only(
    visitor: Visitor, account: Callable[..., Account], wanted: str, reached: str
) -> None:
    account("ilse")
    form = {"csrf_token": token(visitor), "user": "ilse", "passphrase": PASSPHRASE, "next": wanted}
    assert visitor.post("/sign-in", data=form).headers["Location"] == reached


def test_who_was_sent_to_sign_in_comes_back_where_they_wanted(
    visitor: Visitor, account: Callable[..., Account]
) -> None:
    account("ilse")
    sent = visitor.get("/cases?late=1").headers["Location"]
    page = visitor.get(sent).text
    assert 'name="next" value="/cases?late=1"' in page
