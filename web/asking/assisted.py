"""Together: a worker types with the client beside them, on the client's own page.

What is typed is recorded by the worker, as spoken. The client makes it their own: at once, on this device and
with a link of their own; or later, on Mijn plan.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, session, url_for

from domain.case import Case
from domain.entry import Facts, Subject
from domain.errors import ChangedMeanwhile
from domain.say import Say, means_of
from projections.my_plan import Question, question_of, questions
from projections.noted import noted_in
from web.access import actor, case_or_404, may, require
from web.asking.answer_links import made_for
from web.context import start_talk, talk_of
from web.desk import today
from web.forms.picks import subject_or_404
from web.mine.answers import Answer, Mine, record_answer
from web.mine.wording import spoken_to
from web.saving import Sent, Shown, keep, taken, values_of

blueprint = Blueprint("assisted", __name__)
NEEDED = ("take_stance", "answer_proposal", "accept_support", "refuse_support")


@blueprint.get("/cases/<uuid:case_id>/together")
@may("show_plan")
def together(case_id: UUID) -> str:
    """All that is asked of the client, to answer together."""
    return _page(case_or_404(case_id), Shown())


@blueprint.post("/cases/<uuid:case_id>/together/<subject>/<int:entry>")
@may("show_plan")
def write_down(case_id: UUID, subject: str, entry: int) -> Any:
    """What the client said to one question."""
    about = subject_or_404(subject)
    for right in NEEDED:
        require(right)
    case = case_or_404(case_id)
    return taken(
        Answer(),
        lambda shown: _page(case_or_404(case_id), shown, about),
        partial(_answered, case, about, entry),
    )


@blueprint.get("/cases/<uuid:case_id>/together/<int:number>")
@may("show_plan")
def written_down(case_id: UUID, number: int) -> str:
    """Read it back: is this what the client said? And how they make it their own."""
    case = case_or_404(case_id)
    one = noted_in(case.entries, today(), number) or abort(404)
    return render_template("assisted-noted.html", alone=True, case=case, one=one, **_said(case))


@blueprint.post("/cases/<uuid:case_id>/together/<int:number>/confirm")
@may("make_answer_link")
def hand_over(case_id: UUID, number: int) -> Any:
    """The device goes to the client: they confirm with their own hand, by a link that works once.

    Who hands it over is signed out: an own hand is nobody's who is signed in here. Signing in leads back.
    """
    case = case_or_404(case_id)
    one = noted_in(case.entries, today(), number) or abort(404)
    made = made_for(case, one.subject, number, str(case.client_id))
    session.sign_out()  # type: ignore[attr-defined]  # web/session.py
    session["wanted"] = url_for("assisted.together", case_id=case.id)
    return redirect(url_for("answer.ask", made=made), 303)


def _answered(case: Case, about: Subject, entry: int, sent: Sent) -> Any:
    if before := case.posted(sent.posted):
        return _to(case.id, before[0].number)
    asked = _still_asked(case, about, entry)
    facts = Answer().load(values_of(Answer(), request.form))
    return _to(case.id, _recorded(case, asked, facts, sent))


def _still_asked(case: Case, about: Subject, entry: int) -> Question:
    """ChangedMeanwhile when it has its answer, or is asked in other words."""
    asked = question_of(case.entries, today(), about, entry)
    if asked is None:
        raise ChangedMeanwhile(())
    return asked


def _recorded(case: Case, asked: Question, facts: Facts, sent: Sent) -> int:
    """In the talk that goes on; else one starts here, with the two of them."""
    if talk_of(case.id) is None:
        client = case.plan.client
        start_talk(case.id, today(), tuple(filter(None, (client.known_as, actor().name))))
    talk = talk_of(case.id)
    assert talk is not None  # noqa: S101 - it was just started
    say = said(facts["answer"], facts["words"], sent.version)
    how = {"by": actor(), "happened_on": talk.on, "conversation_id": talk.conversation_id}
    how["posted"] = sent.posted
    return keep(
        case.id, sent, {asked.subject, asked.entry}, lambda case: record_answer(case, asked, say, how)
    )


def said(answer: Mine, words: str, version: int) -> Say:
    """Typed by somebody else: spoken with words, and with only a click no more than reported."""
    means = means_of(answer.stance, words)
    return Say(answer.stance, means, words, shown_version=version, present=True)


def _to(case_id: UUID, number: int) -> Any:
    return redirect(url_for("assisted.written_down", case_id=case_id, number=number), 303)


def _said(case: Case) -> dict[str, Any]:
    return {"you": spoken_to(case.plan.client)}


def _page(case: Case, shown: Shown, about: Subject | None = None) -> str:
    """`about`: of the answer that was not right yet, with what was typed."""
    asked = questions(case.entries, today())
    return render_template(
        "assisted.html",
        alone=True,
        case=case,
        questions=asked,
        about=about,
        gone=about is not None and about not in {question.subject for question in asked},
        **_said(case),
        **shown.on(case),
    )
