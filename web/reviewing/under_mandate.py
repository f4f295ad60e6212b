"""What happens under a mandate: the reviewer notes and asks, the organisation answers, and who sees that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.access import Ground
from domain.entry import Facts, Role
from domain.errors import CaseIsErased, NoSuchCase, Overtaken, RecordedBefore, Refused
from domain.review import Review
from projections import review as reviews
from web.access import PURPOSES, actor, can, case_or_404, may, signed_in
from web.desk import casework, remember_write, rows, wait_for_own_write
from web.forms.review import AnswerQuestion, AskQuestion, EndMandate, NoteFinding, ReviewForm
from web.logs.looks import saw, wrote
from web.saving import TRIES, Errors, Sent, Typed, anew, fresh, refused, values_of, wrong

blueprint = Blueprint("reviewing", __name__)
UNDER = "/reviews/<uuid:mandate_id>/<uuid:case_id>/"
FORMS: dict[str, type[ReviewForm]] = {
    "note_finding": NoteFinding,
    "ask_question": AskQuestion,
    "answer_question": AnswerQuestion,
}


@dataclass(frozen=True)
class Refusal:
    """A form of the page that was not taken: which one, what was typed, and what is wrong with it."""

    place: str = ""
    typed: Typed = field(default_factory=MultiDict)
    errors: Errors = field(default_factory=dict)


NOTHING = Refusal()


@blueprint.post(UNDER + "note-finding", defaults={"command": "note_finding"})
@may("note_finding")
def note_finding(mandate_id: UUID, case_id: UUID, command: str) -> Any:
    def tell(review: Review, **facts: Any) -> None:
        review.note_finding(case=casework().history(case_id), **facts)

    return _tell(mandate_id, case_id, command, tell, gettext("Your finding is recorded."))


@blueprint.post(UNDER + "ask-question", defaults={"command": "ask_question"})
@may("ask_question")
def ask_question(mandate_id: UUID, case_id: UUID, command: str) -> Any:
    def tell(review: Review, **facts: Any) -> None:
        review.ask_question(case=casework().history(case_id), **facts)

    said = gettext("Your question is recorded. The organisation sees it with the file.")
    return _tell(mandate_id, case_id, command, tell, said)


@blueprint.post(UNDER + "answer-question/<int:question>", defaults={"command": "answer_question"})
@may("answer_question")
def answer_question(mandate_id: UUID, case_id: UUID, question: int, command: str) -> Any:
    def tell(review: Review, **facts: Any) -> None:
        review.answer_question(question, **facts)

    said = gettext("Your answer is recorded. The reviewer can read it.")
    return _tell(mandate_id, case_id, command, tell, said)


@blueprint.get("/cases/<uuid:case_id>/reviews")
@may("read_questions")
def of_case(case_id: UUID) -> str:
    """Who reviews this case or did, and what they ask."""
    return _case_page(case_id, NOTHING)


def mandate_or_404(mandate_id: UUID) -> list[Review]:
    """A mandate, each case as it is now: for a manager; for its reviewer, as long as it holds."""
    wait_for_own_write()
    with rows() as db:
        reviewed = reviews.mandate(db, casework(), mandate_id)
    if not reviewed or not all(map(_is_theirs, reviewed)):
        abort(404)
    for one in reviewed:
        _look(one)
    return reviewed


def keep(changed: Callable[[], list[Review]]) -> None:
    """Read, change and keep; whoever was overtaken looks and tries again."""
    for _ in range(TRIES):
        try:
            return remember_write(casework().keep(*changed()))
        except Overtaken:
            continue
    raise Overtaken


def mandate_page(reviewed: list[Review], refusal: Refusal) -> str:
    with rows() as db:
        names = reviews.named(db, [one.case_id for one in reviewed])
    order = list(names)
    return render_template(
        "review.html",
        mandate=reviewed[0],
        reviewed=sorted(reviewed, key=lambda one: order.index(one.case_id) if one.case_id in names else -1),
        names=names,
        now=casework().clock(),
        forms={command: form() for command, form in FORMS.items()},
        end=EndMandate(),
        refusal=refusal,
        fresh=fresh,
    )


def reviewed(case_id: UUID) -> list[Review]:
    """What the frame of a case says of reviews: their own to a reviewer, those that hold to who answers."""
    reviewer = signed_in().id if signed_in().role is Role.REVIEWER else None
    if not reviewer and not can("read_questions"):
        return []
    with rows() as db:
        found = reviews.read(casework(), reviews.found(db, case_id=case_id, reviewer=reviewer))
    return [one for one in found if one.live(casework().clock())]


def all_reviews(case_id: UUID) -> list[tuple[Review, bool]]:
    """What a client is told: each review of this case there was, and whether it holds now."""
    with rows() as db:
        about = reviews.about(db, casework(), case_id)
    return [(one, one.live(casework().clock())) for one in about]


def _is_theirs(review: Review) -> bool:
    """A manager gave it, or another; a reviewer has it now. Who else may answer comes by the case."""
    if signed_in().role is Role.REVIEWER:
        return review.reviewer.user == signed_in().id and review.live(casework().clock())
    return can("read_reviews")


def _look(review: Review) -> None:
    """For a reviewer the mandate says what for. A manager said so of the case, or reads without."""
    if signed_in().role is Role.REVIEWER:
        saw(review.case_id, Ground.MANDATE, review.purpose)
    else:
        saw(review.case_id, Ground.PURPOSE, session.get(PURPOSES, {}).get(str(review.case_id), ""))


def _review_or_404(mandate_id: UUID, case_id: UUID) -> Review:
    try:
        review = casework().review(mandate_id, case_id)
    except (NoSuchCase, CaseIsErased):
        abort(404)
    if _is_theirs(review):
        _look(review)
    elif can("read_questions"):
        case_or_404(case_id)
    else:
        abort(404)
    return review


def _tell(mandate_id: UUID, case_id: UUID, command: str, tell: Callable[..., None], said: str) -> Any:
    """Record it; the page again when it is not taken."""
    form: ReviewForm = FORMS[command]()
    typed: Typed = request.form
    how: Facts = {"by": actor(), "now": casework().clock(), "posted": Sent.of(typed).posted}

    def changed() -> list[Review]:
        review = _review_or_404(mandate_id, case_id)
        tell(review, **facts, **how)
        return [review]

    _review_or_404(mandate_id, case_id)
    try:
        facts = form.facts(values_of(form, typed))
        keep(changed)
    except ValidationError as error:
        return _again(mandate_id, case_id, Refusal(_place(), typed, wrong(form, error))), 422
    except Refused as error:
        if isinstance(error, RecordedBefore):
            typed = anew(typed, posted=fresh())
        return _again(mandate_id, case_id, Refusal(_place(), typed, refused(form, error))), 422
    wrote(case_id, 0)
    flash(said)
    if can("read_reviews"):
        return redirect(url_for("review.mandate", mandate_id=mandate_id, _anchor=f"case-{case_id}"), 303)
    return redirect(url_for("reviewing.of_case", case_id=case_id), 303)


def _place() -> str:
    """Which form of the page this is, as its fields are called there."""
    parts = (request.view_args or {}).get
    return "-".join(str(part) for part in map(parts, ("command", "case_id", "question")) if part is not None)


def _again(mandate_id: UUID, case_id: UUID, refusal: Refusal) -> str:
    if can("read_reviews"):
        return mandate_page(mandate_or_404(mandate_id), refusal)
    return _case_page(case_id, refusal)


def _case_page(case_id: UUID, refusal: Refusal) -> str:
    case = case_or_404(case_id)
    wait_for_own_write()
    with rows() as db:
        about = reviews.about(db, casework(), case.id)
    return render_template(
        "case-reviews.html",
        case=case,
        about=about,
        now=casework().clock(),
        answer=AnswerQuestion(),
        refusal=refusal,
        fresh=fresh,
    )


blueprint.add_app_template_global(reviewed)
blueprint.add_app_template_global(all_reviews)
