"""The page behind a one-time link: choosing a pass phrase, after an invitation or when it was forgotten.

What opens stands in the address for one request only. From there on the session knows which link it is, so no
page that is shown has it in its address. Looking does not use the link up: mail programs look too.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext

from domain.errors import Refused
from domain.store import sessions
from domain.store.accounts import Account, account_with, choose_passphrase
from domain.store.links import Link, Purpose, find_link, link_with, use_link
from domain.store.passphrase import check_passphrase
from domain.store.pool import Connection
from web.access import open_to_all
from web.desk import rows
from web.logs import security_log
from web.saving import sentence

blueprint = Blueprint("welcome", __name__)
LINK = "welcome"  # the place in the session


@blueprint.get("/welcome/<made>")
@open_to_all
def arrive(made: str) -> Any:
    """Take what opens out of the address."""
    with rows() as db:
        link = find_link(db, made, Purpose.PASSPHRASE)
    if link is None:
        session.pop(LINK, None)
        security_log.note("authn_login_fail", how="link")
        answer = _over()
    else:
        session[LINK] = str(link.id)
        answer = redirect(url_for("welcome.ask"), 303)
    return answer


@blueprint.get("/welcome")
@open_to_all
def ask() -> Any:
    with rows() as db:
        link, account = _opened(db)
    return _page(account) if link and account else _over()


@blueprint.post("/welcome")
@open_to_all
def choose() -> Any:
    """The link is used up, once; whoever was signed in with this account has to sign in anew."""
    typed = request.form
    with rows() as db:
        link, account = _opened(db)
        if link is None or account is None:
            return _over()
        try:
            check_passphrase(typed.get("passphrase", ""), typed.get("again", ""), account.user_name)
        except Refused as error:
            return _page(account, {error.field: sentence(error)}), 422
        with db.transaction():
            if not use_link(db, link.id):  # somebody was first
                return _over()
            choose_passphrase(db, account.id, typed["passphrase"])
            sessions.end_all(db, account.id)
    session.sign_out()  # type: ignore[attr-defined]  # web/session.py: whoever made the link may still be in
    security_log.note("authn_password_change", account.id, of=account.id, how="link")
    flash(gettext("Your pass phrase is chosen. Sign in with it now."))
    return redirect(url_for("signin.sign_in"), 303)


def _opened(db: Connection) -> tuple[Link | None, Account | None]:
    """The link of this session, while it opens something, and whose account it opens."""
    kept = session.get(LINK)
    link = link_with(db, UUID(kept), Purpose.PASSPHRASE) if kept else None
    account = account_with(db, link.who) if link else None
    return link, None if account is None or account.disabled_at else account


def _page(account: Account, wrong: dict[str, str] | None = None) -> str:
    return render_template("welcome.html", whose=account, wrong=wrong or {})


def _over() -> Any:
    return render_template("welcome.html", whose=None, wrong={}), 404
