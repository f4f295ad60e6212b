"""What a visitor reads when something does not work: what happened, in plain words, and what to do now."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask, abort, current_app, render_template, request, session, url_for
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import RequestRedirect

from domain.store.pool import UNREACHABLE
from web import lost
from web.access import who_is_here
from web.api.problem import is_asked_by_a_program, problem
from web.asking.answer import once_more
from web.rescue import rescued

LOG = logging.getLogger("draad.web")
AWAY = 10  # seconds: most of what takes a database away is over then, and another primary is there


class Words(NamedTuple):
    """What an error page says."""

    title: Any
    text: Any


WORDS = {
    400: Words(_("This did not come through well"), _("Go back and try again. Nothing was recorded.")),
    403: Words(
        _("You may not do this"),
        _("Your role does not have this right. Ask the organisation that gave you this account."),
    ),
    404: Words(_("This page is not here"), _("It does not exist, or it is not yours to see.")),
    405: Words(_("This page is not here"), _("It does not exist, or it is not yours to see.")),
    413: Words(_("This is too much at once"), _("Send less text, or a smaller file. Nothing was recorded.")),
    429: Words(_("Too many attempts"), _("Wait 15 minutes and try again.")),
    500: Words(
        _("Something went wrong with us"),
        _("Something went wrong. Look first whether your last change is there, and try again."),
    ),
    503: Words(
        _("Draad cannot be reached"),
        _("Wait a moment and try again. Look first whether your last change is there."),
    ),
}
FOR_PROGRAMS = {
    400: _("This request cannot be read. Nothing was recorded."),
    403: _("The role of this account does not have this right."),
    404: _("This address does not exist, or what it is about is not yours to see."),
    405: _("This address does not take this method: see Allow for what it takes."),
    413: _("The body is too large. Nothing was recorded."),
    429: _("Too many requests. Wait 15 minutes."),
    500: _("Something went wrong with us. Send it again with the same idempotency key."),
    503: _("Draad cannot be reached. Wait a moment, and send it again with the same idempotency key."),
}
EXPIRED = Words(
    _("This form is too old"),
    _("You were away for a while, or signed out. Nothing was recorded. Sign in and open the form again."),
)
OWN_EXPIRED = Words(  # how a client is spoken to is not known here: it speaks to nobody
    _("This took a while"),
    _("That is why this was not sent. Open the form again, and send it once more."),
)
OWN_PLAN = {"my_plan", "my_confirm", "who_looked"}


def explain(app: Flask) -> None:
    """Every error gets a page of its own kind."""
    app.before_request(_reachable)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(Exception, _unknown)
    for error in UNREACHABLE:
        app.register_error_handler(error, _unreachable)


def _reachable() -> None:
    if getattr(session, "lost", False):
        abort(503)


def _expired(_error: CSRFError) -> Any:
    if getattr(session, "lost", False):  # there is a token, but nothing to compare it with
        return _answer(503)
    try:
        return once_more() or rescued() or (_too_old(), 400)
    except HTTPException as error:  # nobody else catches what goes wrong in here: it would be a 500
        return _known(error)


def _known(error: HTTPException) -> Any:
    code = error.code or 500
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, UNREACHABLE):
        return _unreachable(error.original_exception)  # when the answer was made, and the session was kept
    if error.response is not None or isinstance(error, RequestRedirect):
        return error
    return _answer(code, {n: v for n, v in error.get_headers() if n in {"Allow", "Retry-After"}})


def _unknown(error: Exception) -> Any:
    """The log names the kind of error and the place, never what was in it: it may be a client's words."""
    if current_app.testing:
        raise error
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    LOG.error("%s in %s at %s", type(error).__name__, request.endpoint, where)
    return _answer(500)


def _unreachable(error: Exception) -> Any:
    LOG.error("%s in %s", type(error).__name__, request.endpoint)
    return _answer(503)


def _answer(code: int, headers: Mapping[str, str] | None = None) -> Any:
    """A page for people, problem+json for programs."""
    like = code if code in WORDS else code // 100 * 100
    headers = ({"Retry-After": str(AWAY)} if code == 503 else {}) | dict(headers or {})  # noqa: PLR2004
    if is_asked_by_a_program():
        return problem(code, FOR_PROGRAMS[like], headers)
    return _page(code, WORDS[like]), code, headers


def _page(code: int, words: Words) -> str:
    return render_template("error.html", code=code, words=words, typed=_typed())


def _too_old() -> str:
    """The text, and the way back to the form; for who is signed out by way of the sign-in page."""
    to_sign_in = None if who_is_here() else url_for("signin.sign_in", next=_form())
    if request.blueprint not in OWN_PLAN:
        return render_template("error.html", words=EXPIRED, typed=_typed(), to_sign_in=to_sign_in)
    return render_template("error.html", words=OWN_EXPIRED, written=lost.own_words(), to_sign_in=to_sign_in)


def _form() -> str | None:
    """The page that stands at the address where this was sent to."""
    about = request.form.get("about")
    page = f"{request.path}?{urlencode({'about': about})}" if about else request.path
    return page if current_app.url_map.bind("").test(request.path, "GET") else None


def _typed() -> list[tuple[str, str]]:
    """What they were writing: it was kept nowhere, so they get it back."""
    with suppress(HTTPException):  # too much to read
        return list(lost.typed())
    return []
