"""By which identities an account is opened: the administrator links them, and takes them away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from domain.errors import Refused
from domain.store.account_list import Listed, of_staff
from domain.store.identities import identities_of, link, unlink
from domain.store.tokens import NoSuchAccount
from web.access import may
from web.coming_in.oidc import the_provider
from web.desk import rows
from web.logs import security_log
from web.saving import sentence

blueprint = Blueprint("identities", __name__)


@blueprint.get("/users/<uuid:account_id>/identities")
@may("manage_accounts")
def overview(account_id: UUID) -> str:
    return _page(_one(account_id))


@blueprint.post("/users/<uuid:account_id>/identities")
@may("manage_accounts")
def add(account_id: UUID) -> Any:
    """Link a subject of our own provider: of another none could come back."""
    account = _one(account_id)
    try:
        with rows() as db:
            link(db, account.user_name, the_provider().issuer, request.form.get("subject", ""))
    except Refused as error:
        return _page(account, {error.field: sentence(error)}), 422
    except NoSuchAccount:
        return _page(account, {"": gettext("This account is disabled. Enable it first.")}), 422
    security_log.note("user_updated", of=account_id, why="identity linked")
    flash(gettext("Linked. From now on they can sign in that way."))
    return redirect(url_for("identities.overview", account_id=account_id), 303)


@blueprint.post("/users/<uuid:account_id>/identities/remove")
@may("manage_accounts")
def remove(account_id: UUID) -> Any:
    account, typed = _one(account_id), request.form
    with rows() as db:
        gone = unlink(db, account.user_name, typed.get("issuer", ""), typed.get("subject", ""))
    if gone:
        security_log.note("user_updated", of=account_id, why="identity taken away")
        flash(gettext("Taken away. Whoever was signed in with this account, is signed out."))
    return redirect(url_for("identities.overview", account_id=account_id), 303)


def _one(id: UUID) -> Listed:
    with rows() as db:
        return of_staff(db, id) or abort(404)


def _page(account: Listed, wrong: dict[str, str] | None = None) -> str:
    with rows() as db:
        linked = identities_of(db, account.user_name)
    return render_template(
        "account-identities.html",
        of=account,  # the frame says `account` for who is here
        linked=linked,
        provider=the_provider(),
        wrong=wrong or {},
        typed=request.form.get("subject", "") if wrong else "",
    )
