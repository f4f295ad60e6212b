"""How the pieces of a FHIR resource are read: words, names, days. One thing or a list of them reads alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.days import Precision, last_day, local_day
from jobs.imports.resource import Held, Node

_DATE = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?")
_PRECISION = [Precision.YEAR, Precision.MONTH, Precision.DAY]
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


def many(node: Node, name: str) -> list[Any]:
    """All of these, none, or the one."""
    found = node.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def nodes(node: Node, *path: str) -> list[Node]:
    """All objects at the end of this path."""
    found = [node]
    for name in path:
        found = [inner for one in found for inner in many(one, name) if isinstance(inner, dict)]
    return found


def text(node: Node, name: str) -> str:
    """A text, as it was written; without control signs that change how it looks. Empty when there is none."""
    found = next(iter(many(node, name)), "")
    return cleaned(found) if isinstance(found, str) else ""


def cleaned(found: str) -> str:
    """The same text, without control signs that change how it looks."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", found))


def code(node: Node, *path: str) -> str:
    """The first code at the end of this path of CodeableConcepts."""
    return next((c for coding in nodes(node, *path, "coding") if (c := text(coding, "code"))), "")


def concept(node: Node) -> str:
    """What a CodeableConcept says in words: its text, else the display of a coding."""
    return text(node, "text") or next((d for c in nodes(node, "coding") if (d := text(c, "display"))), "")


def concepts(node: Node, *path: str) -> str:
    """What all concepts at the end of this path say."""
    return ", ".join(filter(None, map(concept, nodes(node, *path))))


def is_true(node: Node, name: str) -> bool:
    return node.get(name) in (True, "true")


def is_false(node: Node, name: str) -> bool:
    return node.get(name) in (False, "false")


def in_error(node: Node) -> bool:
    """Whether it should never have been there, according to the other system."""
    return "entered-in-error" in (text(node, "status"), text(node, "lifecycleStatus"))


_USES = {"official": 0, "usual": 1, "": 2, "nickname": 8, "old": 9, "maiden": 9}


def name_of(node: Node) -> str:
    """The name by which somebody is known; an old name only when there is no other."""
    names = sorted(nodes(node, "name"), key=lambda name: _USES.get(text(name, "use"), 3))
    return next((full for name in names if (full := _full(name))), "")


def called(node: Node) -> str:
    """What somebody is called, if the source says so."""
    return next((_full(n) for n in nodes(node, "name") if text(n, "use") in ("nickname", "usual")), "")


def _full(name: Node) -> str:
    given = [g for g in many(name, "given") if isinstance(g, str)]
    parts = [*given, text(name, "family")]
    return text(name, "text") or text({"parts": " ".join(filter(None, parts))}, "parts")


@dataclass(frozen=True)
class When:
    """A day, and how exactly it is known."""

    day: date
    precision: Precision = Precision.DAY

    def last(self, recorded: datetime) -> date:
        """The last day it can have been."""
        return last_day(self.day, self.precision, recorded)


def when(node: Node, name: str) -> When | None:
    """The day in a FHIR date or dateTime; None when there is none. Held when it is no date."""
    if found := moment(node, name):
        return When(local_day(found))
    if not (said := text(node, name)):
        return None
    if not (parts := _DATE.fullmatch(said)):
        raise Held(f"is not a date: {name}")
    year, month, day = (int((part or "1").lstrip("-")) for part in parts.groups())
    try:
        return When(date(year, month, day), _PRECISION[said.count("-")])
    except ValueError as error:
        raise Held(f"is not a date: {name}") from error


def moment(node: Node, name: str) -> datetime | None:
    """A moment with its hour and zone; None when only the day is said, or less. An hour is never guessed."""
    found = text(node, name)
    if "T" not in found:
        return None
    try:
        read = datetime.fromisoformat(found)
        local_day(read)  # the first and the last day of all time have no hour everywhere
    except (ValueError, OverflowError) as error:
        raise Held(f"is not a moment: {name}") from error
    if read.tzinfo is None:
        raise Held(f"has an hour without a time zone: {name}")
    return read


@dataclass(frozen=True)
class Period:
    """From a day until a day, each known or not."""

    start: When | None = None
    end: When | None = None

    def within(self, other: Period) -> Period:
        """This period, with what it does not say taken from the one around it."""
        return Period(self.start or other.start, self.end or other.end)


def period(node: Node, name: str = "period") -> Period:
    inner = next(iter(nodes(node, name)), {})
    return Period(when(inner, "start"), when(inner, "end"))


def not_understood(node: Any) -> Iterator[str]:
    """What changes the meaning of a resource in a way that we do not know."""
    if isinstance(node, list):
        for inner in node:
            yield from not_understood(inner)
    elif isinstance(node, dict):
        if node.get("implicitRules"):
            yield "implicitRules"
        for extension in nodes(node, "modifierExtension"):
            yield f"modifierExtension {text(extension, 'url') or 'without address'}"
        for inner in node.values():
            yield from not_understood(inner)
