"""Signing in and out with a local account: the pass phrase, then the code where there is a second factor."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain import permissions
from domain.entry import Role
from domain.store import sessions
from domain.store.accounts import Account, account_of, came_in
from domain.store.attempts import WITHIN, Attempts
from domain.store.pool import Connection
from domain.store.second_factor import accept_code, has_second_factor
from web.access import open_to_all
from web.desk import casework, desk, rows
from web.logs import security_log

blueprint = Blueprint("signin", __name__)
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")  # `//elsewhere` and `/\elsewhere` lead away
FIRST_PAGES = {  # the first that one may see
    "read_caseload": "/cases",
    "read_reviews": "/reviews",
    "read_own_plan": "/my-plan",
    "read_shared": "/shared",
    "read_access_log": "/access-log",
    "manage_accounts": "/users",
}
BY_PROVIDER = "by_provider"  # the place in the session: they came in by web/coming_in/oidc.py
ONLY_PASSPHRASE = {Role.CLIENT, Role.REPRESENTATIVE}  # they choose whether they want a code too


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> str:
    return _form()


@blueprint.post("/sign-in")
@open_to_all
def check() -> Any:
    with rows() as db:
        attempts = Attempts.of(desk().key("attempts"), _typed("user"), request.remote_addr or "")
        if not attempts.allow(db):
            return _too_many()
        account = account_of(db, _typed("user"), request.form.get("passphrase", ""))
        if account is None:
            security_log.note("authn_login_fail", how="passphrase")
            return _form(gettext("This user name and pass phrase do not belong together.")), 401
        attempts.succeeded(db)
        sessions.sweep(db, current_app.config["LIMITS"])
    return come_in(account, request.form.get("next", ""))


@blueprint.get("/sign-in/forgotten")
@open_to_all
def forgotten() -> str:
    """Whom to ask. Nothing is asked here, so nothing tells who has an account."""
    return render_template("forgotten.html")


@blueprint.get("/sign-in/code")
@open_to_all
def ask_code() -> Any:
    """The second step. Nothing is open yet."""
    return _code_page() if half_way() else _again()


@blueprint.post("/sign-in/code")
@open_to_all
def check_code() -> Any:
    account = half_way()
    if account is None:
        return _again()
    with rows() as db:
        attempts = code_attempts(account)
        if not attempts.allow(db):
            return _too_many(_code_page)
        if not accept_code(db, second_key(), account.id, request.form.get("code", ""), casework().clock()):
            security_log.note("authn_login_fail", account.id, how="code")
            return _code_page(gettext("This code is not right, or was used before. Wait for the next.")), 401
        attempts.succeeded(db)
    return let_in(account, session.get("wanted", ""), how=f"{first_step()} and code")


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Any:
    there_too = session.get(BY_PROVIDER)  # over there they are still in
    session.sign_out()  # type: ignore[attr-defined]  # web/session.py
    return redirect(url_for("oidc.signed_out" if there_too else "signin.sign_in"), 303)


def come_in(account: Account, wanted: str, how: str = "passphrase") -> Any:
    """Somebody showed who they are. They are in, or have the second step still to take."""
    with rows() as db:
        then = _then(db, account)
    return _half_way(account, wanted, then) if then else let_in(account, wanted, how)


def let_in(account: Account, wanted: str = "", how: str = "passphrase") -> Any:
    """The one door: whoever showed who they are gets a new session, and goes where they wanted."""
    enter(account, how)
    return redirect(_own_path(wanted) or first_page(account), 303)


def enter(account: Account, how: str) -> None:
    """Whoever showed who they are is signed in, under a new id.

    The guesses for a name are cleared where they were counted, not here: a way in that was not guessed at
    may not clear those of an address.
    """
    by_provider = half_way() is not None and session.get(BY_PROVIDER)
    session.sign_in(account)  # type: ignore[attr-defined]  # web/session.py
    if by_provider:
        session[BY_PROVIDER] = True
    with rows() as db:
        came_in(db, account.id)
    security_log.note("authn_login_success", account.id, how=how)
    security_log.note("session_created", account.id)


def half_way() -> Account | None:
    """Who gave the pass phrase, some minutes ago at most, and has the second step to take."""
    account: Account | None = session.half_way  # type: ignore[attr-defined]  # web/session.py
    return account


def first_step() -> str:
    """By what they showed who they are, before the second step."""
    return "provider" if session.get(BY_PROVIDER) else "passphrase"


def needs_second_factor(role: Role) -> bool:
    """Whether nobody in this role comes in without one."""
    return current_app.config["SECOND_FACTOR"] != "off" and role not in ONLY_PASSPHRASE


def second_key() -> bytes:
    """Opens the secrets of the second factors."""
    return desk().key("second factor")


def code_attempts(account: Account) -> Attempts:
    """The guesses at the code of this account, and from this address: counted as at pass phrases."""
    return Attempts.of(desk().key("attempts"), str(account.id), request.remote_addr or "", what="code")


def first_page(account: Account) -> str:
    """Where this role begins."""
    pages = (page for right, page in FIRST_PAGES.items() if permissions.may(account.role, right))
    return next(pages, "/own-account")


def _then(db: Connection, account: Account) -> str:
    """The page that is still to come, if any, before this account is open."""
    if has_second_factor(db, account.id):
        return "signin.ask_code"
    return "second_factor.begin" if needs_second_factor(account.role) else ""


def _half_way(account: Account, wanted: str, then: str) -> Any:
    session.come_half_way(account)  # type: ignore[attr-defined]  # web/session.py
    session["wanted"] = _own_path(wanted)
    return redirect(url_for(then), 303)


def _again() -> Any:
    flash(gettext("That took too long. Sign in again."), "info")
    return redirect(url_for("signin.sign_in"), 303)


def _form(wrong: str = "") -> str:
    wanted = _own_path(request.values.get("next", "") or session.get("wanted", ""))
    return render_template("sign-in.html", wrong=wrong, user=_typed("user"), next=wanted)


def _code_page(wrong: str = "") -> str:
    return render_template("sign-in-code.html", wrong=wrong)


def _too_many(page: Any = _form) -> Any:
    security_log.note("authn_login_fail_max")
    return page(wait_a_while()), 429, {"Retry-After": str(int(WITHIN.total_seconds()))}


def wait_a_while() -> str:
    """What one reads who guessed too often."""
    minutes = int(WITHIN.total_seconds() // 60)
    return str(
        gettext(
            "There were too many attempts with this name or from this address. Wait %(minutes)s minutes.",
            minutes=minutes,
        )
    )


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()


def _own_path(wanted: str) -> str:
    """The path, if it leads to a page of ours; empty otherwise."""
    if wanted and not OWN_PATH.fullmatch(wanted):
        security_log.note("input_validation_fail", why="an address that leads away")
        return ""
    return wanted
