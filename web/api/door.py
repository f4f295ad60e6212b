"""The door of the API: a token opens it, as far as its scopes go. No cookie does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, request, session
from flask_babel import lazy_gettext as _

from domain.store import tokens
from domain.store.attempts import WITHIN, Attempts
from domain.store.pool import Connection
from domain.store.tokens import Bearer, Scope
from web.access import require
from web.api.problem import refuse
from web.desk import desk, rows

View = TypeVar("View", bound=Callable[..., Any])
WITHOUT = _("Send a token: Authorization: Bearer draad_…")
WRONG = _("This token opens nothing: it is wrong, expired or revoked.")
TOO_MANY = _("Too many wrong tokens from this address. Wait 15 minutes.")
OTHER_SCOPE = _("This token was not made for this. Make one with another scope.")
ASKS = {"WWW-Authenticate": 'Bearer realm="Draad"'}


def may(right: str, scope: Scope = Scope.READ) -> Callable[[View], View]:
    """This route asks a token of that scope, and that right of its account."""

    def asked(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            opened = bearer()
            if scope not in opened.scopes:
                wanted = f'{ASKS["WWW-Authenticate"]}, error="insufficient_scope", scope="{scope}"'
                refuse(403, OTHER_SCOPE, {"WWW-Authenticate": wanted})
            session.account = opened.account  # type: ignore[attr-defined]  # web/session.py
            require(right)
            g.right = right
            return view(*args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]  # same call, same answer

    return asked


def bearer() -> Bearer:
    """Who the token of this request stands for; 401 when it opens nothing."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        refuse(401, WITHOUT, ASKS)
    with rows() as db:
        found = tokens.opened_by(db, token.strip())
        if found is None:
            _count(db, token)
            refuse(401, WRONG, {"WWW-Authenticate": f'{ASKS["WWW-Authenticate"]}, error="invalid_token"'})
        tokens.mark_used(db, found)
    return found


def _count(db: Connection, token: str) -> None:
    """Apart from the pass phrases: an old token keeps nobody at its address from signing in."""
    guesses = Attempts.of(desk().key("wrong tokens"), token, request.remote_addr or "")
    if not guesses.allow(db):
        refuse(429, TOO_MANY, {"Retry-After": str(int(WITHIN.total_seconds()))})
