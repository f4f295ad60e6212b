"""Setting up the second factor: on the way in where it is required, or by one's own choice.

Paper codes are shown in the answer itself and kept nowhere: these posts do not lead on to another page.
"""

from __future__ import annotations

from typing import Any

import pyotp
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain.store.accounts import Account, opens
from domain.store.pool import Connection
from domain.store.second_factor import (
    confirm_second_factor,
    has_second_factor,
    make_paper_codes,
    new_secret,
    remove_second_factor,
    shown_secret,
)
from web.access import may, open_to_all, signed_in
from web.coming_in.signin import (
    code_attempts,
    enter,
    first_page,
    first_step,
    half_way,
    needs_second_factor,
    second_key,
    wait_a_while,
)
from web.coming_in.square import Square
from web.desk import casework, rows
from web.logs import security_log

blueprint = Blueprint("second_factor", __name__)
AWAITS = "second_factor"  # the place in the session: a secret, sealed, until a code of it was typed here


@blueprint.get("/sign-in/second-factor")
@open_to_all
def begin() -> Any:
    """Who must have a second factor, and has none, sets it up before anything opens."""
    account = _on_the_way()
    return _page(account) if account else redirect(url_for("signin.sign_in"), 303)


@blueprint.post("/sign-in/second-factor")
@open_to_all
def confirm() -> Any:
    account = _on_the_way()
    if account is None:
        return redirect(url_for("signin.sign_in"), 303)
    wanted = session.get("wanted", "")
    with rows() as db:
        wrong, status = _confirmed(db, account)
        if wrong:
            return _page(account, wrong), status
        enter(account, f"{first_step()} and new second factor")
        return _paper(db, account, wanted or first_page(account))


@blueprint.get("/own-account/second-factor")
@may("keep_own_account")
def choose() -> str:
    """By choice, or for another telephone. Until a code of it is typed, the one before counts."""
    return _page(signed_in())


@blueprint.post("/own-account/second-factor")
@may("keep_own_account")
def chosen() -> Any:
    account = signed_in()
    with rows() as db:
        wrong, status = _own_phrase(db, account) or _confirmed(db, account)
        return (
            (_page(account, wrong), status) if wrong else _paper(db, account, url_for("own_account.overview"))
        )


@blueprint.post("/own-account/paper-codes")
@may("keep_own_account")
def paper_codes() -> Any:
    """Ten new ones; those from before open nothing any more."""
    account = signed_in()
    with rows() as db:
        refused = _own_phrase(db, account)
        if refused or not has_second_factor(db, account.id):
            return _back(refused)
        return _paper(db, account, url_for("own_account.overview"))


@blueprint.post("/own-account/second-factor/remove")
@may("keep_own_account")
def remove() -> Any:
    """Only for who chose it: staff do not come in without."""
    account = signed_in()
    if needs_second_factor(account.role):
        flash(gettext("In your role you do not sign in without a second factor. You can move it."), "warn")
        return redirect(url_for("own_account.overview"), 303)
    with rows() as db:
        refused = _own_phrase(db, account)
        if not refused and remove_second_factor(db, account.id):
            security_log.note("user_updated", of=account.id, why="second factor removed")
            flash(gettext("From now on you sign in with your pass phrase only."))
    return _back(refused)


def _on_the_way() -> Account | None:
    """Who gave the pass phrase and has no second factor. Who has one comes in with its code, not past it."""
    account = half_way()
    with rows() as db:
        return None if account is None or has_second_factor(db, account.id) else account


def _confirmed(db: Connection, account: Account) -> tuple[str, int]:
    """Why the code was not taken, and the status of that answer; nothing when it was."""
    attempts = code_attempts(account)
    if not attempts.allow(db):
        return wait_a_while(), 429
    sealed, code, now = _awaits(account), request.form.get("code", ""), casework().clock()
    anew = half_way() is None
    if not confirm_second_factor(db, second_key(), account.id, sealed, code, now=now, anew=anew):
        return gettext("This code is not right. Look whether the clock of your telephone is."), 422
    attempts.succeeded(db)
    session.pop(AWAITS)
    security_log.note("user_updated", account.id, of=account.id, why="second factor set up")
    return "", 200


def _own_phrase(db: Connection, account: Account) -> tuple[str, int] | None:
    """Why not, when the pass phrase is not theirs: whoever finds an open session changes nothing."""
    attempts = code_attempts(account)
    if not attempts.allow(db):
        return wait_a_while(), 429
    if not opens(db, account, request.form.get("passphrase", "")):
        security_log.note("authn_login_fail", how="passphrase again")
        return gettext("This is not your pass phrase."), 422
    attempts.succeeded(db)
    return None


def _awaits(account: Account) -> bytes:
    """The secret of this browser: nobody else who knows the pass phrase is shown the same."""
    if AWAITS not in session:
        session[AWAITS] = new_secret(second_key(), account.id).hex()
    return bytes.fromhex(session[AWAITS])


def _page(account: Account, wrong: str = "") -> str:
    secret = shown_secret(second_key(), account.id, _awaits(account))
    address = pyotp.TOTP(secret).provisioning_uri(name=account.user_name, issuer_name="Draad")
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    on_the_way = half_way() is not None
    return render_template(
        "second-factor.html", square=Square.of(address), secret=spaced, wrong=wrong, on_the_way=on_the_way
    )


def _paper(db: Connection, account: Account, then: str) -> str:
    codes = make_paper_codes(db, second_key(), account.id)
    return render_template("paper-codes.html", codes=codes, then=then, user_name=account.user_name)


def _back(refused: tuple[str, int] | None) -> Any:
    if refused:
        flash(refused[0], "warn")
    return redirect(url_for("own_account.overview"), 303)
