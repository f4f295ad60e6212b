"""Who is here, and what they may see and do. Every route says which right it asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, redirect, request, session, url_for

from domain import permissions
from domain.access import ground_of
from domain.case import Case
from domain.entry import Actor
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.accounts import Account
from web.desk import casework, today
from web.looks import saw

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


def can(right: str) -> bool:
    """Whether the one who is here has this right. Templates ask it too."""
    account = who_is_here()
    return account is not None and permissions.may(account.role, right)


def require(right: str) -> None:
    """Go on only with this right: 403 for something to do, 404 for something to see."""
    if not can(right):
        to_see = right.startswith("read_") and right not in permissions.COMMANDS  # to read back is to do
        abort(404 if to_see else 403)


def case_or_404(case_id: UUID) -> Case:
    """The case, if it exists and is theirs to see. The answer does not tell which of the two it was."""
    try:
        case = casework().history(case_id)
    except (NoSuchCase, CaseIsErased):
        abort(404)
    ground = ground_of(actor(), case, today()) or abort(404)
    saw(case.id, ground)
    return case


def _back() -> str:
    """Where they wanted to be; a form that was sent cannot be sent again for them."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else url_for("caseload.cases")
