"""A talk recorded in one go: who were there, and what was said. All of it is recorded, or nothing."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, render_template, request
from flask_babel import gettext, ngettext
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.entry import Facts
from domain.errors import Refused
from web.access import can, case_or_404, may
from web.context import talk_of
from web.desk import casework, today
from web.drafts import AS_DRAFT, keep_draft, opened_draft
from web.forms import forms, nouns_with_forms
from web.forms.asking import EntryForm
from web.forms.fields import CHOOSE, day_from
from web.forms.situation import Situation
from web.parts import TALK, Part, fits_a_talk, parts_of, read, record_all
from web.record import form_of
from web.saving import (
    AnotherText,
    Errors,
    Sent,
    Shown,
    Typed,
    keep,
    recorded,
    refused,
    says_the_same,
    taken,
)

blueprint = Blueprint("conversation", __name__)
MOST = 30  # parts of a page
USUAL = (  # strengths and wishes come before problems
    "name_strength",
    "voice_wish",
    "say_what_matters",
    "mark_success",
    "make_agreement",
    "propose_goal",
    "take_stance",
    "accept_support",
    "refuse_support",
    "state_need",
)


class NotAll(Refused):
    """Not all of this can be recorded, so nothing was."""

    def __init__(self, errors: Errors) -> None:
        super().__init__()
        self.errors = errors


class TooManyParts(Refused):
    """This is too much for one page. Record it in two talks."""


@blueprint.get("/cases/<uuid:case_id>/conversation")
@may("hold_conversation")
def ask(case_id: UUID) -> str:
    case = case_or_404(case_id)
    return _page(case, Shown(opened_draft(case.id) or _prefilled(case)))


@blueprint.post("/cases/<uuid:case_id>/conversation")
@may("hold_conversation")
def record(case_id: UUID) -> Any:
    """Record it all; or keep what was typed and show one part more, or one less."""
    case, talk = case_or_404(case_id), forms()[TALK]()
    return taken(talk, lambda shown: _page(case_or_404(case_id), shown), partial(_take, case), _why)


def _take(case: Case, sent: Sent) -> Any:
    if AS_DRAFT in request.form:
        return keep_draft(case.id)
    return _changed(case, request.form) or _record(case, request.form, sent)


def _why(form: Schema, error: Refused) -> Errors:
    """Each part by its own names."""
    return error.errors if isinstance(error, NotAll) else refused(form, error)


def _changed(case: Case, typed: Typed) -> Any:
    """The page with one part more, or one less, when that is what was asked."""
    if "add" in typed:
        return _with_one_more(case, typed)
    return _page(case, Shown(_without(typed, typed["take_out"]))) if "take_out" in typed else None


def _with_one_more(case: Case, typed: Typed) -> Any:
    """The page with a form for what else was said. Its number was not used before."""
    command = typed["add"] or typed.get("more", "")
    if not command:
        return _page(case, Shown(typed, {"more": [gettext(CHOOSE)]})), 422
    if len(typed.getlist("block")) >= MOST:
        raise TooManyParts
    number = _next_number(parts_of(typed))
    known = form_of(command).known(case)
    page: Typed = MultiDict([*typed.items(multi=True), *((f"{number}:{n}", t) for n, t in known.items())])
    page.add("block", f"{number}:{command}")
    return _page(case, Shown(page))


def _without(typed: Typed, number: str) -> Typed:
    """The page without one of its parts."""
    return MultiDict(
        [
            (name, text)
            for name, text in typed.items(multi=True)
            if not (text if name == "block" else name).startswith(f"{number}:")
        ]
    )


def _record(case: Case, typed: Typed, sent: Sent) -> Any:
    """All of it, in one talk and in one save."""
    told, errors = read(_parts(typed, _situation(case, typed)))
    if errors:  # what can be read is judged too, on a case that is not kept
        raise NotAll({**errors, **record_all(casework().history(case.id), _sent(told, sent))})
    told = _sent(told, sent)
    if case.posted(sent.posted) and not _is_recorded(case, told):
        raise AnotherText
    concerns = {subject for part, facts in told for subject in part.form.concerns(facts, case)}
    number = keep(case.id, sent, concerns, lambda case: _tell(case, told))
    now = case_or_404(case.id)
    many = sum(len(now.posted(facts["posted"])) for _, facts in told)
    return recorded(
        case.id,
        number,
        ngettext(
            "The talk is recorded, with %(num)s entry.", "The talk is recorded, with %(num)s entries.", many
        ),
    )


def _tell(case: Case, told: list[tuple[Part, Facts]]) -> None:
    if errors := record_all(case, told):
        raise NotAll(errors)


def _sent(told: list[tuple[Part, Facts]], sent: Sent) -> list[tuple[Part, Facts]]:
    """The same, each with the form it came from: of a part, that is its place among the others too."""
    for place, (part, facts) in enumerate(told):
        facts.setdefault("conversation_id", sent.posted)
        named = f"{place} of {len(told)}: {part.form.command()}"
        facts["posted"] = uuid5(sent.posted, named) if part.number else sent.posted
    return told


def _is_recorded(case: Case, told: list[tuple[Part, Facts]]) -> bool:
    """Whether all of it was recorded before, as it is."""
    before = [(case.posted(facts["posted"]), facts, part.form.fields) for part, facts in told]
    return all(entries and says_the_same(entries, facts, asked) for entries, facts, asked in before)


def _prefilled(case: Case) -> Typed:
    """What is known of the talk that goes on."""
    talk = talk_of(case.id)
    if talk is None:
        return MultiDict({"happened_on": f"{today():%d-%m-%Y}"})
    known = {"happened_on": f"{talk.on:%d-%m-%Y}", "conversation_id": str(talk.conversation_id)}
    return MultiDict({**known, "present": "\n".join(talk.present)})


def _next_number(parts: list[Part]) -> int:
    return max(part.number for part in parts) + 1


def _page(case: Case, shown: Shown) -> str:
    at = _situation(case, shown.typed)
    parts = _parts(shown.typed, at)
    return render_template(
        "conversation.html",
        case=case,
        at=at,
        parts=parts,
        next_number=_next_number(parts),
        usual=[forms()[name] for name in USUAL if name in forms() and can(name)],
        others=_others(at),
        talk=talk_of(case.id),
        **shown.on(case),
    )


def _situation(case: Case, typed: Typed) -> Situation:
    """The case on the day of the talk; today as long as none can be read."""
    return Situation(case, day_from(typed.get("happened_on", "")) or today())


def _parts(typed: Typed, at: Situation) -> list[Part]:
    """The parts of the page, each asking what suits what was chosen in it."""
    parts = parts_of(typed)
    for part in parts:
        part.form.suit(at, part.typed())
    return parts


def _others(at: Situation) -> dict[str, list[type[EntryForm]]]:
    """What else can be said in a talk, and is theirs to record, by noun."""
    fit = ((noun, [f for f in of if _can_be_added(f, at)]) for noun, of in nouns_with_forms().items())
    return {noun: of for noun, of in fit if of}


def _can_be_added(form: type[EntryForm], at: Situation) -> bool:
    named = form.command()
    return fits_a_talk(form) and can(named) and named not in USUAL and form().is_possible(at)
