"""Who works here and may sign in: the administrator's pages. A pass phrase is seen nowhere.

Clients, and who speaks for them, are not in this list: who works on the case gives them access.
A link is shown in the answer itself and kept nowhere: those posts do not lead on to another page.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain.entry import Role
from domain.errors import Refused
from domain.store import sessions
from domain.store.account_list import (
    A_PAGE,
    Listed,
    change_account,
    give_access_back,
    of_staff,
    staff,
    take_access_away,
    teams,
)
from domain.store.accounts import add_account
from domain.store.pool import Connection
from domain.store.second_factor import remove_second_factor
from web.access import may, signed_in
from web.accounts.form import LONGEST, ROLES, USER_NAME, NotAUserName, told_of, typed_in
from web.coming_in.handing_over import hand_over
from web.desk import rows
from web.logs import security_log
from web.saving import sentence

blueprint = Blueprint("accounts", __name__)
ELSEWHERE = (Role.PARTNER, Role.REVIEWER)  # who may be of another organisation than the administrator
SEARCH = "accounts_search"  # the place in the session: a name stays out of the address


class NotYourself(Refused):
    """This is your own account. Ask another administrator."""


@blueprint.get("/users")
@may("manage_accounts")
def overview() -> str:
    text, typed = session.get(SEARCH, ""), request.args.get("page", "")
    number = max(int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("10000") else 1, 1)
    with rows() as db:
        found, total = staff(db, text, number)
    last = max(-(-total // A_PAGE), 1)
    return render_template(
        "accounts.html", found=found, total=total, text=text, number=number, last=last, a_page=A_PAGE
    )


@blueprint.post("/users/search")
@may("manage_accounts")
def search() -> Any:
    session[SEARCH] = request.form.get("q", "").replace("\0", "").strip()[:LONGEST]
    return redirect(url_for("accounts.overview"), 303)


@blueprint.get("/users/new")
@may("manage_accounts")
def ask() -> str:
    return _new()


@blueprint.post("/users/new")
@may("manage_accounts")
def add() -> Any:
    """Make an account that nothing opens yet, and the invitation for it."""
    try:
        with rows() as db, db.transaction():
            told, user_name = told_of(db), typed_in("user_name").lower()
            if not USER_NAME.fullmatch(user_name):
                raise NotAUserName("user_name")
            typed = typed_in("organisation") if told["role"] in ELSEWHERE else ""
            account = add_account(db, user_name, None, organisation=typed or signed_in().organisation, **told)
            security_log.note("user_created", of=account.id, role=account.role)
            return _handed_over(db, _one(db, account.id))
    except Refused as error:
        return _new({error.field: sentence(error)}), 422


@blueprint.get("/users/<uuid:account_id>")
@may("manage_accounts")
def one(account_id: UUID) -> str:
    return _page(account_id)


@blueprint.post("/users/<uuid:account_id>")
@may("manage_accounts")
def change(account_id: UUID) -> Any:
    """Name, role, team and e-mail."""
    try:
        with rows() as db:
            before, told = _one(db, account_id), told_of(db)
            if told["role"] is not before.role:
                _not_oneself(account_id, "role")
            ours = None if told["role"] in ELSEWHERE else signed_in().organisation
            change_account(db, account_id, organisation=ours, **told)
    except Refused as error:
        return _page(account_id, {error.field: sentence(error)}), 422
    if told["role"] is not before.role:
        security_log.note("privilege_permissions_changed", of=account_id, was=before.role, role=told["role"])
    security_log.note("user_updated", of=account_id)
    flash(gettext("Changed."))
    return _to(account_id)


@blueprint.post("/users/<uuid:account_id>/link")
@may("manage_accounts")
def link(account_id: UUID) -> Any:
    """A link to choose a pass phrase. The second factor stays: who finds the link is not in with it."""
    with rows() as db:
        account = _one(db, account_id)
        if account.disabled_at:
            flash(gettext("This account is disabled. Enable it first."), "warn")
            return _to(account_id)
        return _handed_over(db, account)


@blueprint.post("/users/<uuid:account_id>/disable")
@may("manage_accounts")
def disable(account_id: UUID) -> Any:
    with rows() as db:
        _one(db, account_id)
        try:
            _not_oneself(account_id, "")
        except NotYourself as error:
            return _page(account_id, {"": sentence(error)}), 422
        take_access_away(db, account_id)
    security_log.note("user_archived", of=account_id)
    flash(gettext("Disabled. Whoever was signed in with it, is signed out."))
    return _to(account_id)


@blueprint.post("/users/<uuid:account_id>/enable")
@may("manage_accounts")
def enable(account_id: UUID) -> Any:
    with rows() as db:
        _one(db, account_id)
        give_access_back(db, account_id)
    security_log.note("user_updated", of=account_id, why="enabled")
    flash(gettext("Enabled. The pass phrase is the one it had."))
    return _to(account_id)


@blueprint.post("/users/<uuid:account_id>/second-factor")
@may("manage_accounts")
def take_second_factor(account_id: UUID) -> Any:
    """For who lost their telephone and the paper codes. They set up a new one when they sign in."""
    with rows() as db:
        _one(db, account_id)
        gone = remove_second_factor(db, account_id)
        sessions.end_all(db, account_id)
    if gone:
        security_log.note("user_updated", of=account_id, why="second factor taken away")
        flash(gettext("The second factor is taken away. Make sure that it was really they who asked."))
    return _to(account_id)


@blueprint.post("/users/<uuid:account_id>/sessions")
@may("manage_accounts")
def end_sessions(account_id: UUID) -> Any:
    with rows() as db:
        _one(db, account_id)
        sessions.end_all(db, account_id)
    security_log.note("user_updated", of=account_id, why="sessions ended")
    flash(gettext("Signed out everywhere."))
    return _to(account_id)


def _one(db: Connection, id: UUID) -> Listed:
    return of_staff(db, id) or abort(404)


def _not_oneself(id: UUID, field: str) -> None:
    if id == signed_in().id:
        raise NotYourself(field)


def _new(wrong: dict[str, str] | None = None) -> str:
    with rows() as db:
        known = teams(db)
    return render_template(
        "accounts-new.html", wrong=wrong or {}, roles=ROLES, teams=known, typed=request.form
    )


def _page(id: UUID, wrong: dict[str, str] | None = None) -> str:
    with rows() as db:
        account, known = _one(db, id), teams(db)
    typed = request.form if wrong and "name" in request.form else vars(account)
    mine = id == signed_in().id
    return render_template(
        "accounts-one.html", one=account, wrong=wrong or {}, roles=ROLES, teams=known, typed=typed, mine=mine
    )


def _handed_over(db: Connection, account: Listed) -> str:
    handed = hand_over(db, account, signed_in().id)
    return render_template(
        "accounts-link.html", handed=handed, back=url_for("accounts.one", account_id=account.id)
    )


def _to(id: UUID) -> Any:
    return redirect(url_for("accounts.one", account_id=id), 303)
