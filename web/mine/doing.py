"""What the client does in their own plan: answer, propose, wish, allow, take back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from domain.entry import Subject
from domain.errors import ChangedMeanwhile
from domain.settings import QUIET
from projections.my_plan import Question, question_on
from projections.noted import called
from web.access import may, require
from web.desk import today
from web.forms.picks import subject as subject_of
from web.forms.picks import subject_or_404
from web.forms.situation import Situation
from web.mine.answers import Answer, client_decides, counts, own_say, record_answer
from web.mine.forms import ANSWERED_WITHIN, FORMS, MyForm
from web.mine.reader import Reader
from web.mine.wording import first_name
from web.saving import (
    AnotherText,
    Sent,
    Shown,
    keep,
    says_the_same,
    taken,
    values_of,
)

ANSWERS = ("take_stance", "answer_proposal", "accept_support", "refuse_support")
NO = "Thank you. You said no. Nothing changes that you do not want."
NO_NOW = "Thank you. You said no. We talk with you about what you get now."
NO_AGAIN = "Thank you. You said no. We do not ask you this again before %(day)s."
YES_TOO = "Thank you. You said yes. %(name)s also asks who decides about this with you."
THANKS = {
    "agrees": "Thank you. You said yes. %(name)s goes on with it.",
    "wants_to_talk": "Thank you. %(name)s talks with you first. Until then nothing changes.",
}
Effect = Callable[[Question], str]


@may("read_own_plan")
def answer(case_id: UUID, subject: str) -> Any:
    """One question: to answer, or to answer anew."""
    me, about = Reader.of(case_id), subject_or_404(subject)
    if request.method == "GET":
        return _asked(me, about, Shown(me.opened_draft()))
    for right in ANSWERS:
        require(right)
    return taken(
        Answer(),
        lambda shown: _asked(Reader.of(case_id), about, shown),
        partial(_answered, me, about),
        me.why,
    )


def _answered(me: Reader, about: Subject, sent: Sent) -> Any:
    facts = Answer().load(values_of(Answer(), request.form))
    say = own_say(facts["answer"], facts["words"], sent.version, me.person)
    if before := me.case.posted(sent.posted):
        if says_the_same(before, {"say": say}):
            return _back(me)
        raise AnotherText
    asked = question_on(me.case.entries, today(), about, me.person)
    if asked is None:
        since = tuple(e for e in me.case.entries if e.number > sent.version and e.concerns == about)
        raise ChangedMeanwhile(since)
    how = me.how(sent.posted)
    keep(me.case.id, sent, {about, asked.entry}, lambda case: record_answer(case, asked, say, how))
    flash(_thanks(me, asked, say.stance.value))
    return _back(me)


def _thanks(me: Reader, asked: Question, stance: str) -> str:
    """What happens now."""
    if me.person:
        effect = me.you(counts(me.case, asked, me.person, today()))
        return f"{me.you('Thank you. Your answer is kept.')} {effect}"
    name = first_name((asked.asked_by.name if asked.asked_by else "") or me.leader)
    quiet = _quiet_until(me, asked)
    said = THANKS.get(stance) or (NO_NOW if asked.in_plan else NO_AGAIN if quiet else NO)
    if stance == "agrees" and not client_decides(me.case, asked.subject, today()):
        said = YES_TOO
    return str(me.you(said, name=name or me.you("our organisation"), day=quiet and f"{quiet:%d-%m-%Y}"))


def _quiet_until(me: Reader, asked: Question) -> date | None:
    """Before which day help is not asked again. A second no makes it no longer. None: no day is promised."""
    support = me.plan.supports.get(asked.subject) if isinstance(asked.subject, UUID) else None
    if support is None:
        return None
    until = support.refused.quiet_until if support.refused else today() + QUIET
    return until if until and today() < until < date.max else None


def effect_for(me: Reader) -> Effect | None:
    """For who speaks for the client: what their answer to a question does."""
    person = me.person
    if person is None:
        return None
    return lambda asked: str(me.you(counts(me.case, asked, person, today())))


def _asked(me: Reader, about: Subject, shown: Shown) -> str:
    asked = question_on(me.case.entries, today(), about, me.person)
    if asked is None and not shown.typed:
        abort(404)
    return render_template(
        "my-answer.html",
        me=me,
        you=me.you,
        case_id=me.case.id,
        question=asked,
        effect=effect_for(me),
        **shown.on(me.case),
    )


@may("read_own_plan")
def do(case_id: UUID, name: str) -> Any:
    """One of the small forms."""
    me, form = Reader.of(case_id), FORMS[name]()
    if request.method == "GET":
        named = MultiDict({n: request.args[n] for n in form.fields if n in request.args})
        return _form(me, name, form, Shown(me.opened_draft() or named))
    return taken(
        form,
        lambda shown: _form(Reader.of(case_id), name, form, shown),
        partial(_done, me, form),
        me.why,
    )


def _done(me: Reader, form: MyForm, sent: Sent) -> Any:
    asked = form.load(values_of(form, request.form))
    command, facts = form.command(me, asked, sent.version)
    require(command)
    if not says_the_same(me.case.posted(sent.posted), facts, form.fields):
        raise AnotherText
    how = me.how(sent.posted)
    keep(me.case.id, sent, form.concerns(asked), lambda case: getattr(case, command)(**facts, **how))
    leader = first_name(me.leader) or me.you("our organisation")
    by = f"{today() + ANSWERED_WITHIN:%d-%m-%Y}"
    flash(str(me.you(form.DONE, name=leader, day=by)))
    return _back(me)


def _form(me: Reader, name: str, form: MyForm, shown: Shown) -> str:
    return render_template(
        "my-form.html",
        me=me,
        you=me.you,
        case_id=me.case.id,
        name=name,
        form=form,
        about=_called(me, shown.typed.get("about", "")),
        at=Situation(me.case, today()),
        answer_by=today() + ANSWERED_WITHIN,
        **shown.on(me.case),
    )


def _called(me: Reader, about: str) -> str:
    """What the form is about, as it is called in the plan."""
    try:
        return called(me.plan, subject_of(about))
    except ValueError:
        return ""


def _back(me: Reader) -> Any:
    return redirect(url_for("my_plan.plan", case_id=me.case.id), 303)
