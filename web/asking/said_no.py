"""“… said no”: why, in which words, and what was done with it. The no and the respect for it are one save."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.entry import Facts, Initiative
from domain.kinds import WhyRefused
from domain.plan import Plan
from domain.say import Stance
from web.access import actor, case_or_404, may, require
from web.context import talk_of
from web.desk import today
from web.drafts import opened_draft
from web.forms.asking import EntryForm, take_say
from web.forms.fields import Choice, Tick, Words
from web.forms.situation import Situation
from web.forms.support import SHARED, AfterANo
from web.saving import (
    AnotherText,
    Sent,
    Shown,
    Typed,
    anew,
    keep,
    recorded,
    says_the_same,
    taken,
    values_of,
)


class SaidNo(AfterANo, EntryForm):
    """The client said no, and what was done with it."""

    reason = Choice("Why?", WhyRefused, required=True)
    client_words = Words("In the client's own words", hint="May stay empty. Write it down as it was said.")
    seen = Tick("There were no words: the client showed it")


@may("refuse_support")
def said_no(case_id: UUID, support_id: UUID) -> Any:
    """Ask, and record."""
    require("respect_refusal")
    case, form = case_or_404(case_id), SaidNo()
    if support_id not in case.plan.supports:
        abort(404)
    if request.method == "GET":
        return _page(case, form, support_id, Shown(opened_draft(case.id) or _prefilled(case)))
    return taken(
        form,
        lambda shown: _page(case_or_404(case_id), form, support_id, shown),
        partial(_record, case, form, support_id),
    )


def _record(case: Case, form: SaidNo, support_id: UUID, sent: Sent) -> Any:
    no, respect = _facts(case.plan, form.facts(values_of(form, request.form), actor()), sent)
    if not says_the_same(case.posted(sent.posted), {**no, **respect}, form.fields):
        raise AnotherText
    number = keep(case.id, sent, {support_id}, partial(_tell, support_id, no, respect))
    said = gettext("Recorded as entry %(number)s: the no, and what was done with it.", number=number)
    return recorded(case.id, number, said)


def _facts(plan: Plan, typed: Facts, sent: Sent) -> tuple[Facts, Facts]:
    """The facts of the no, and of what was done with it."""
    typed = {**typed, "posted": sent.posted}
    say = take_say({**typed, "stance": Stance.DISAGREES}, typed["by"])
    no = {"reason": typed["reason"], "words": say.words, "say": say, "initiative": Initiative.CLIENT}
    return no | {name: typed[name] for name in SHARED if name in typed}, AfterANo.respect(plan, typed)


def _tell(support_id: UUID, no: Facts, respect: Facts, case: Case) -> None:
    """Both, or neither."""
    case.respect_refusal(case.refuse_support(support_id, **no), **respect)


def _prefilled(case: Case) -> Typed:
    typed: Typed = MultiDict({"happened_on": f"{today():%d-%m-%Y}"})
    if talk := talk_of(case.id):
        typed = anew(typed, happened_on=f"{talk.on:%d-%m-%Y}", conversation_id=talk.conversation_id)
    return typed


def _page(case: Case, form: SaidNo, support_id: UUID, shown: Shown) -> str:
    form.suit(at := Situation(case, today()), shown.typed)
    return render_template(
        "said-no.html",
        case=case,
        form=form,
        at=at,
        support=case.plan.supports[support_id],
        talk=talk_of(case.id),
        **shown.on(case),
    )
