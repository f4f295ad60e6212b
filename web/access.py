"""Who is here, and what they may see and do. Every route says which right it asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Never, TypeVar
from uuid import UUID

from flask import abort, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import Forbidden

from domain import permissions
from domain.access import Ground, ground_of, may_see, parts_shared, purpose_said
from domain.case import Case
from domain.entry import Actor, Role
from domain.errors import CaseIsErased, NoSuchCase
from domain.kinds import Part
from domain.store.accounts import Account
from projections.masked import Teams, shared
from web.desk import casework, today
from web.logs.looks import saw
from web.reviewing.holds import mandated

PURPOSES = "purposes"  # the place in the session
PURPOSE_HEADER = "Draad-Purpose"
View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Nobody needs to be signed in for this route."""
    view.right = ""  # type: ignore[attr-defined]  # a test reads it
    return view


def may(right: str) -> Callable[[View], View]:
    """This route asks that right."""

    def asked(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if who_is_here() is None:
                return redirect(url_for("signin.sign_in", next=_back()), 303)
            require(right)
            g.right = right
            return view(*args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]  # same call, same answer

    return asked


def who_is_here() -> Account | None:
    """The account this session belongs to, if somebody signed in."""
    account: Account | None = session.account  # type: ignore[attr-defined]  # web/session.py
    return account


def signed_in() -> Account:
    """The account this session belongs to. Routes with @may have one."""
    return who_is_here() or abort(403)


def actor() -> Actor:
    """Who makes the entries of this request."""
    return signed_in().actor


def reads_for() -> str | Teams:
    """The team for which they read what was written down for one team alone."""
    return Teams.ALL if actor().role is Role.REVIEWER else actor().team


def can(right: str) -> bool:
    """Whether the one who is here has this right, in the case that is shown. Templates ask it too.

    An emergency lets one read and help, not give anybody a way in.
    """
    if g.get("ground") is Ground.EMERGENCY and right in permissions.WAYS_IN:
        return False
    account = who_is_here()
    return account is not None and permissions.may(account.role, right)


def require(right: str) -> None:
    """Go on only with this right: 403 for something to do, 404 for something to see."""
    if not can(right):
        to_see = right.startswith("read_") and right not in permissions.COMMANDS  # to read back is to do
        abort(404 if to_see else 403)


def case_or_404(case_id: UUID, *needed: Part) -> Case:
    """The case as they may read it, if it exists, is theirs to see, and holds the parts that a page needs.

    The answer does not tell which of these it was, nor does the time it takes. Of a manager who did not say
    yet what for it is asked first (PurposeIsAsked).
    """
    began = time.monotonic()
    try:
        case = casework().history(case_id)
    except (NoSuchCase, CaseIsErased):
        _not_here(began)
    ground = ground_of(actor(), case, today()) or (Ground.MANDATE if mandated(actor(), case.id) else None)
    if ground is None:
        _not_here(began)
    g.ground = ground
    require(g.right)  # as one may on this ground
    g.parts = parts_shared(actor(), case, today()) if ground is Ground.CONSENT else frozenset(Part)
    if not shows(*needed):
        _not_here(began)
    why = said_purpose(case.id) if ground is Ground.PURPOSE else ""
    saw(case.id, ground, why, on_behalf_of=case.client_id if ground is Ground.REPRESENTS else None)
    if ground is not Ground.CONSENT:
        return case
    return case.read_as(shared(actor(), case.entries, g.parts, today()))


def is_theirs(case_id: UUID) -> bool:
    """Whether they would see it now: for a list of names. It shows nothing of it, so it is no look."""
    with suppress(NoSuchCase, CaseIsErased):
        return may_see(actor(), casework().history(case_id), today()) or mandated(actor(), case_id)
    return False


def shows(*parts: Part | str) -> bool:
    """Whether they read all of these parts of the case that is shown. Templates ask it too."""
    shown: frozenset[Part] = g.get("parts", frozenset(Part))
    return shown.issuperset(parts)


class PurposeIsAsked(Forbidden):
    """What a manager reads this case for is asked first: web/purpose.py answers."""

    def __init__(self, case_id: UUID) -> None:
        super().__init__()
        self.case_id = case_id


def said_purpose(case_id: UUID) -> str:
    """As they said it in this session, or as their program sends it along."""
    if session.passing:  # type: ignore[attr-defined]  # web/session.py: a program, or a file of ours
        said = purpose_said(*request.headers.get(PURPOSE_HEADER, "").partition(":")[::2])
    else:
        said = session.get(PURPOSES, {}).get(str(case_id), "")
    if not said:
        raise PurposeIsAsked(case_id)
    return said


def _not_here(began: float) -> Never:
    """Answered at one pace: that it takes longer to read a case than to find none tells nobody anything."""
    if pace := current_app.config["PACE"]:
        time.sleep(pace - (time.monotonic() - began) % pace)
    abort(404)


def _back() -> str:
    """Where they wanted to be; a form that was sent cannot be sent again for them."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else url_for("caseload.cases")
