"""Any entry and any command, made from their type hints: what is new is covered without a word here."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from domain.case import Case
from domain.casework import CATALOGUE
from domain.correcting import facts_of
from domain.entry import Entry
from domain.history import History
from domain.say import Means
from tests import given

KINDS: list[type[Entry]] = [kind for kind in CATALOGUE.values() if issubclass(kind, Entry)]
IDS = [UUID(int=n) for n in range(3)]
BEGIN = datetime(2026, 1, 12, 12, tzinfo=UTC)
PLACE = {"originator_id", "originator_version", "originator_topic", "timestamp"}
JSON = [
    '"2026-01-03"',
    '"0001-01-01"',
    '"9999-12-31"',
    "null",
    "true",
    "-1",
    "3",
    '"x"',
    '["x"]',
    "{",
    f'"{IDS[1]}"',
]
JSON += [
    '{"number":"1","unit":"hours","per":"week"}',
    '{"number":"NaN","unit":"hours","per":"once"}',
    '"closed"',
]

days = st.one_of(
    st.integers(1, 14).map(lambda n: date(2026, 1, n)),
    st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2026, 12, 31)]),
)
moments = st.integers(-1, 40).map(lambda n: BEGIN + timedelta(hours=n))
numbers = st.integers(-1, 12)
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "field": st.sampled_from(sorted({name for kind in KINDS for name in facts_of(kind)} | {"nothing"})),
    "now": st.sampled_from(JSON),
    "state": st.sampled_from(["in_plan", "running", "paused", "ended", "somewhere"]),
}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    UUID: st.sampled_from(IDS),
    int: numbers,
    str: st.sampled_from(["x", "Zij zei: goed.", "De Brug", ""]),
    bool: st.booleans(),
    bytes: st.sampled_from([b"Zo is het gezegd.", b""]),
    date: days,
    datetime: moments,
    Decimal: st.sampled_from([Decimal(n) for n in ("1", "2.5", "0", "-1", "NaN", "Infinity")]),
}


def anything(hint: Any, name: str = "") -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one a kind of type
    """Any value of this type; the field's name narrows it where any text at all would never fit."""
    if name in BY_NAME:
        return BY_NAME[name]
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is NoneType:
        return st.none()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        return st.builds(hint, **_made_of(hint))  # type: ignore[arg-type]  # a dataclass type, not an instance
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(anything(get_args(hint)[0]), max_size=2).map(tuple)
    return st.one_of(*(anything(one) for one in get_args(hint)))


def _made_of(kind: Any) -> dict[str, st.SearchStrategy[Any]]:
    """The fields of a dataclass; those with a default keep it as often as not: examples stay small."""
    hints = get_type_hints(kind)
    made = {}
    for field in fields(kind):
        if field.name not in PLACE:
            value = anything(hints[field.name], field.name)
            made[field.name] = value if field.default is MISSING else st.just(field.default) | value
    return made


_steps = st.one_of(*(st.tuples(st.just(kind), st.fixed_dictionaries(_made_of(kind))) for kind in KINDS))


def _told(steps: list[tuple[type[Entry], dict[str, Any]]], later: list[int]) -> list[Entry]:
    place: dict[str, Any] = {"originator_id": IDS[0]}
    told = []
    hours = itertools.accumulate(later)
    for number, ((kind, facts), hour) in enumerate(zip(steps, hours, strict=False), 1):
        opens: dict[str, Any] = (
            {"originator_topic": ""} if "originator_topic" in {f.name for f in fields(kind)} else {}
        )
        recorded = BEGIN + timedelta(hours=hour)
        told.append(kind(**place, **opens, originator_version=number, timestamp=recorded, **facts))
    return told


histories = st.builds(
    _told, st.lists(_steps, max_size=10), st.lists(st.integers(0, 9), min_size=10, max_size=10)
)
"""Any list of entries, past every rule: what a fault, an import or an older version may have stored."""

COMMANDS: dict[str, Callable[..., Any]] = {
    name: command
    for name, command in inspect.getmembers(Case, inspect.isfunction)
    if command.__module__.startswith("domain.") and not name.startswith("_") and name not in vars(History)
    if any(p.kind is p.VAR_KEYWORD for p in inspect.signature(command).parameters.values())
}
HELD = {
    "goal_id": "goals", "part_of": "goals", "support_id": "supports", "alternative_to": "supports",
    "again_of": "supports", "wish_id": "wishes", "person": "people", "before": "people", "after": "people",
    "party": "parties", "proposal": "proposals", "refusal": "refusals", "disagreement": "disagreements",
    "planned": "evaluations", "consent": "consents", "offered": "choices", "tryout": "tryouts",
    "restriction": "restrictions", "talking_point_id": "points", "need_id": "needs", "need": "needs",
    "agreement": "agreements", "mediation": "mediations", "complaint": "complaints",
    "hold": "holds", "request": "requests", "signed_sheet": "documents",
}  # fmt: skip


def facts_for(command: Callable[..., Any], case: Case, data: Any) -> dict[str, Any]:
    """Any facts for this command; where it asks for a noun, often one that the case holds."""
    hints, required = _asked(command)
    chosen = {name for name in hints if name in required or data.draw(st.integers(0, 3)) == 0}
    odd = data.draw(
        st.sampled_from([None, None, *sorted(hints)])
    )  # one thing at a time, to get past the rest
    return {
        name: data.draw(anything(hints[name], name) if name == odd else _likely(case, name, hints[name]))
        for name in sorted(chosen | {odd} - {None})
    }


def _asked(command: Callable[..., Any]) -> tuple[dict[str, Any], set[str]]:
    hints = get_type_hints(command)
    hints.pop("return")
    parameters = inspect.signature(command).parameters.values()
    required = {p.name for p in parameters if p.default is p.empty and p.name in hints}
    (rest,) = (p.name for p in parameters if p.kind is p.VAR_KEYWORD)
    (typed,) = get_args(hints.pop(rest))
    # What cannot be None is often asked for; the rest is drawn now and then.
    needed = {n for n, hint in get_type_hints(typed).items() if NoneType not in get_args(hint)}
    return hints | get_type_hints(typed), required - {rest} | needed


def _likely(case: Case, name: str, hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one a fact
    """What has a chance to be accepted."""
    match name:
        case "happened_on":
            return st.sampled_from([given.TODAY, date(2026, 10, 1), date(2026, 3, 5)])
        case "say":
            plain: dict[str, Any] = {"person": None, "read_alike_by": None, "shown_version": None}
            return anything(hint).map(lambda say: replace(say, means=Means.SPOKEN, **plain))
        case "field":
            return st.just("happened_on")
        case "now":
            return st.sampled_from(['"2026-10-02"', '"2026-02-02"'])
        case "representative_say":
            return st.none()
        case "evidence":
            return st.lists(st.integers(1, case.version), max_size=2).map(tuple)
        case _ if name in HELD and hint is not str and (held := list(getattr(case.plan, HELD[name]))):
            return st.sampled_from(held)
    return st.integers(1, case.version) if int in (hint, *get_args(hint)) else anything(hint, name)
