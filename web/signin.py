"""Signing in and out with a local account."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain.store import sessions
from domain.store.accounts import WITHIN, Account, Attempts, account_of
from web.access import open_to_all
from web.desk import desk, rows

blueprint = Blueprint("signin", __name__)
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")  # `//elsewhere` and `/\elsewhere` lead away


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
            return _form(gettext("This user name and pass phrase do not belong together.")), 401
        attempts.succeeded(db)
        sessions.sweep(db, current_app.config["LIMITS"])
    return _welcome(account)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Any:
    session.sign_out()  # type: ignore[attr-defined]  # web/session.py
    return redirect(url_for("signin.sign_in"), 303)


def _welcome(account: Account) -> Any:
    session.sign_in(account)  # type: ignore[attr-defined]  # web/session.py
    return redirect(_own_path(request.form.get("next", "")) or url_for("caseload.cases"), 303)


def _form(wrong: str = "") -> str:
    wanted = _own_path(request.values.get("next", ""))
    return render_template("sign-in.html", wrong=wrong, user=_typed("user"), next=wanted)


def _too_many() -> Any:
    minutes = int(WITHIN.total_seconds() // 60)
    sentence = gettext(
        "There were too many attempts with this name or from this address. Wait %(minutes)s minutes.",
        minutes=minutes,
    )
    return _form(sentence), 429, {"Retry-After": str(minutes * 60)}


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()


def _own_path(wanted: str) -> str:
    """The path, if it leads to a page of ours; empty otherwise."""
    return wanted if OWN_PATH.fullmatch(wanted) else ""
