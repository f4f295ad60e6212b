"""One's own account: the pass phrase, the second factor, and signing out everywhere."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain.errors import Refused
from domain.store import sessions
from domain.store.accounts import choose_passphrase, opens
from domain.store.passphrase import check_passphrase
from domain.store.second_factor import has_second_factor, paper_codes_left
from web.access import may, signed_in
from web.coming_in.signin import code_attempts, needs_second_factor, wait_a_while
from web.desk import rows
from web.logs import security_log
from web.saving import sentence

blueprint = Blueprint("own_account", __name__)


@blueprint.get("/own-account")
@may("keep_own_account")
def overview() -> str:
    return _page()


@blueprint.post("/own-account/passphrase")
@may("keep_own_account")
def passphrase() -> Any:
    """Another pass phrase. Whoever was signed in elsewhere has to sign in anew."""
    account, typed = signed_in(), request.form
    with rows() as db:
        attempts = code_attempts(account)
        if not attempts.allow(db):
            return _page({"current": wait_a_while()}), 429
        if not opens(db, account, typed.get("current", "")):
            security_log.note("authn_login_fail", how="passphrase again")
            return _page({"current": gettext("This is not your pass phrase.")}), 422
        attempts.succeeded(db)
        try:
            check_passphrase(typed.get("passphrase", ""), typed.get("again", ""), account.user_name)
        except Refused as error:
            return _page({error.field: sentence(error)}), 422
        choose_passphrase(db, account.id, typed["passphrase"])
        sessions.end_all(db, account.id)
    session.sign_in(account)  # type: ignore[attr-defined]  # web/session.py: under a new id
    security_log.note("authn_password_change", of=account.id)
    flash(gettext("Your pass phrase is changed. Elsewhere you are signed out."))
    return redirect(url_for("own_account.overview"), 303)


@blueprint.post("/own-account/sign-out-everywhere")
@may("keep_own_account")
def sign_out_everywhere() -> Any:
    """Here too: whoever wants this does not know any more where they are signed in."""
    account = signed_in()
    with rows() as db:
        sessions.end_all(db, account.id)
    session.sign_out()  # type: ignore[attr-defined]  # web/session.py
    security_log.note("user_updated", account.id, of=account.id, why="signed out everywhere")
    flash(gettext("You are signed out everywhere."))
    return redirect(url_for("signin.sign_in"), 303)


def _page(wrong: dict[str, str] | None = None) -> str:
    account = signed_in()
    with rows() as db:
        has, left = has_second_factor(db, account.id), paper_codes_left(db, account.id)
    required = needs_second_factor(account.role)
    return render_template("own-account.html", wrong=wrong or {}, has=has, left=left, required=required)
