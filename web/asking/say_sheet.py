"""The say sheet: all open matters of one talk. What was answered is recorded together, or not at all."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request
from flask_babel import gettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.documents import DocumentAdded
from domain.entry import Entry, Facts, Initiative
from domain.errors import ChangedMeanwhile
from domain.laying_down import PlanShown
from domain.record import ReadBack
from domain.say import Say, Stance
from web.access import actor, case_or_404, may, require
from web.asking.open_matters import Answered, rows_of
from web.asking.sheet_forms import Answer, Sheet
from web.asking.signed_sheet import NOT_ON_IT, Paper, confirm
from web.context import talk_of
from web.desk import today
from web.drafts import opened_draft
from web.forms.asking import take_say
from web.forms.fields import CHOOSE
from web.forms.situation import Situation
from web.saving import (
    AnotherText,
    Errors,
    Sent,
    Shown,
    Typed,
    files_sent,
    keep,
    says_the_same,
    taken,
    values_of,
    wrong,
)
from web.words import client_name, word

Told = tuple[Say, Initiative | None]  # what was said, and whose idea it was, when that was asked
OF_THE_SHOWING = ("shown", "shown_form")
NEEDED = (
    "take_stance",
    "answer_proposal",
    "accept_support",
    "refuse_support",
    "show_plan",
    "add_document",
    "read_back",
)
BESIDE_THE_ANSWERS = PlanShown | DocumentAdded | ReadBack


@may("take_stance")
def say_sheet(case_id: UUID) -> Any:
    """Ask, and record."""
    for right in NEEDED:
        require(right)
    case = case_or_404(case_id)
    if request.method == "GET":
        return _page(case, Shown(opened_draft(case.id) or _prefilled(case)))
    return taken(Sheet(), lambda shown: _page(case_or_404(case_id), shown), partial(_take, case))


def _take(case: Case, sent: Sent) -> Any:
    """The same answer for the same sheet."""
    before = case.posted(sent.posted)
    return _done(case, _as_before(case, before) if before else _record(case, sent))


def _as_before(case: Case, before: list[Entry]) -> int:
    """How many were recorded. AnotherText."""
    said, errors = _said(request.form)
    sheet = _sheet()
    paper = Paper.of(case, sheet)
    if errors or not paper.is_in(before) or not _is_recorded(case, before, _shown_on(paper, said), sheet):
        raise AnotherText
    return len(before)


def _is_recorded(case: Case, before: list[Entry], said: dict[str, Told], sheet: Facts) -> bool:
    """Whether these entries are this sheet: the same answers to the rows of then, and nothing else."""
    case_then = case.read_as(case.entries[: before[0].number - 1])
    rows = {str(row.subject): row for row in rows_of(case_then, today())}
    answers = {str(e.concerns): e for e in before if not isinstance(e, BESIDE_THE_ANSWERS)}
    forms = [entry.form for entry in before if isinstance(entry, PlanShown)]
    return (
        answers.keys() == said.keys() <= rows.keys()
        and all(_holds(entry, Answered(rows[row], *said[row])) for row, entry in answers.items())
        and forms == ([_form_of(sheet)] if sheet["shown"] else [])
        and says_the_same(before, sheet)
    )


def _holds(entry: Entry, told: Answered) -> bool:
    """Whether the entry is this answer."""
    held = entry.as_told()
    return held["say"] == told.say and (not told.decided or held["initiative"] is told.whose)


def _record(case: Case, sent: Sent) -> int:
    """All that was answered, in one save; gives how many. ValidationError names `subject:field`."""
    facts = _sheet()
    paper = Paper.of(case, facts)
    said, errors = _said(request.form)
    rows = {str(row.subject): row for row in rows_of(case, today())}
    if gone := said.keys() - rows.keys():
        _show_what_answered(case, sent, gone)
        errors[""] = [gettext(ANSWERED_MEANWHILE)]
    told = _shown_on(paper, said).items()
    answers = [Answered(rows[subject], *what) for subject, what in told if subject in rows]
    errors |= {f"{a.row.subject}:initiative": [gettext(CHOOSE)] for a in answers if a.whose_is_missing}
    errors |= {
        f"{a.row.subject}:stance": [gettext(NOT_ON_IT)] for a in answers if not paper.holds(case, a.row)
    }
    if errors:
        raise ValidationError({**errors})
    return _keep(case, sent, answers, facts, paper)


def _sheet() -> Facts:
    values = values_of(Sheet(), _of_the_sheet(request.form))
    return Sheet().facts(values | files_sent(), actor())


def _shown_on(paper: Paper, said: dict[str, Told]) -> dict[str, Told]:
    return {subject: (paper.say(say), whose) for subject, (say, whose) in said.items()}


def _show_what_answered(case: Case, sent: Sent, gone: set[str]) -> None:
    """ChangedMeanwhile, when the entries that answered it were recorded since this sheet was opened."""
    if since := tuple(entry for entry in case.entries[sent.version :] if str(entry.concerns) in gone):
        raise ChangedMeanwhile(since)


ANSWERED_MEANWHILE = "Somebody else recorded an answer to this meanwhile. Your words are kept below."


def _said(typed: Typed) -> tuple[dict[str, Told], Errors]:
    """What the client said and whose idea it was, by subject; and what is wrong by `subject:field`."""
    said: dict[str, Told] = {}
    errors: Errors = {}
    for subject in dict.fromkeys(name.partition(":")[0] for name in typed if ":" in name):
        if filled := values_of(Answer(), _of_the_row(subject, typed)):
            try:
                told: Facts = Answer().load(filled, partial=("initiative",))
                said[subject] = take_say(told, actor()), told.get("initiative")
            except ValidationError as error:
                errors |= {f"{subject}:{name}": why for name, why in wrong(Answer(), error).items()}
    return said, errors


def _of_the_row(subject: str, typed: Typed) -> Typed:
    """What was typed in one row, under the names of its own form."""
    here = (item for item in typed.items(multi=True) if item[0].startswith(f"{subject}:"))
    return MultiDict([(name.partition(":")[2], value) for name, value in here])


def _of_the_sheet(typed: Typed) -> Typed:
    return MultiDict([item for item in typed.items(multi=True) if ":" not in item[0]])


def _lost(case: Case, typed: Typed) -> list[str]:
    """What was filled in about what is not open any more: it is shown, not dropped."""
    rows = {str(row.subject) for row in rows_of(case, today())}
    filled = ((name.partition(":"), text) for name, text in typed.items() if ":" in name and text.strip())
    gone = [(field, text) for (subject, _, field), text in filled if subject not in rows]
    return [word(Stance(text)) if field == "stance" and text in set(Stance) else text for field, text in gone]


def _keep(case: Case, sent: Sent, answers: list[Answered], facts: Facts, paper: Paper) -> int:
    """Every answer, in one talk and in one save, with the picture of the sheet; gives how many."""
    shown, form = facts["shown"], _form_of(facts)
    how: Facts = {name: fact for name, fact in facts.items() if name not in OF_THE_SHOWING}
    how["posted"] = sent.posted
    how.setdefault("conversation_id", uuid4())

    def tell(case: Case) -> None:
        sheet = paper.attach(case, how)
        for told in answers:
            told.record(case, how)
            confirm(case, told.say, sheet, how)
        if shown:
            case.show_plan(form, client_name(case.plan.client), **how)

    if answers or shown or paper.picture:
        keep(case.id, sent, {known for told in answers for known in (told.row.subject, told.row.entry)}, tell)
    return len(answers) + int(shown) + (paper.picture is not None)


def _form_of(sheet: Facts) -> str:
    form: str = sheet.get("shown_form", "") or gettext("in a talk")
    return form


def _done(case: Case, many: int) -> Any:
    flash(gettext("Recorded together: %(many)s. What was left empty did not change.", many=many))
    return redirect(f"/cases/{case.id}", 303)


def _prefilled(case: Case) -> Typed:
    talk = talk_of(case.id)
    if talk is None:
        return MultiDict({"happened_on": f"{today():%d-%m-%Y}"})
    return MultiDict({"happened_on": f"{talk.on:%d-%m-%Y}", "conversation_id": str(talk.conversation_id)})


def _page(case: Case, shown: Shown) -> str:
    return render_template(
        "say-sheet.html",
        case=case,
        plan=case.plan,
        rows=rows_of(case, today()),
        answer=Answer(),
        sheet=Sheet(),
        at=Situation(case, today()),
        lost=_lost(case, shown.typed),
        shown=case.plan.shown[-1] if case.plan.shown else None,
        talk=talk_of(case.id),
        **shown.on(case),
    )
