"""Links to answer one question without an account: made by a worker, shown once, listed with their state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from domain.case import Case
from domain.entry import Facts, Subject
from domain.representation import speakers
from domain.store.links import Link, Purpose, links_of, make_link, revoke_link
from projections.my_plan import Question, questions
from projections.noted import waiting
from web.access import case_or_404, may, require, signed_in
from web.asking.answer import asked_by, who_answers
from web.coming_in.handing_over import our_address
from web.coming_in.square import Square
from web.desk import casework, rows, today
from web.forms.picks import number
from web.forms.picks import subject as subject_of
from web.mine.wording import You, first_name, spoken_to
from web.saving import Typed
from web.words import client_name

blueprint = Blueprint("answer_links", __name__)
VALID = timedelta(days=14)


@dataclass(frozen=True)
class Listed:
    """One link as the list shows it."""

    link: Link
    state: str  # open, used, revoked, expired
    who: str
    about: str


@blueprint.get("/cases/<uuid:case_id>/answer-links")
@may("make_answer_link")
def overview(case_id: UUID) -> str:
    return _page(case_or_404(case_id))


@blueprint.post("/cases/<uuid:case_id>/answer-links")
@may("make_answer_link")
def make(case_id: UUID) -> str:
    """The new link is on the page that answers this form, and nowhere else: it is kept as a hash only."""
    case = case_or_404(case_id)
    made = made_for(case, *_asked(request.form), request.form.get("who", ""))
    represents = request.form.get("who") != str(case.client_id)
    you = spoken_to(case.plan_on(today()).client, represents=represents)
    return _page(case, made=our_address(url_for("answer.ask", made=made)), you=you)


@blueprint.post("/cases/<uuid:case_id>/answer-links/<uuid:link_id>/revoke")
@may("make_answer_link")
def revoke(case_id: UUID, link_id: UUID) -> Any:
    """From now on it opens nothing."""
    case = case_or_404(case_id)
    with rows() as db:
        if not revoke_link(db, link_id, case.id):
            abort(404)
    flash(gettext("The link is revoked. It opens nothing any more."))
    return redirect(url_for("answer_links.overview", case_id=case.id), 303)


def made_for(case: Case, subject: Subject, entry: int, typed: str) -> str:
    """A link to this question, or to this answer to confirm, for the client or who speaks for them."""
    require("make_answer_link")
    who = next((key for key, _ in answerers(case) if str(key) == typed), None) or abort(400)
    if waiting(case.entries, today(), subject, entry, _person(case, who)) is None:
        abort(404)
    what: Facts = {"case_id": case.id, "subject": subject, "entry": entry}
    with rows() as db:
        return make_link(db, Purpose.ANSWER, who, by=signed_in().id, valid=VALID, **what)


def answerers(case: Case) -> list[tuple[UUID, str]]:
    """Who can answer: the client, and whoever speaks for them today."""
    plan = case.plan_on(today())
    theirs = [(key, person.name) for key, person in speakers(plan, today()).items()]
    return [(case.client_id, client_name(plan.client)), *theirs]


def _person(case: Case, who: UUID) -> UUID | None:
    return None if who == case.client_id else who


def _page(case: Case, made: str = "", you: You | None = None) -> str:
    with rows() as db:
        links = links_of(db, case.id)
    return render_template(
        "answer-links.html",
        case=case,
        questions=questions(case.entries, today()),
        answerers=answerers(case),
        made=made,
        you=you,
        square=Square.of(made) if made else None,
        valid=VALID.days,
        links=[_listed(case, link) for link in links],
    )


def _listed(case: Case, link: Link) -> Listed:
    by = who_answers(case, link.who)
    still = link.is_open(casework().clock())
    asked = asked_by(link, case, _person(case, link.who)) if still else None
    about = asked.then if isinstance(asked, Question) else asked.about if asked else ""
    return Listed(link, _state(link, still_asked=asked is not None), first_name(by.name) if by else "", about)


def _state(link: Link, *, still_asked: bool) -> str:
    if link.used_at:
        return "used"
    if link.revoked_at:
        return "revoked"
    if not link.is_open(casework().clock()):
        return "expired"
    return "open" if still_asked else "not asked any more"


def _asked(typed: Typed) -> tuple[Subject, int]:
    """The question that was chosen."""
    try:
        return subject_of(typed.get("subject", "")), number(typed.get("entry", ""))
    except ValueError:
        return abort(400)
