"""The questions of an inspector about one case, and the evidence of the client's say, at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from domain.case import Case
from domain.days import end_of
from domain.say import Means, Stance
from projections.contacts import of_cases
from projections.evidence import OfTheSay
from projections.questions import questions
from projections.questions.answer import Answer, Sentence, looked_in
from projections.questions.looked import who_looked
from projections.then import Moment
from web.access import case_or_404, may
from web.desk import casework, rows, today, wait_for_own_write
from web.lines import MOST, WHOLE
from web.reviewing.moments import Asked, exact, readings_of
from web.reviewing.sentences import in_words
from web.words import client_name

blueprint = Blueprint("questions", __name__)
LOOKS, LOOK_BACK = 13, 18  # the questions that a page of its own answers
LADDER = {  # the rungs, as a reader calls them
    Means.OWN_HAND: "Filled in with own hand",
    Means.READ_BACK: "Own words, read back",
    Means.SPOKEN: "Own words, not read back",
    Means.SHOWN: "Shown by gesture or behaviour",
    Means.REPORTED: "Written down by a worker, without own words",
    Means.NONE: "What the client thinks is not written down",
}
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True)
class Told:
    """One sentence in the reader's language, with somebody's words behind it and the entries it rests on.

    `of_law`: what a law asks, and not what was found; `unchecked`: that law was not looked up yet.
    """

    text: str
    words: str
    entries: tuple[int, ...]
    of_law: bool
    unchecked: bool

    @classmethod
    def of(cls, sentence: Sentence) -> Told:
        text = in_words(sentence.says, sentence.facts)
        return cls(text, sentence.words, sentence.entries, sentence.of_law, sentence.unchecked)


@dataclass(frozen=True)
class Answered:
    """One question with its answer. `see`: the page that shows all of it, where there is one."""

    number: int
    id: str
    question: str
    found: bool
    answer: tuple[Told, ...]
    looked_in: tuple[Told, ...]
    see: More | None

    @classmethod
    def of(cls, answer: Answer, case: Case, moment: Moment, most: int | None = None) -> Answered:
        """`most`: only the last so many sentences of it."""
        return cls(
            answer.number,
            f"question-{answer.number}",
            gettext(answer.asks),
            answer.found,
            tuple(map(Told.of, answer.sentences[-most:] if most else answer.sentences)),
            tuple(map(Told.of, answer.looked_in)),
            _more(answer.number, case, moment),
        )


@dataclass(frozen=True)
class More:
    """The page that shows all of an answer."""

    address: str
    text: str


def _more(number: int, case: Case, moment: Moment) -> More | None:
    if number == LOOKS:
        return More(_see("looks_in.looks_in_case", case.id), gettext("Every look, one by one"))
    if number == LOOK_BACK:
        then = address(case, moment)
        same = {"compare": then["on"], "compare_known": then["known"]}
        text = gettext("See the whole plan at this moment")
        return More(_see("look_back.look_back", case.id, **then, **same), text)
    return None


@blueprint.get("/cases/<uuid:case_id>/questions")
@may("read_review")
def of_case(case_id: UUID) -> str:
    """All eighteen, each with its answer and the entries it rests on, or where it was looked for."""
    case = case_or_404(case_id)
    asked, now = _asked(case)
    whole = _see("questions.of_case", case.id, **address(case, asked.one), part=WHOLE)
    most = None if request.args.get("part") == WHOLE else MOST
    found = found_at(case, asked.one)
    told = [(len(one.sentences), Answered.of(one, case, asked.one, most)) for one in found]
    return _page("questions.html", case, asked, now, answers=told, whole=whole)


@blueprint.get("/cases/<uuid:case_id>/evidence")
@may("read_review")
def evidence(case_id: UUID) -> str:
    """Every decision on the ladder of means; those on one rung, or with one stance, when that is asked."""
    case = case_or_404(case_id)
    asked, now = _asked(case)
    means, stance = _one_of(Means, "means"), _one_of(Stance, "stance")
    found = of_the_say(case, asked.one)
    chosen = found.of(means, stance)
    kept = {name: one.value for name, one in (("means", means), ("stance", stance)) if one}
    more = {"found": found, "chosen": chosen, "means": means, "stance": stance}
    return _page("evidence.html", case, asked, now, kept, said_by=client_name(found.plan.client), **more)


def answers(case: Case, moment: Moment) -> list[Answered]:
    """The same, all of it in the reader's language: for the API."""
    return [Answered.of(answer, case, moment) for answer in found_at(case, moment)]


def found_at(case: Case, moment: Moment) -> list[Answer]:
    """What the record answers at a moment."""
    wait_for_own_write()
    until = end_of(moment.on)
    with rows() as db:
        contacts = of_cases(db, [case.id], on=until, known=moment.known).get(case.id, [])
        looks = who_looked(db, case.id, min(until, moment.known))
    return questions(readings_of(case).at(moment), contacts, looks)


def of_the_say(case: Case, moment: Moment) -> OfTheSay:
    """The evidence of the say at a moment, as far as this reader may read it."""
    return OfTheSay(readings_of(case).at(moment))


def address(case: Case, moment: Moment) -> dict[str, str]:
    """The parameters that show this moment to everybody, whatever is recorded later."""
    return {"on": f"{moment.on:%d-%m-%Y}", "known": exact(min(moment.known, now_in(case)))}


def _see(endpoint: str, case_id: UUID, **asked: Any) -> str:
    return url_for(endpoint, case_id=case_id, **asked)


def now_in(case: Case) -> datetime:
    """By which all that is recorded was recorded, also by a clock that ran ahead."""
    return max([casework().clock(), *(entry.timestamp for entry in case.entries[-1:])])


def _asked(case: Case) -> tuple[Asked, Moment]:
    """What is asked, and the moment that it is: on most pages one and the same, so read once."""
    now = Moment(today(), now_in(case))
    return Asked.of(now.on, now.on, now.known), now


def _one_of(kind: type[E], name: str) -> E | None:
    asked = request.args.get(name)
    return next((one for one in kind if one.value == asked), None)


def _page(
    template: str,
    case: Case,
    asked: Asked,
    moment: Moment,
    kept: Mapping[str, str] = MappingProxyType({}),
    **more: Any,
) -> str:
    now = readings_of(case).at(moment).plan
    then = address(case, asked.one)
    return render_template(
        template,
        case=case,
        case_id=case.id,
        client=now.client,
        called=client_name(now.client),
        plan=now,
        now=now,
        today=today(),
        asked=asked,
        wrong=[name for name in asked.unreadable if name in then],
        at={name: text for name, text in asked.at().items() if name in then},
        moment_shown=asked.one,
        kept=kept,
        cited=_see(request.endpoint or "", case.id, **then, **kept),
        **more,
    )


def rung(means: Means) -> str:
    """What a reader calls this rung of the ladder."""
    return str(gettext(LADDER[means]))


def searched(found: OfTheSay) -> list[str]:
    """Where the say was looked for, in sentences."""
    return [in_words(sentence.says, sentence.facts) for sentence in looked_in(found.searched)]


for speak in (of_the_say, rung, searched):
    blueprint.add_app_template_global(speak)
blueprint.add_app_template_global(address, "address_of")
