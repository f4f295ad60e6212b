"""The application: settings, session, protections, pages."""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, redirect, request, session
from flask_babel import Babel, get_locale
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from domain.store.sessions import Limits
from web import (
    access,
    api,
    case,
    caseload,
    conversation,
    documents,
    drafts,
    elsewhere,
    emergency,
    erasures,
    errors,
    exports,
    faces,
    headers,
    imports,
    jobs,
    opening,
    process_log,
    purpose,
    record,
    retention,
    searching,
    settings,
    shared,
    signals,
    subscribers,
    tabs,
    templating,
    words,
)
from web.accounts import identities
from web.accounts import of_clients as client_access
from web.accounts import pages as accounts
from web.asking import answer, answer_links, assisted, by_link
from web.coming_in import oidc, own_account, second_factor, signin, welcome
from web.coming_in.provider import Provider
from web.desk import Desk
from web.lists import of_case as lists_of_case
from web.lists import of_imports as lists_of_imports
from web.lists import of_work as lists_of_work
from web.logs import access_log, looks, of_case, security_log
from web.mine import confirm as my_confirm
from web.mine import on_paper, who_looked
from web.mine import plan as my_plan
from web.report import page as report
from web.reviewing import look_back, questions
from web.reviewing import mandates_page as review
from web.reviewing import under_mandate as reviewing
from web.session import API, Sessions

LANGUAGES = ("nl", "en")
PAGES = (
    signin,
    second_factor,
    welcome,
    own_account,
    accounts,
    client_access,
    oidc,
    identities,
    my_plan,
    my_confirm,
    on_paper,
    answer,
    answer_links,
    assisted,
    by_link,
    caseload,
    shared,
    opening,
    emergency,
    purpose,
    case,
    searching,
    elsewhere,
    look_back,
    record,
    conversation,
    documents,
    drafts,
    exports,
    process_log,
    lists_of_case,
    lists_of_imports,
    lists_of_work,
    faces,
    signals,
    report,
    settings,
    questions,
    of_case,
    review,
    erasures,
    reviewing,
    imports,
    jobs,
    retention,
    subscribers,
    who_looked,
    access_log,
    api,
)


def create_app(home: Path | str | None = None, **settings: Any) -> Flask:
    """Draad's pages on the installation in `home`. Connections are made here: call it after the fork."""
    app = Flask("web")
    app.jinja_environment = templating.Flat
    app.config.from_mapping(_settings() | settings)
    desk = Desk(Path(home or os.environ.get("DRAAD_HOME", "var")), **app.config["DESK"])
    atexit.register(desk.close)
    app.extensions["draad"] = desk
    app.secret_key = desk.key("web forms")
    _sessions(app)
    app.before_request(documents.make_room)  # before anything reads what was sent
    CSRFProtect(app).exempt(api.blueprint)  # no cookie opens it, so no other site can use one
    babel = Babel(app, locale_selector=_language, default_locale="nl", default_timezone="Europe/Amsterdam")
    templating.teach(app, babel)
    app.before_request(_choose_language)
    words.teach(app)
    tabs.teach(app)
    app.jinja_env.globals.update(
        can=access.can, shows=access.shows, who_is_here=access.who_is_here, get_locale=get_locale
    )
    security_log.listen(app)
    headers.protect(app)
    errors.explain(app)
    looks.keep(app)  # after the headers: it goes before them
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    if proxies := app.config["PROXIES"]:  # else every visitor would come from the proxy's address
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app


def _settings() -> dict[str, Any]:
    return {
        "HTTPS": os.environ.get("DRAAD_HTTPS", "") == "1",
        "PROXIES": int(os.environ.get("DRAAD_PROXIES", "0")),
        "LIMITS": Limits(),
        "SECOND_FACTOR": os.environ.get("DRAAD_SECOND_FACTOR", "staff"),  # "off": nobody needs one
        "ADDRESS": os.environ.get("DRAAD_ADDRESS", ""),  # where people open Draad
        "TELEPHONE": os.environ.get("DRAAD_TELEPHONE", ""),  # whom clients can call
        "DESK": {},
        "PACE": 0.1,  # seconds: what is not there, or not theirs, is answered at whole times this long
        "OIDC": Provider.of(os.environ),
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,  # a form is good as long as the session is
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _sessions(app: Flask) -> None:
    """Over https the cookie's name itself says that no other host may have set it."""
    https = app.config["HTTPS"]
    app.config["SESSION_COOKIE_NAME"] = "__Host-draad" if https else "draad"
    app.config["SESSION_COOKIE_SECURE"] = https
    app.session_interface = Sessions(app.config["LIMITS"])


def _language() -> str:
    if request.path.startswith(API):  # nothing is remembered there
        asked = request.args.get("lang") or session.get("lang")
        chosen = asked or request.accept_languages.best_match(LANGUAGES)
    else:
        chosen = session.get("lang")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _choose_language() -> Any:
    """`?lang=en` is remembered, and goes from the address."""
    chosen = request.args.get("lang")
    if request.path.startswith(API):
        return None
    if chosen not in LANGUAGES or request.method != "GET" or not request.endpoint:
        return None  # an address that is no page of ours could lead away: /\elsewhere
    session["lang"] = chosen
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return redirect(f"{request.path}?{urlencode(others)}".rstrip("?"), 303)
