"""Mijn plan: the client reads their own plan, and acts in it with their own hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from werkzeug.exceptions import NotFound

from domain.case import Case
from domain.entry import Entry
from domain.store.links import sign_in_links
from projections.access import lately
from projections.contacts import of_cases
from projections.my_page import MyPage
from projections.my_plan import name_of, own_cases, question_on
from web.access import case_or_404, may, signed_in
from web.accounts.staff import partners_here, staff_here
from web.desk import rows, today, wait_for_own_write
from web.documents import handed_out
from web.mine import doing as my_doing
from web.mine.forms import ANSWERED_WITHIN, FORMS
from web.mine.looker import role_in_words
from web.mine.reader import Reader
from web.mine.wording import first_name
from web.saving import fresh

blueprint = Blueprint("my_plan", __name__)


@blueprint.get("/my-plan")
@may("read_own_plan")
def mine() -> Any:
    """The one plan that is theirs, or a choice."""
    cases = [*_own()]
    if len(cases) == 1:
        return redirect(url_for("my_plan.plan", case_id=cases[0].id), 303)
    return render_template("my-plans.html", plans=[(case.id, case.plan_on(today())) for case in cases])


@blueprint.get("/my-plan/<uuid:case_id>")
@may("read_own_plan")
def plan(case_id: UUID) -> str:
    """All of it on one page."""
    me = Reader.of(case_id)
    wait_for_own_write()
    with rows() as db:
        contacts = of_cases(db, [case_id]).get(case_id, [])
        looked = lately(db, case_id, today())
        letters = sign_in_links(db, me.by.user)
    page = MyPage(me.case.entries, today(), contacts, me.person, me.by.user)
    return render_template(
        "my-plan.html",
        me=me,
        you=me.you,
        page=page,
        plan=page.plan,
        case_id=case_id,
        version=me.case.version,
        answer_by=today() + ANSWERED_WITHIN,
        open=page.plan.closed_on is None,
        looked=[(one, role_in_words(one.user_role, one.organisation, me.you)) for one in looked],
        letters=letters,
        staff=staff_here(page.plan),
        partners=partners_here(page.plan),
        telephone=current_app.config["TELEPHONE"],
        effect=my_doing.effect_for(me),
    )


@blueprint.get("/my-plan/<uuid:case_id>/about/<uuid:subject>")
@may("read_own_plan")
def about(case_id: UUID, subject: UUID) -> str:
    """What one can say about a goal or help: an answer, another wish, or that it is not right."""
    me = Reader.of(case_id)
    agreed = me.plan.agreements.items()
    return render_template(
        "my-about.html",
        me=me,
        you=me.you,
        case_id=case_id,
        subject=subject,
        name=name_of(me.plan, subject) or abort(404),
        question=question_on(me.case.entries, today(), subject, me.person),
        agreements=[(nr, one) for nr, one in agreed if subject == (one.support_id or one.goal_id)],
        open=me.plan.closed_on is None,
    )


@blueprint.get("/my-plan/<uuid:case_id>/documents/<uuid:document_id>")
@may("read_own_plan")
def document(case_id: UUID, document_id: UUID) -> Any:
    """A file of their own plan, to keep."""
    return handed_out(case_id, Reader.of(case_id).plan, document_id)


def _own() -> Iterator[Case]:
    """Their cases. Who spoke for the client until yesterday has none of theirs today."""
    wait_for_own_write()
    with rows() as db:
        found = own_cases(db, signed_in().id)
    for case_id in found:
        with suppress(NotFound):
            yield case_or_404(case_id)


def own_words(entry: Entry) -> str:
    """What somebody wrote with own hand, to know it again by."""
    say = getattr(entry, "say", None)
    own = (getattr(entry, name, "") for name in ("then", "words"))
    return next((text for text in own if text), say.words if say else "")


blueprint.add_url_rule(
    "/my-plan/<uuid:case_id>/answer/<subject>", view_func=my_doing.answer, methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/my-plan/<uuid:case_id>/<any(%s):name>" % ", ".join(map(repr, FORMS)),  # noqa: UP031
    view_func=my_doing.do,
    methods=["GET", "POST"],
)
blueprint.add_app_template_global(first_name)
blueprint.add_app_template_global(own_words)
blueprint.add_app_template_global(fresh, "fresh_form")
