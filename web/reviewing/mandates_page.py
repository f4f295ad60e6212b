"""Mandates: a manager gives one, sees them all and ends them; a reviewer finds there what they may review."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.entry import Facts, Role
from domain.errors import NotAReviewer, Overtaken, RecordedBefore, Refused
from domain.review import Review
from domain.store.access_log import Code
from domain.store.accounts import reviewers
from projections import review as reviews
from projections.review import Named, ReviewRow
from projections.which_case import Meant, which_case
from web.access import actor, may, signed_in
from web.desk import casework, remember_write, rows, wait_for_own_write
from web.forms.review import EndMandate, GiveMandate, ToChooseFrom
from web.logs.looks import listed
from web.reviewing.under_mandate import NOTHING, Refusal, keep, mandate_or_404, mandate_page
from web.saving import Sent, Typed, anew, fresh, refused, values_of, wrong

blueprint = Blueprint("review", __name__)


@blueprint.get("/reviews")
@may("read_reviews")
def overview() -> str:
    """For a reviewer their own mandates that hold, for a manager all there ever were."""
    up_to_date, now = wait_for_own_write(), casework().clock()
    mandates, names = mandates_shown(now, Code.LIST)
    return render_template(
        "reviews.html", mandates=mandates, names=names, now=now, mine=_mine(), up_to_date=up_to_date
    )


def mandates_shown(
    now: datetime, code: Code
) -> tuple[list[tuple[Review, list[ReviewRow]]], dict[UUID, Named]]:
    """The mandates that they see, each with its cases, and how those are called: noted, each of them."""
    with rows() as db:
        found = reviews.found(db, reviewer=_mine())
        mandates = [(one, of) for of in _by_mandate(found) if (one := reviews.one_of(casework(), of))]
        names = reviews.named(db, [row.case_id for row in found])
    shown = [(one, of) for one, of in mandates if one.live(now) or not _mine()]
    listed((row.case_id for _, of in shown for row in of), code)
    return shown, names


def _mine() -> UUID | None:
    """Whose mandates alone, for a reviewer."""
    return signed_in().id if signed_in().role is Role.REVIEWER else None


@blueprint.get("/reviews/new")
@may("give_mandate")
def ask() -> str:
    return _giving(NOTHING)


@blueprint.post("/reviews/new")
@may("give_mandate")
def give() -> Any:
    """Every case that was named is found, or nothing is given."""
    form = GiveMandate()
    typed: Typed = request.form
    mandate_id = Sent.of(typed).posted
    try:
        facts = form.facts(values_of(form, typed))
        meant = _meant(facts.pop("cases"))
        if unclear := [_unclear(one) for one in meant if len(one.cases) != 1]:
            return _giving(Refusal("give", typed, {"cases": unclear})), 422
        _give_once(mandate_id, [one.cases[0].case_id for one in meant], facts)
    except ValidationError as error:
        return _giving(Refusal("give", typed, wrong(form, error))), 422
    except Refused as error:
        if isinstance(error, RecordedBefore):
            typed = anew(typed, posted=fresh())
        return _giving(Refusal("give", typed, refused(form, error))), 422
    flash(gettext("The mandate is given. Each client can read it on their own page."))
    return redirect(url_for("review.mandate", mandate_id=mandate_id), 303)


@blueprint.get("/reviews/<uuid:mandate_id>")
@may("read_reviews")
def mandate(mandate_id: UUID) -> str:
    """One mandate: its cases, each with what was found, asked and answered."""
    return mandate_page(mandate_or_404(mandate_id), NOTHING)


@blueprint.post("/reviews/<uuid:mandate_id>/end")
@may("end_mandate")
def end(mandate_id: UUID) -> Any:
    """Over at once, for all its cases."""
    form, typed = EndMandate(), request.form
    how: Any = {"by": actor(), "now": casework().clock(), "posted": Sent.of(typed).posted}

    def ended() -> list[Review]:
        reviewed = mandate_or_404(mandate_id)
        for one in reviewed:
            one.end_mandate(reason, **how)
        return reviewed

    try:
        reason = form.facts(values_of(form, typed))["reason"]
        keep(ended)
    except ValidationError as error:
        return mandate_page(mandate_or_404(mandate_id), Refusal("end", typed, wrong(form, error))), 422
    except Refused as error:
        return mandate_page(mandate_or_404(mandate_id), Refusal("end", typed, refused(form, error))), 422
    flash(gettext("The mandate is over. The reviewer cannot open these files any more."))
    return redirect(url_for("review.mandate", mandate_id=mandate_id), 303)


def _by_mandate(found: list[ReviewRow]) -> list[list[ReviewRow]]:
    """Together what was given together, in the same order."""
    together: dict[UUID, list[ReviewRow]] = {}
    for row in found:
        together.setdefault(row.mandate_id, []).append(row)
    return list(together.values())


def _meant(texts: tuple[str, ...]) -> list[Meant]:
    """What each text means, and no case twice."""
    with rows() as db:
        meant = [which_case(db, text) for text in texts]
    once = {one.cases[0].case_id if len(one.cases) == 1 else one.text: one for one in meant}
    return list(once.values())


def _unclear(meant: Meant) -> str:
    if not meant.near:
        return str(gettext("No file was found for “%(text)s”.", text=meant.text))
    listed((one.case_id for one in meant.near), Code.SEARCH)
    near = "; ".join(f"{one.name} ({one.case_number})" for one in meant.near)
    which = gettext(
        "Which file is “%(text)s”? Fill in the number. Found: %(near)s.", text=meant.text, near=near
    )
    return str(which)


def _give_once(mandate_id: UUID, cases: list[UUID], facts: Facts) -> None:
    """The same form again finds what it gave before."""
    who = facts.pop("reviewer")
    with rows() as db:
        reviewer = next((one.actor for one in reviewers(db) if one.id == who), None)
        if reviewer is None:
            raise NotAReviewer
        before = reviews.mandate(db, casework(), mandate_id)
    if before:
        if set(before[0].cases) != set(cases):
            raise RecordedBefore("cases")
        return
    how: Any = {"by": actor(), "now": casework().clock(), "posted": mandate_id}
    found = [casework().history(case_id) for case_id in cases]
    try:
        remember_write(casework().keep(*Review.give_mandate(found, reviewer, **facts, **how)))
    except Overtaken:  # by the same form, at the same moment
        casework().review(mandate_id, cases[0])


def _giving(refusal: Refusal) -> str:
    with rows() as db:
        at = ToChooseFrom(reviewers(db))
    return render_template(
        "review-new.html",
        form=GiveMandate(),
        at=at,
        typed=refusal.typed or MultiDict(),
        errors=refusal.errors,
        posted=refusal.typed.get("posted", fresh()),
    )
