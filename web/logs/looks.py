"""Who looked: what this request shows of a client is noted, and written down before the answer is sent.

One line for each case on the page (NEN 7513); when the lines cannot be written, the answer is not sent. The
follower and the night round of signals leave no line: they compute inside the system, and hand nothing to
anybody. What they made is looked at on a page, and that is a look.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from flask import Flask, Response, current_app, g, request, session
from werkzeug.exceptions import ServiceUnavailable

from domain.access import Ground
from domain.entry import Actor
from domain.store import access_log
from domain.store.access_log import BY_ROLE, THE_LOG, Code, Look, NotWritten, Point, Visit
from domain.store.pool import UNREACHABLE
from web.desk import casework, rows
from web.logs.security_log import request_id
from web.session import API

LOG = logging.getLogger("draad.web")
DOWNLOADS = {"documents.download", "my_plan.document", "exports.download", "exports.download_own"}
LARGEST = 2**63 - 1
NOTHING_SHOWN = {401, 403, 404, 405, 429, 503}  # any other answer may hold what was looked at


class NobodyLooks(Exception):
    """A case is shown, and it is not known to whom: say `by`."""


def keep(app: Flask) -> None:
    """Write down who looked, for every answer. Comes after the headers: it goes before them."""
    app.after_request(_write)


def saw(
    case_id: UUID, ground: Ground, why: str = "", *, by: Actor | None = None, on_behalf_of: UUID | None = None
) -> None:
    """This request shows something of this case, on this ground. `by`: who, when nobody is signed in."""
    _note(Look(case_id, ground, _code(), why, _entry(), on_behalf_of), by)


def listed(case_ids: Iterable[UUID], code: Code = Code.LIST) -> None:
    """These cases stand on the list that goes out: on a page, after a search, or as a file."""
    for case_id in case_ids:
        _note(Look(case_id, BY_ROLE, code))


def wrote(case_id: UUID, entry: int, command: str = "") -> None:
    """Something was recorded in it: the line tells which command, and the entry that came of it."""
    if case_id not in _looks():
        raise NobodyLooks
    code = command or (request.view_args or {}).get("command", Code.RECORD).replace("-", "_")
    _looks()[case_id] = replace(_looks()[case_id], code=code, entry=entry or None)


def searched(case_id: UUID) -> None:
    """The words of this case were searched. What for is nowhere written down."""
    _looks()[case_id] = replace(_looks()[case_id], code=Code.SEARCH_IN)


def used_log(code: Code, case_id: UUID | None = None) -> None:
    """The log itself was read: as a whole, or what it says of one case."""
    _note(Look(case_id or THE_LOG, BY_ROLE, code))


def _entry() -> int | None:
    """Which entry the address names, if there can be one: a column holds no larger number."""
    number: int = (request.view_args or {}).get("number", 0)
    return number if 0 < number <= LARGEST else None


def _code() -> Code:
    file = request.endpoint in DOWNLOADS or request.path.endswith(".csv")
    return Code.DOWNLOAD if file else Code.READ


def _note(look: Look, by: Actor | None = None) -> None:
    """The first look of a request stays: what comes after it shows more of the same."""
    account = getattr(session, "account", None)
    looker = by or (account.actor if account else None)
    if looker is None:
        raise NobodyLooks
    g.looker = looker
    _looks().setdefault(look.of, look)


def _looks() -> dict[UUID, Look]:
    looks: dict[UUID, Look] = g.setdefault("looks", {})
    return looks


def _write(answer: Response) -> Response:
    """Before anything of the answer is sent."""
    if not (looks := g.pop("looks", {})):
        return answer
    try:
        with rows() as db:
            access_log.write(db, casework().vault, _visit(answer), list(looks.values()))
    except (NotWritten, *UNREACHABLE) as error:  # without the line there is no answer
        why = type(error.__cause__ or error).__name__
        LOG.error("%s: who looked could not be written down in %s", why, request.endpoint)  # noqa: TRY400
        told = current_app.handle_user_exception(ServiceUnavailable())
        return current_app.make_response(told)
    return answer


def _visit(answer: Response) -> Visit:
    return Visit(
        by=g.looker,
        at=casework().clock(),
        point=Point.API if request.path.startswith(API) else Point.WEB,
        detail=request.endpoint or "",
        request_id=UUID(request_id()),
        shown=answer.status_code not in NOTHING_SHOWN,
    )
