"""Recording: every command of a case by its own form, named as the command is."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext, pgettext
from werkzeug.datastructures import MultiDict

from domain.case import Case
from web import context
from web.access import actor, can, case_or_404, may, require
from web.asking import said_no, say_sheet, signed_sheet
from web.asking.asked_already import asked_already
from web.context import said_when, talk_of
from web.desk import today
from web.drafts import AS_DRAFT, keep_draft, opened_draft
from web.finding import found
from web.forms import forms, nouns_with_forms
from web.forms.asking import SAY, EntryForm
from web.forms.fields import day_from
from web.forms.situation import Situation
from web.saving import (
    AnotherText,
    Sent,
    Shown,
    Typed,
    files_sent,
    fresh,
    keep,
    recorded,
    says_the_same,
    taken,
    values_of,
)

blueprint = Blueprint("record", __name__)
Forms = list[type[EntryForm]]
OFTEN = 6  # so many are on top


@blueprint.get("/cases/<uuid:case_id>/record")
@may("record")
def overview(case_id: UUID) -> str:
    case = case_or_404(case_id)
    mine = {noun: [form for form in of if _is_mine(form)] for noun, of in nouns_with_forms().items()}
    talk = talk_of(case.id)
    at = Situation(case, talk.on if talk else today())
    groups = {noun: _possible_or_not(of, at) for noun, of in mine.items() if of}
    all_mine = [form for possible, _ in groups.values() for form in possible]
    often = sorted(all_mine, key=lambda form: -form.OFTEN)[:OFTEN]
    asked = request.args.get("find", "").strip()
    return render_template(
        "record.html",
        case=case,
        groups=groups,
        often=often,
        asked=asked,
        found=found(all_mine, asked),
        talk=talk,
    )


def _is_mine(form: type[EntryForm]) -> bool:
    return can(form.command()) and not form.OWN_PAGE


def _possible_or_not(of: Forms, at: Situation) -> tuple[Forms, Forms]:
    """Those that can be filled in on that day, and those that have nothing to choose from then."""
    possible = [form for form in of if form().is_possible(at)]
    return possible, [form for form in of if form not in possible]


@blueprint.get("/cases/<uuid:case_id>/record/<command>")
@may("record")
def ask(case_id: UUID, command: str) -> str:
    case, form = case_or_404(case_id), form_of(command)
    return _page(case, form, Shown(opened_draft(case.id) or _prefilled(case, form)))


@blueprint.post("/cases/<uuid:case_id>/record/<command>")
@may("record")
def record(case_id: UUID, command: str) -> Any:
    case, form = case_or_404(case_id), form_of(command)
    form.suit(Situation(case, _day(request.form)), request.form)
    return taken(form, lambda shown: _page(case_or_404(case_id), form, shown), partial(_record, case, form))


def _record(case: Case, form: EntryForm, sent: Sent) -> Any:
    if AS_DRAFT in request.form:
        return keep_draft(case.id)
    facts = form.facts(values_of(form, request.form) | files_sent(), actor())
    if not says_the_same(case.posted(sent.posted), facts, form.fields):
        raise AnotherText
    told, concerns = {**facts, "posted": sent.posted}, form.concerns(facts, case)
    number = keep(case.id, sent, concerns, lambda case: form.tell(case, told))
    return recorded(case.id, number, _said(case.id, number, form))


def form_of(command: str) -> EntryForm:
    """The form of this command, if there is one and it is theirs to use."""
    form = forms().get(command.replace("-", "_"))
    if form is None or "_" in command:
        abort(404)
    require(form.command())
    asked = form()
    asked.asks_of(actor().role)
    return asked


def _said(case_id: UUID, number: int, form: EntryForm) -> str:
    """What was recorded, by the name of the event."""
    made = next((entry for entry in case_or_404(case_id).entries if entry.number == number), None)
    if made is None:  # a contact stands beside the case
        return str(gettext("Recorded: %(what)s.", what=_title(form)))
    what = pgettext("event", made.TOPIC.replace("_", " "))
    return str(gettext("Recorded as entry %(number)s: %(what)s.", number=number, what=what))


def _title(form: EntryForm | type[EntryForm]) -> str:
    title: str = pgettext("command", form.command().replace("_", " "))
    return title


def _prefilled(case: Case, form: EntryForm) -> Typed:
    """What is known already: from the talk that goes on, and from the link. Never an answer of the client."""
    typed: Typed = MultiDict({**form.known(case), "happened_on": f"{today():%d-%m-%Y}"})
    if talk := talk_of(case.id):
        typed["happened_on"], typed["conversation_id"] = f"{talk.on:%d-%m-%Y}", str(talk.conversation_id)
        typed["present"] = _joined(form, talk.present)
    for name in form.names - set(SAY):
        if given := request.args.getlist(name):
            typed.setlist(name, given)
    return MultiDict({**form.standing(case, typed), **typed.to_dict(flat=False)})


def _joined(form: EntryForm, names: tuple[str, ...]) -> str:
    """One on a line where there are lines; else on one line."""
    asked = form.questions.get("present")
    return ("\n" if asked and asked.kind == "words" else ", ").join(names)


def _day(typed: Typed) -> date:
    """The day it is about; today as long as none can be read."""
    return day_from(typed.get("happened_on", "")) or today()


def _page(case: Case, form: EntryForm, shown: Shown) -> str:
    """What somebody else recorded meanwhile stands beside it, on a page of its own."""
    form.suit(at := Situation(case, _day(shown.typed)), shown.typed)
    return render_template(
        "conflict.html" if shown.meanwhile else "record-form.html",
        case=case,
        form=form,
        at=at,
        own=shown.meanwhile and {entry.by.user for entry in shown.meanwhile.entries} == {actor().user},
        step=next((step for step in form.STEPS if not shown.typed.get(step)), None),
        talk=talk_of(case.id),
        **shown.on(case),
    )


blueprint.add_app_template_global(fresh, "fresh_form")
blueprint.add_app_template_global(forms, "forms")
blueprint.add_app_template_global(Situation, "Situation")
blueprint.add_app_template_global(talk_of)
blueprint.add_app_template_global(today, "here_today")
blueprint.add_app_template_global(asked_already)
blueprint.add_app_template_global(said_when)
for path, page in (
    ("said-no/<uuid:support_id>", said_no.said_no),
    ("say-sheet", say_sheet.say_sheet),
):
    blueprint.add_url_rule(f"/cases/<uuid:case_id>/{path}", view_func=page, methods=["GET", "POST"])
blueprint.add_url_rule("/cases/<uuid:case_id>/say-sheet/print", view_func=signed_sheet.printed)
blueprint.add_url_rule("/cases/<uuid:case_id>/working-context", view_func=context.talking, methods=["POST"])
