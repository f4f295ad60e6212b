"""The security log: one JSON line for each event of the OWASP Application Logging Vocabulary.

It says who (by the id of the account), from where, at which route: no case text, no name that was typed,
nothing that opens anything. The lines go to the logger `draad.security`, and from there to stderr.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID, uuid4

from flask import Flask, Response, g, has_request_context, request, session

from domain.store.accounts import Account

LOG = logging.getLogger("draad.security")
Event = Literal[
    "authn_login_success",
    "authn_login_fail",
    "authn_login_fail_max",
    "authn_password_change",
    "authn_token_created",
    "authn_token_revoked",
    "authz_admin",
    "authz_fail",
    "excess_rate_limit_exceeded",
    "input_validation_fail",
    "privilege_permissions_changed",
    "session_created",
    "session_expired",
    "user_archived",
    "user_created",
    "user_updated",
]
WARNS = {"authz_fail", "excess_rate_limit_exceeded", "input_validation_fail", "privilege_permissions_changed"}
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}
FORBIDDEN, NOT_THERE, UNKNOWN, TOO_MANY = 403, 404, 401, 429


def note(event: Event, user: UUID | None = None, **facts: str | UUID) -> None:
    """Write down one event. `user`: who did it, when nobody is signed in yet.

    `facts` are ids and words of ours, never what somebody typed: `of` (whose account), `how`, `why`.
    """
    level = logging.WARNING if event in WARNS or event.startswith("authn_login_fail") else logging.INFO
    line = {
        "datetime": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "appid": "draad",
        "event": event,
        "level": "WARN" if level == logging.WARNING else "INFO",
        **_here(user),
        **{name: str(fact) for name, fact in facts.items()},
    }
    LOG.log(level, "%s", json.dumps(line))  # JSON keeps a line a line, whatever is in it


def listen(app: Flask) -> None:
    """Note what every route has in common, and give the log its place on stderr."""
    app.before_request(_ended)
    app.after_request(_refused)
    LOG.setLevel(logging.INFO)
    if not LOG.handlers:
        lines = logging.StreamHandler(sys.stderr)
        lines.setFormatter(logging.Formatter("%(message)s"))
        LOG.addHandler(lines)
        LOG.propagate = app.testing  # pytest listens there


def request_id() -> str:
    """Ties the lines of one request together. Made here: one that was sent could be anything."""
    if "request_id" not in g:
        g.request_id = uuid4().hex
    return str(g.request_id)


def _here(user: UUID | None) -> Mapping[str, str]:
    """Who, from where, at what. The name of the route, as an address may hold what opens something."""
    if not has_request_context():
        return {"user": str(user)} if user else {}
    account: Account | None = getattr(session, "account", None)
    who = user or (account.id if account else None)
    return {
        **({"user": str(who)} if who else {}),
        "source_ip": request.remote_addr or "",
        "request_id": request_id(),
        "method": request.method if request.method in METHODS else "another",
        "route": request.endpoint or "",
    }


def _ended() -> None:
    account: Account | None = getattr(session, "expired", None)
    if account:
        note("session_expired", account.id)


def _refused(response: Response) -> Response:
    """What somebody may not see or do, and tokens that are guessed at."""
    of = {"case": case} if isinstance(case := (request.view_args or {}).get("case_id"), UUID) else {}
    match response.status_code:
        case 403:
            note("authz_fail", why="right", **of)
        case 404 if of:
            note("authz_fail", why="not theirs to see, or not there", **of)
        case 401 if request.blueprint == "api":
            note("authn_login_fail", how="token")
        case 429 if request.blueprint not in {"signin", "second_factor"}:
            note("excess_rate_limit_exceeded")
    return response
