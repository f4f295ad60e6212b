"""What a noun of the plan says of itself to people: its facts, what it is called, and whether it still holds.

One way for every kind of noun, from the nouns themselves: a noun or a fact that is added to the plan is
here by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from domain import nouns
from domain.entry import Subject
from domain.nouns import Held
from domain.plan import Plan
from domain.say import Say

Key = Subject | str  # a noun by its id or its entry; a lead by its organisation
Noun = Held | nouns.FitJudgement | Plan  # the case as a whole is what the plan says beside its nouns
CASE, CLIENT, LEADS = "case", "client", "leads"
FIRST = (
    "goals",
    "supports",
    "agreements",
    "wishes",
    "people",
    LEADS,
    "parties",
    "refusals",
    "consents",
    "restrictions",
    "representations",
    "evaluations",
    "disagreements",
    "complaints",
    "proposals",
    CLIENT,
    CASE,
)
NAMED = (
    "words",
    "what",
    "name",
    "then",
    "task",
    "risk",
    "wanted",
    "chosen",
    "conclusions",
    "instrument",
    "subject",
)
COMES_FROM = ("entry", "held_in")
REFERS = ("support_id", "person", "to", "goal_id", "wish_id")
# Its own working, and what is a noun of its own or stands in the plan as a fact.
NOT_SHOWN = {
    "entry",
    "held_in",
    "closed_by",
    "client_id",
    "user",
    "sha256",
    "size",
    "wording_hash",
    "former",
    "refusals",
    "by",
}


@dataclass(frozen=True)
class Fact:
    """One fact that differs. `person`: of the stance of this person, or its means or words (None: the
    client).
    """

    name: str
    was: Any
    now: Any
    person: UUID | None = None


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of noun in the plan, by its name there; what people look at first stands first."""
    hints = get_type_hints(Plan)
    held = [name for name, hint in hints.items() if _holds_nouns(hint)]
    return (*FIRST, *(name for name in held if name not in FIRST))


def _holds_nouns(hint: Any) -> bool:
    parts = get_args(hint)
    return (
        get_origin(hint) in {dict, list}
        and isinstance(parts[-1], type)
        and issubclass(parts[-1], Held | nouns.FitJudgement)
    )


@cache
def _of_the_case() -> tuple[str, ...]:
    """What the plan says of the case as a whole: its facts that are no nouns."""
    single = (n for n, hint in get_type_hints(Plan).items() if get_origin(hint) not in {dict, list})
    return tuple(name for name in single if name != CLIENT and name not in NOT_SHOWN)


def nouns_of(plan: Plan, kind: str, case_id: UUID) -> Mapping[Key, Noun]:
    """The nouns of one kind, by what makes them the same in another reading."""
    if kind == CASE:
        return {case_id: plan} if plan.opened_on else {}
    if kind == CLIENT:
        return {CLIENT: plan.client} if plan.client.entry else {}
    held = getattr(plan, kind)
    return held if isinstance(held, dict) else {noun.entry: noun for noun in held}


Stood = Mapping[UUID | None, tuple[Say, ...]]


def facts(was: Noun | None, now: Noun | None, stood: Stood, stands_now: Stood) -> Iterator[Fact]:
    """What one says otherwise than the other, and where people stand otherwise; not what says nothing."""
    for name in _shown(was if now is None else now) if was != now else ():
        before, after = _apart(_said(was, name), _said(now, name))
        only_one = was is None or now is None
        silent = only_one and all(said is None or said is False for said in (before, after))
        if before != after and not silent:  # a mark of 0 says something
            yield Fact(name, before, after)
    for person in dict.fromkeys((*stood, *stands_now)):
        yield from _stance(person, stood.get(person, ()), stands_now.get(person, ()))


def _stance(person: UUID | None, was: tuple[Say, ...], now: tuple[Say, ...]) -> Iterator[Fact]:
    """Where somebody stands otherwise; who stood there already, also by other means or in other words."""
    parts = {"stance": "stance", "stance_means": "means", "stance_words": "words"}
    for name, part in parts.items() if was and now else [("stance", "stance")]:
        before, after = (tuple(getattr(say, part) for say in says) for says in (was, now))
        if before != after:
            yield Fact(name, before or None, after or None, person)


def _shown(noun: Noun | None) -> Iterable[str]:
    if noun is None or isinstance(noun, Plan):
        return _of_the_case()
    return (field.name for field in dataclasses.fields(noun) if field.name not in NOT_SHOWN)


def _said(noun: Noun | None, name: str) -> Any:
    """A fact; None when there is nothing to say, so that it does not show as new."""
    found = None if noun is None else getattr(noun, name)
    return None if found in ("", (), []) or found == date.min else found


def _apart(was: Any, now: Any) -> tuple[Any, Any]:
    """Of two lists only what the other does not hold: what is in both is no difference."""
    if not isinstance(was, list) or not isinstance(now, list):
        return was, now
    return [one for one in was if one not in now] or None, [one for one in now if one not in was] or None


def stands(noun: Noun, on: date) -> bool:
    """Whether it holds on that day: not ended, left, withdrawn, lifted, or past its term."""
    match noun:
        case nouns.Goal() | nouns.Support():
            return noun.open
        case nouns.Representation() | nouns.Consent():
            return noun.live(on)
        case nouns.Restriction():
            return noun.holds_on(on)
        case nouns.Proposal():
            return not noun.taken_back
        case Plan():
            return noun.closed_on is None
    return not isinstance(noun, nouns.Person | nouns.Party) or noun.until is None


def title(kind: str, held: Iterable[Noun], plans: Iterable[Plan]) -> str:
    """What it is called, else what it is about, else nothing; as the first of these says it."""
    for noun in held if kind != CASE else ():
        for name in NAMED:
            if isinstance(text := getattr(noun, name, None), str) and text.strip():
                return text
        for name in REFERS:
            if text := called(getattr(noun, name, None), plans):
                return text
    return ""


def called(subject: Any, plans: Iterable[Plan]) -> str:
    """What a goal, support, wish, person or party is called."""
    for plan in plans:
        for held in (
            plan.goals,
            plan.supports,
            plan.wishes,
            plan.people,
            plan.parties,
            plan.needs,
            plan.points,
        ):
            if noun := held.get(subject):
                return title("", [noun], ())
    return ""


def written_in(thing: Any) -> Iterator[int]:
    """The numbers of the entries that a noun says it comes from, also those of what it holds."""
    things: list[object] = [thing]
    while things:
        one = things.pop()
        if isinstance(one, list | tuple):
            things += one
        elif _holds(type(one)):  # type: ignore[arg-type]  # any class has a hash
            things += vars(one).values()
            yield from (number for number in map(vars(one).get, COMES_FROM) if isinstance(number, int))


@cache
def _holds(kind: type) -> bool:
    """Whether it can hold what comes from an entry. A page asks it of each value of each noun."""
    return dataclasses.is_dataclass(kind)


def refers_to(noun: Noun) -> Iterator[Key]:
    """What it is about: the ids in its facts."""
    yield from (
        (value for value in vars(noun).values() if isinstance(value, UUID)) if isinstance(noun, Held) else ()
    )
