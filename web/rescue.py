"""What was typed when the session had ended: it becomes a draft of the one whose session it was.

Only when that is certain: the session ended by itself, not long ago, and the form carries its token. Nothing
can be read in this way, and nothing recorded: it waits until the same person signs in.
"""

from __future__ import annotations

import hmac
from contextlib import suppress
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

from domain import permissions
from domain.access import may_see
from domain.errors import Refused
from domain.store.accounts import Account
from domain.store.pool import UNREACHABLE
from domain.store.vault import KeyGone
from web.desk import casework, today
from web.drafts import address_of, save
from web.session import ServerSession, Sessions

OWN = "read_own_plan"
CASE_PAGES = ("record.record", "record.say_sheet", "record.said_no", "conversation.record")
OWN_PAGES = ("my_plan.answer", "my_plan.do", "my_confirm.confirm")
PAGES = dict.fromkeys(CASE_PAGES, "record") | dict.fromkeys(OWN_PAGES, OWN)  # each opens a draft


def rescued() -> Any:
    """The way to the sign-in page and from there to the draft; None when nothing was kept."""
    account, right = _whose_it_was(), PAGES.get(request.endpoint or "")
    if account is None or right is None or not permissions.may(account.role, right):
        return None
    case_id = (request.view_args or {})["case_id"]
    with suppress(Refused, KeyGone, HTTPException, *UNREACHABLE):
        if may_see(account.actor, casework().history(case_id), today()):
            draft = save(account.id, case_id)
            flash(_kept_for(right), "info")
            return redirect(url_for("signin.sign_in", next=address_of(draft)), 303)
    return None


def _kept_for(right: str) -> str:
    """What happened. How a client is spoken to is not known here: theirs speaks to nobody."""
    if right == OWN:
        return str(gettext("This took a while. All that stood here is kept: sign in and go on with it."))
    return str(gettext("You were signed out. What you typed is kept: sign in and go on with it."))


def _whose_it_was() -> Account | None:
    """Whose session this form was made in, if that ended by itself not long ago."""
    interface = current_app.session_interface
    if not isinstance(interface, Sessions):
        return None
    with suppress(*UNREACHABLE):
        ended = interface.ended_session(current_app, request)
        if ended and _holds(ended, request.form.get("csrf_token", "")):
            return ended.account
    return None


def _holds(ended: ServerSession, token: str) -> bool:
    """Whether this token was given out in that session: nobody else had the page that it stood on."""
    signed = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token")  # as Flask-WTF does
    try:
        return hmac.compare_digest(str(ended.get("csrf_token", "")), str(signed.loads(token)))
    except (BadData, TypeError):
        return False
