"""Drafts: what somebody was writing, kept for them alone until it is recorded or has had its time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, pgettext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from domain.case import Case
from domain.days import local_day
from domain.store import drafts
from domain.store.drafts import Draft
from domain.store.vault import KeyGone
from web.access import PurposeIsAsked, can, case_or_404, may, signed_in, who_is_here
from web.desk import casework, rows
from web.saving import Sent, Typed

blueprint = Blueprint("drafts", __name__)
AS_DRAFT = "as_draft"  # the button that keeps instead of records
NOT_KEPT = ("csrf_token", AS_DRAFT)
OWN_PLAN = "my-plan/"  # so begins the place of what a client wrote; all else stands below a case


@dataclass(frozen=True)
class Line:
    """One draft of the list, and its case as far as it is still theirs to see."""

    draft: Draft
    case: Case | None

    @property
    def what(self) -> str:
        """Which page it stands on, as people call it."""
        kind, _, name = self.draft.page.partition("/")
        title = pgettext("command", name.replace("-", " ")) if kind == "record" else _page_called(kind)
        return str(title)

    @property
    def address(self) -> str:
        return address_of(self.draft)


@blueprint.get("/drafts")
@may("record")
def mine() -> str:
    """What is not recorded yet."""
    return render_template("drafts.html", lines=lines())


def lines() -> list[Line]:
    """The drafts of the one who is here."""
    kept = _kept(signed_in().id)
    cases = {case_id: _if_theirs(case_id) for case_id in {draft.case_id for draft in kept}}
    return [Line(draft, cases[draft.case_id]) for draft in kept]


@blueprint.post("/drafts/<uuid:draft_id>/drop")
@may("record")
def drop(draft_id: UUID) -> Any:
    """Throw one away."""
    with rows() as db:
        if not drafts.drop(db, signed_in().id, draft_id):
            abort(404)
    flash(gettext("The draft was thrown away."))
    return redirect(url_for("drafts.mine"), 303)


def keep_draft(case_id: UUID) -> Any:
    """Keep what was typed on this page, and show what is kept."""
    draft = save(signed_in().id, case_id)
    until = f"{local_day(draft.until):%d-%m-%Y}"
    flash(gettext("Kept as a draft until %(day)s. Only you can see it. Nothing is recorded yet.", day=until))
    return redirect(url_for("drafts.mine"), 303)


def save(account: UUID, case_id: UUID) -> Draft:
    """What came in becomes a draft of this account. TooManyDrafts, DraftTooLong, KeyGone."""
    draft = Draft(account, Sent.of(request.form).posted, case_id, _page(), casework().clock())
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in NOT_KEPT]
    with rows() as db:
        drafts.keep(db, casework().vault, draft, typed)
    return draft


def opened_draft(case_id: UUID, told: str = "") -> Typed | None:
    """What was kept of this page, when its address names a draft; 404 when there is none of theirs here.
    `told`: to whom this is said in another way.
    """
    if "draft" not in request.args:
        return None
    asked = (str(case_id), _page(), request.args["draft"])
    draft = next((d for d in _kept(signed_in().id) if (str(d.case_id), d.page, str(d.id)) == asked), None)
    if draft is None:
        abort(404)
    flash(told or gettext("This is your draft. It is not recorded yet."), "info")
    return MultiDict(_text_or_404(draft))


def address_of(draft: Draft) -> str:
    """The page it stands on, filled in as it was."""
    own = draft.page.startswith(OWN_PLAN)
    below, page = ("my-plan", draft.page.removeprefix(OWN_PLAN)) if own else ("cases", draft.page)
    return f"/{below}/{draft.case_id}/{page}?draft={draft.id}"


def drafts_kept() -> int:
    """How many drafts are waiting for the one who is here."""
    account = who_is_here()
    return len(_kept(account.id)) if account and can("record") else 0


def _kept(account: UUID) -> list[Draft]:
    with rows() as db:
        return drafts.drafts_of(db, account, casework().clock())


def _text_or_404(draft: Draft) -> drafts.Text:
    try:
        with rows() as db:
            return drafts.text_of(db, casework().vault, draft)
    except KeyGone:
        return abort(404)


def _if_theirs(case_id: UUID) -> Case | None:
    with suppress(NotFound, PurposeIsAsked):
        return case_or_404(case_id)
    return None


def _page() -> str:
    """Where this request is: below the case `record/take-action`, in an own plan `my-plan/wish`."""
    page = request.path.split("/", 3)[3]
    return OWN_PLAN + page if request.path.startswith(f"/{OWN_PLAN}") else page


def _page_called(kind: str) -> str:
    return str(pgettext("page", kind.replace("-", " ")))


blueprint.add_app_template_global(drafts_kept)
