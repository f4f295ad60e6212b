"""One question, answered by a link that works once: no account, and nothing else of the plan.

Whoever holds the link answers as the one it was made for; who made it, when, and when it was used stay in
draad.link, and the entries it led to carry its id (`posted`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext
from marshmallow import Schema, ValidationError

from domain.access import ground_of
from domain.case import Case
from domain.entry import Actor, Facts, Role, Subject
from domain.errors import CaseIsErased, ChangedMeanwhile, NoSuchCase, Refused
from domain.record import ReadBack
from domain.store.attempts import Attempts
from domain.store.links import Link, Purpose, find_link, use_link, used_link
from projections.my_plan import Question
from projections.noted import HAND, Noted, waiting
from web.access import open_to_all, who_is_here
from web.asking.by_link import links_in, said_of
from web.desk import casework, desk, rows, today
from web.forms.picks import subject as subject_of
from web.logs.looks import saw, wrote
from web.mine.answers import Answer, own_say, record_answer
from web.mine.confirm import Confirm, Confirmed
from web.mine.wording import You, spoken_to
from web.saving import Errors, Sent, Typed, keep_once, refused, values_of, wrong

blueprint = Blueprint("answer", __name__)
CHANGED = "This question changed while you read it. Read it again, and then send your answer."
ONCE_MORE = "Your answer was not sent yet. Send it once more."


@dataclass(frozen=True)
class Opened:
    """What a link opens: a question to answer, or an answer that somebody wrote down, to confirm."""

    link: Link
    case: Case
    by: Actor
    asked: Question | Noted

    @property
    def person(self) -> UUID | None:
        """None: the client answers; else who speaks for them."""
        return None if self.by.role is Role.CLIENT else self.link.who

    @property
    def form(self) -> Schema:
        return Answer() if isinstance(self.asked, Question) else Confirm()

    @property
    def you(self) -> You:
        return spoken_to(self.case.plan.client, represents=self.person is not None)

    def told(self, typed: Typed, version: int) -> Callable[[Case], None]:
        """How to keep what was typed, in their own hand. ValidationError."""
        how: Facts = {"by": self.by, "happened_on": today(), "posted": self.link.id}
        asked = self.asked
        if isinstance(asked, Question):
            facts = Answer().load(values_of(Answer(), typed))
            say = own_say(facts["answer"], facts["words"], version, self.person)
            return lambda case: record_answer(case, asked, say, how)
        said = Confirmed.of(typed, version, self.person)
        return lambda case: said.record(case, asked, how)


@blueprint.before_request
def hand_it_over() -> Any:
    """What is answered while somebody of the staff is signed in here is nobody else's own hand."""
    account = who_is_here()
    if request.endpoint in {"answer.ask", "answer.take"} and account and account.role not in HAND:
        made = (request.view_args or {})["made"]
        return render_template("answer-hand-over.html", made=made, alone=True), 403
    return None


@blueprint.get("/answer/<made>")
@open_to_all
def ask(made: str) -> Any:
    """The question. Looking uses nothing up: mail programs look too."""
    opened = _opened(made)
    return _page(made, opened) if opened else _closed()


@blueprint.post("/answer/<made>")
@open_to_all
def take(made: str) -> Any:
    """Record it and use the link up, in one breath: twice the same is once."""
    opened = _opened(made)
    if opened is None:
        return _sent_again(made)
    version = Sent.of(request.form).version
    try:
        if not _recorded(opened, opened.told(request.form, version), version):
            return _sent_again(made)
    except ValidationError as error:
        return _page(made, opened, wrong(opened.form, error)), 422
    except ChangedMeanwhile:
        again = _opened(made)
        return (_page(made, again, {"": [gettext(CHANGED)]}), 409) if again else _closed()
    except Refused as error:
        return _page(made, opened, refused(opened.form, error)), 422
    return redirect(url_for("answer.thanks"), 303)


@blueprint.post("/answer/<made>/alone")
@open_to_all
def alone(made: str) -> Any:
    """Whoever of us was signed in here goes out, before the device goes to the one who answers."""
    session.sign_out()  # type: ignore[attr-defined]  # web/session.py
    return redirect(url_for("answer.ask", made=made), 303)


@blueprint.get("/answered")
@open_to_all
def thanks() -> str:
    """It is there. What was answered is not shown again: others may use this device."""
    return render_template("answer-thanks.html", alone=True)


