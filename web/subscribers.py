"""Which programs elsewhere are told that something was recorded: the administrator's page.

A secret is shown in the answer itself, once: those posts do not lead on to another page.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, pgettext

from domain.errors import Refused
from domain.history import said
from domain.store import dead_letters, subscribers
from domain.store.pool import Connection
from domain.store.receiver import inside_is_allowed, where_to
from domain.store.subscribers import KEY, Subscriber, Wanted
from web.access import may
from web.accounts.form import LONGEST, TooLong
from web.desk import casework, desk, rows
from web.logs import security_log
from web.saving import sentence

blueprint = Blueprint("subscribers", __name__)


@blueprint.get("/subscribers")
@may("manage_subscribers")
def overview() -> str:
    return _page()


@blueprint.post("/subscribers")
@may("manage_subscribers")
def add() -> Any:
    """It is told what comes from now on."""
    try:
        wanted = _wanted()
        with rows() as db:
            made, secret = subscribers.add(db, desk().key(KEY), wanted, casework().clock())
    except Refused as error:
        return _page(wrong={error.field: sentence(error)}), 422
    security_log.note("authz_admin", of=made, why="subscriber added")
    return _page(secret=secret, of=wanted.name)


@blueprint.post("/subscribers/<uuid:subscriber_id>/secret")
@may("manage_subscribers")
def renew(subscriber_id: UUID) -> str:
    """Another secret; the old one signs nothing from now on."""
    with rows() as db:
        one = _one(db, subscriber_id)
        secret = subscribers.new_secret(db, desk().key(KEY), one.id)
    security_log.note("authz_admin", of=one.id, why="subscriber's secret renewed")
    return _page(secret=secret, of=one.name)


@blueprint.post("/subscribers/<uuid:subscriber_id>/stop")
@may("manage_subscribers")
def stop(subscriber_id: UUID) -> Any:
    at_this_moment = partial(subscribers.stop, now=casework().clock())
    return _done(subscriber_id, at_this_moment, gettext("Stopped. What comes meanwhile waits."))


@blueprint.post("/subscribers/<uuid:subscriber_id>/start")
@may("manage_subscribers")
def start(subscriber_id: UUID) -> Any:
    """Also: try now what did not arrive."""
    words = gettext("Started. It is asked whether it wants our notices. Then what waited is sent.")
    return _done(subscriber_id, subscribers.start, words)


@blueprint.post("/subscribers/<uuid:subscriber_id>/send-again")
@may("manage_subscribers")
def send_again(subscriber_id: UUID) -> Any:
    """All that was given up."""
    return _done(subscriber_id, dead_letters.ask_again, gettext("It is sent again in a moment."))


@blueprint.post("/subscribers/<uuid:subscriber_id>/take-away")
@may("manage_subscribers")
def take_away(subscriber_id: UUID) -> Any:
    return _done(subscriber_id, subscribers.take_away, gettext("Taken away. It is told nothing any more."))


def _wanted() -> Wanted:
    """As the form has it."""
    wanted = Wanted(**{name: request.form.get(name, "").strip() for name in ("name", "url", "user_name")})
    said("name", wanted.name)
    if len(wanted.name) > LONGEST:
        raise TooLong("name")
    where_to(wanted.url, inside=inside_is_allowed(os.environ))
    return wanted


def _one(db: Connection, id: UUID) -> Subscriber:
    return subscribers.one(db, id) or abort(404)


def _done(id: UUID, what: Callable[[Connection, UUID], object], words: str) -> Any:
    with rows() as db:
        what(db, _one(db, id).id)
    security_log.note("authz_admin", of=id, why=f"subscriber: {request.path.rpartition('/')[2]}")
    flash(words)
    return redirect(url_for("subscribers.overview"), 303)


def _page(wrong: dict[str, str] | None = None, secret: str = "", of: str = "") -> str:
    with rows() as db:
        found, letters = subscribers.every(db), dead_letters.all_of(db)
    return render_template(
        "subscribers.html",
        found=found,
        letters={one.id: [letter for letter in letters if letter.subscriber == one.id] for one in found},
        wrong=wrong or {},
        typed=request.form if wrong else {},
        secret=secret,
        of=of,
    )


@blueprint.app_template_global()
def topic_called(topic: str) -> str:
    """What an entry of this kind is called."""
    return str(pgettext("event", topic.replace("_", " ")))
