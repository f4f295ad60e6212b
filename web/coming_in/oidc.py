"""Signing in through the organisation's identity provider. Nothing set up: none of this is here.

Who comes back is known by issuer and subject, never by e-mail, and opens the account that was linked to them
beforehand: `draad user identity`. Nobody gets an account by signing in.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, session

from domain.store import identities
from domain.store.accounts import Account
from web.access import open_to_all
from web.coming_in.not_let_in import Disabled, NobodyHere, NotBegunHere, NotLetIn
from web.coming_in.provider import BACK, Begun, Provider
from web.coming_in.signin import BY_PROVIDER, come_in, let_in
from web.desk import rows
from web.logs import security_log

blueprint = Blueprint("oidc", __name__)
UNDER_WAY = "under_way"  # the place in the session


@blueprint.get("/sign-in/provider")
@open_to_all
def begin() -> Any:
    """To the provider. What must come back with them stays here, in the session of this browser."""
    provider, begun = the_provider(), Begun(wanted=request.args.get("next", ""))
    try:
        there = provider.way_there(begun)
    except NotLetIn as why:
        return _refused(provider, why)
    session[UNDER_WAY] = begun.kept()
    return redirect(there, 303)


@blueprint.get(BACK)
@open_to_all
def back() -> Any:
    """From the provider. What was kept is used once, whatever comes of it."""
    provider, kept = the_provider(), session.pop(UNDER_WAY, None)
    try:
        begun = Begun(**kept) if kept else None
        if begun is None or not begun.came_back_with(request.args.get("state", "")):
            raise NotBegunHere("state")
        account = _account(provider.issuer, provider.who(begun, request.args))
    except NotLetIn as why:
        return _refused(provider, why)
    enough = bool(provider.acr)  # the second step was taken over there; else it is taken here
    answer = (let_in if enough else come_in)(account, begun.wanted, how="provider")
    session[BY_PROVIDER] = True
    return answer


@blueprint.get("/signed-out")
@open_to_all
def signed_out() -> str:
    """Out of here; over there they still are in. Our pages send no form elsewhere, so it is a link."""
    provider, there = the_provider(), ""
    with suppress(NotLetIn):
        there = provider.way_out()
    return render_template("signed-out.html", provider=provider, there=there)


def the_provider() -> Provider:
    """The one that is set up, or there is no such page."""
    found: Provider | None = current_app.config["OIDC"]
    return found or abort(404)


def _account(issuer: str, subject: str) -> Account:
    with rows() as db:
        account = identities.account_of(db, issuer, subject)
    if account is None:
        raise NobodyHere("identity", subject=subject)
    if account.disabled_at:
        raise Disabled("account", account=account.id)
    return account


def _refused(provider: Provider, why: NotLetIn) -> Any:
    """One sentence for them. For the log also what it was about, in words of ours: not what came along."""
    security_log.note(
        "authn_login_fail", why.account, how="provider", why=type(why).__name__, about=why.about
    )
    return render_template("not-let-in.html", provider=provider, why=why), why.status