def once_more() -> Any:
    """When the form was open for too long: the same page with what was typed. Else None."""
    made = (request.view_args or {}).get("made", "")
    if request.endpoint != "answer.take" or not (opened := _opened(made)):
        return None
    return _page(made, opened, {"": [gettext(ONCE_MORE)]}), 400


def _opened(made: str) -> Opened | None:
    """What the link opens now. One that opens nothing counts as a guess; a good one opens whoever guessed
    from the same address: many share one.
    """
    with rows() as db:
        link = find_link(db, made, Purpose.ANSWER)
        attempts = Attempts.of(desk().key("answer links"), made, request.remote_addr or "", "link")
        if link is None and not attempts.allow(db):
            abort(429)
    return _open(link) if link else None


def _open(link: Link) -> Opened | None:
    case = _case(link)
    by = case and who_answers(case, link.who)
    ground = by and case and ground_of(by, case, today())
    if not (case and by and ground):
        return None
    person = None if by.role is Role.CLIENT else link.who
    asked = asked_by(link, case, person)
    if asked is None:
        return None  # it was answered, or taken back
    why = said_of(links_in(case.id)[link.id])
    saw(case.id, ground, why, by=by, on_behalf_of=case.client_id if person else None)
    return Opened(link, case, by, asked)


def asked_by(link: Link, case: Case, person: UUID | None) -> Question | Noted | None:
    """What this link asks, while an answer is waited for."""
    subject = subject_of(link.subject) if link.subject else None
    return waiting(case.entries, today(), subject, link.entry or 0, person)


def who_answers(case: Case, who: UUID) -> Actor | None:
    """As whom this link answers: the client, or somebody in the case."""
    plan = case.plan
    if who == case.client_id:
        return Actor(who, Role.CLIENT, plan.client.name)
    person = plan.people.get(who)
    return Actor(who, Role.REPRESENTATIVE, person.name) if person else None


def _case(link: Link) -> Case | None:
    try:
        return casework().history(link.case_id) if link.case_id else None
    except (NoSuchCase, CaseIsErased):
        return None


def _recorded(opened: Opened, tell: Callable[[Case], None], version: int) -> bool:
    """False when somebody used the link up a moment before. Not recorded is not used."""
    link, asked = opened.link, opened.asked
    subjects: set[Subject] = {asked.subject, asked.entry}
    with rows() as db, db.transaction():
        if not use_link(db, link.id):
            return False
        sent = Sent(version, link.id)
        wrote(opened.case.id, keep_once(opened.case.id, sent, subjects, tell))
    return True


def _sent_again(made: str) -> Any:
    """The same form for the second time gets the same answer; all else finds the link closed."""
    with rows() as db:
        link = used_link(db, made, Purpose.ANSWER)
    case = _case(link) if link else None
    if link and case and _is_the_same(case, link, request.form):
        return redirect(url_for("answer.thanks"), 303)
    return _closed()


def _is_the_same(case: Case, link: Link, typed: Typed) -> bool:
    for entry in case.posted(link.id):
        form: Schema = Confirm() if isinstance(entry, ReadBack) or entry.about == link.entry else Answer()
        try:
            facts = form.load(values_of(form, typed))
        except ValidationError:
            return False
        if isinstance(entry, ReadBack):
            return (entry.right, entry.words) == (facts["right"], facts["words"])
        told = next(entry.stances())
        return isinstance(form, Confirm) or (told.stance, told.words) == (
            facts["answer"].stance,
            facts["words"],
        )
    return False


def _page(made: str, opened: Opened, errors: Errors | None = None) -> str:
    asked = opened.asked
    return render_template(
        "answer.html",
        alone=True,
        asked=replace(asked, said=()) if isinstance(asked, Question) else None,  # not what was said before
        noted=asked if isinstance(asked, Noted) else None,
        you=opened.you,
        represents=opened.person is not None,
        errors=errors or {},
        typed=request.form,
        send={
            "to": url_for("answer.ask", made=made),
            "version": opened.case.version,
            "posted": opened.link.id,
        },
    )


def _closed() -> Any:
    """Unknown, used, expired, revoked, or not asked any more: it looks the same."""
    return render_template("answer-closed.html", alone=True), 404
