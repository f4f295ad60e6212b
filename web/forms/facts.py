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
from domain.entry import Decision, Entry
from domain.errors import NoSuchEntry
from domain.nouns import Amount
from domain.plan import Plan
from domain.record import facts_of
from domain.say import Say
from web.forms import choices
from web.forms.fields import Choice, Day, HowMuch, Line, Lines, Question, Score, Several, YesNo
from web.forms.picks import Pick, subject
from web.forms.situation import Option
from web.words import amount, word

AMONG = {
    "goal_id": choices.goals,
    "part_of": choices.goals,
    "support_id": choices.supports,
    "alternative_to": choices.supports_refused,
    "again_of": choices.supports_refused,
    "wish_id": choices.wishes,
    "person": choices.people,
    "before": choices.people,
    "after": choices.people,
    "party": choices.parties,
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
        return Lines("") if of is str else Several("", of)
    one, *others = [t for t in get_args(expected) or (expected,) if t is not NoneType]
    if others or one in (UUID, int):
        scored = name.endswith("_score")
        return Score("") if scored else Pick("", AMONG.get(name, choices.subjects), key=subject)
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
            text = choices.figures(value)
        case Amount():
            text = amount(value)
        case tuple():
            text = ", ".join(told(one) for one in value)
        case UUID():
            text = _named(value, plan)
        case Say():
            text = f"{word(value.stance)} – “{value.words}”" if value.words else word(value.stance)
        case _:
            text = "" if value is None else str(value)
    return str(text)


def _named(id: UUID, plan: Plan | None) -> str:
    """What this is called in the plan."""
    for held in (plan.goals, plan.wishes, plan.supports, plan.people, plan.parties) if plan else ():
        if found := held.get(id):
            return next(str(text) for a in ("words", "what", "name") if (text := getattr(found, a, "")))
    return "–"


def in_words(entry: Entry, plan: Plan) -> Iterator[tuple[str, str]]:
    """Everything an entry says, with what it is called; what is empty is left out."""
    for field in dataclasses.fields(entry):
        text = told(getattr(entry, field.name), plan)
        if text and (field.name not in SHARED or field.name == "say"):
            yield label(field.name), text
