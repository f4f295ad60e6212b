"""The facts of an entry, as people read them, and the question that asks for one of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin
from uuid import UUID

from flask_babel import gettext, pgettext

from domain.case import Case
from domain.correcting import facts_of
from domain.entry import Decision, Entry
from domain.errors import NoSuchEntry
from domain.nouns import Amount, Tie
from domain.plan import Plan
from domain.say import Say
from web.forms import pickers
from web.forms.fields import Choice, Day, HowMuch, Line, Lines, Question, Score, Several, YesNo
from web.forms.picks import Pick, Picks, subject
from web.forms.situation import Option
from web.words import amount, word

AMONG = {
    "goal_id": pickers.goals,
    "wish_id": pickers.wishes,
    "talking_point_id": pickers.talking_points,
    "need_id": pickers.needs,
}
SHARED = {field.name for field in dataclasses.fields(Decision)}


def label(name: str) -> str:
    """A fact as people call it."""
    return str(pgettext("fact", name.replace("_", " ")))


def as_it_stands(case: Case, number: Any) -> Entry | None:
    """The entry with this number, as corrected so far; None when there is no such entry that stands."""
    with suppress(ValueError, NoSuchEntry):
        return case.standing_entry(int(str(number)))
    return None


def facts_in(entry: Entry) -> list[Option]:
    """The facts in an entry that can be put right."""
    return [Option(name, label(name)) for name in facts_of(type(entry))]


def question_for(name: str, kind: type[Entry]) -> Question:
    """How to ask for this fact of this kind of entry."""
    expected = facts_of(kind)[name]
    if get_origin(expected) is tuple:
        (of, _) = get_args(expected)
        if of is UUID:
            return Picks("", AMONG.get(name, pickers.subjects))
        return Lines("") if of is str else Several("", of)
    one, *others = [t for t in get_args(expected) or (expected,) if t is not NoneType]
    if others or one in (UUID, int):
        scored = name.endswith("_score")
        return Score("") if scored else Pick("", AMONG.get(name, pickers.subjects), key=subject)
    if issubclass(one, StrEnum):
        return Choice("", one)
    if one is date:
        return Day("", first=date(1900, 1, 1))
    kinds: dict[Any, type[Question]] = {bool: YesNo, Amount: HowMuch}
    return kinds.get(one, Line)("")


def told(value: Any, plan: Plan | None = None) -> str:
    """A fact as people read it."""
    match value:
        case bool():
            text = gettext("yes") if value else gettext("no")
        case StrEnum():
            text = word(value)
        case date():
            text = pickers.figures(value)
        case Amount():
            text = amount(value)
        case Tie():
            text = f"{value.person} – {word(value.bond)}"
        case tuple():
            text = ", ".join(told(one, plan) for one in value)
        case UUID():
            text = _named(value, plan)
        case Say():
            text = f"{word(value.stance)} – “{value.words}”" if value.words else word(value.stance)
        case _:
            text = "" if value is None else str(value)
    return str(text)


def as_typed(name: str, value: Any) -> dict[str, Any]:
    """A fact as it is typed under this name: what stands there, to change."""
    text: Any = "" if value is None else str(value)
    match value:
        case bool():
            text = "yes" if value else "no"
        case Amount():
            return {f"{name}.{part}": str(getattr(value, part)) for part in HowMuch.parts}
        case date():
            text = pickers.figures(value)
        case tuple() if all(type(one) is str for one in value):
            text = "\n".join(value)
        case tuple():
            text = [str(one) for one in value]
    return {name: text}


def _named(id: UUID, plan: Plan | None) -> str:
    """What this is called in the plan."""
    if plan is None:
        return "–"
    nouns = (plan.goals, plan.wishes, plan.points, plan.needs, plan.supports, plan.people, plan.parties)
    for held in nouns:
        if found := held.get(id):
            return next(str(text) for a in ("words", "what", "name") if (text := getattr(found, a, "")))
    return "–"


def in_words(entry: Entry, plan: Plan) -> Iterator[tuple[str, str]]:
    """Everything an entry says, with what it is called; what is empty is left out."""
    for field in dataclasses.fields(entry):
        text = told(getattr(entry, field.name), plan)
        if text and (field.name not in SHARED or field.name == "say"):
            yield label(field.name), text
