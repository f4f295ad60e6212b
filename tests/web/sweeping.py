"""Every address of the application, from its routes: of what is theirs, another's, or nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import UUIDConverter
from werkzeug.test import TestResponse

from tests.web.organisation import Told

PART = re.compile(r"<(?:[^>]*:)?(\w+)>")
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OTHER_EACH_TIME = re.compile(r'name="csrf_token" value="[^"]*"|\d\d:\d\d|\b[\w-]{43}\b')
HELD = {"command": "voice-wish", "year": 2026, "filename": "css/theme.css", "number": 10}
RUBBISH = ("x", "-1", "9" * 30, "%00", "..%2f..%2fetc%2fpasswd", "%e2%80%ae", "a" * 5000)
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Step:
    """One address to ask, by one method."""

    rule: Rule
    method: str
    address: str

    @property
    def what(self) -> str:
        return f"{self.method} {self.rule.rule}"


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """All of them, by each method."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [(rule, method) for rule in rules for method in METHODS if method in (rule.methods or ())]


def right_of(app: Flask, rule: Rule) -> str:
    """The right that this route asks; empty when it is open to all."""
    return getattr(app.view_functions[rule.endpoint], "right", "")


def parts(rule: Rule, told: Told) -> dict[str, Any]:
    """What fills in this route for this client."""
    return {name: _part(rule, name, told) for name in PART.findall(rule.rule)}


def unknown(rule: Rule, told: Told) -> dict[str, Any]:
    """The same, with ids that are nobody's."""
    return parts(rule, told) | {name: uuid4() for name in ids(rule)}


def ids(rule: Rule) -> list[str]:
    """Which parts of the route are ids."""
    return [name for name in PART.findall(rule.rule) if _is_id(rule, name)]


def step(rule: Rule, method: str, given: dict[str, Any]) -> Step:
    return Step(rule, method, PART.sub(lambda part: str(given[part[1]]), rule.rule))


def in_another(rule: Rule, own: Told, foreign: Told) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Their own client, with one thing of another's in the address; and with one of nobody's."""
    held = parts(rule, own)
    for name in set(ids(rule)) - {"case_id"}:
        yield held | {name: parts(rule, foreign)[name]}, held | {name: uuid4()}


def rubbish(rule: Rule, told: Told) -> Iterator[dict[str, Any]]:
    """With each part in turn replaced by what it cannot be."""
    held = parts(rule, told)
    for name in held:
        yield from (held | {name: text} for text in RUBBISH)


def without_ids(text: str) -> str:
    """A page without what differs at each look: ids, tokens, times."""
    return OTHER_EACH_TIME.sub("", ID.sub("", text))


def _part(rule: Rule, name: str, told: Told) -> Any:
    choices = getattr(rule._converters[name], "items", ())
    if name == "number" and "year" in rule.arguments:
        return HELD[name]
    if name not in told.ids and _is_id(rule, name):
        raise LookupError(f"{rule.rule}: tell one in tests/web/organisation.py")
    return told.ids.get(name, next(iter(choices), None) or HELD.get(name, "nobody-leads"))


def _is_id(rule: Rule, name: str) -> bool:
    """What is made for a link opens it for whoever holds it: it is nobody's own."""
    return isinstance(rule._converters[name], UUIDConverter) or name == "subject"


def text_of(answer: TestResponse) -> str:
    """What can be read in it; of a picture or a PDF what looks like text."""
    return str(answer.data, "utf-8", "replace")
