"""What differs between two texts, word by word; and how any fact of the plan reads as text."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from flask_babel import gettext

from domain.nouns import Amount
from domain.plan import Plan
from projections.shown_facts import NOT_SHOWN, Key, called
from web.words import amount, field, who, word

TOO_LONG = 2_000  # words; of longer texts all is marked
NO_END = date.max


@dataclass(frozen=True)
class Part:
    """Some words that stand in both texts (`differs` False), or in this one only."""

    text: str
    differs: bool


def marked(was: str, now: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts."""
    before, after = (re.findall(r"\S+\s*", text) for text in (was, now))
    if len(before) + len(after) > TOO_LONG:
        return [Part(was, differs=True)], [Part(now, differs=True)]
    one, other = ([token.strip() for token in tokens] for tokens in (before, after))
    left, right = [], []
    for what, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left += [Part("".join(before[i:j]), what != "equal")] if i < j else []
        right += [Part("".join(after[k:m]), what != "equal")] if k < m else []
    return left, right


def in_words(value: Any, plans: tuple[Plan, ...]) -> str:
    """A fact as people read it; what it names as it is called."""
    match value:
        case None | "":
            text = ""
        case bool():
            text = gettext("yes") if value else gettext("no")
        case date():
            text = gettext("without end") if value == NO_END else f"{value:%d-%m-%Y}"
        case Enum():
            text = word(value)
        case Amount():
            text = amount(value)
        case list() | tuple():
            text = "; ".join(filter(None, (in_words(part, plans) for part in value)))
        case _ if dataclasses.is_dataclass(value):
            text = _holding(value, plans)
        case int() | str():
            text = str(value)
        case _:
            text = named(value, plans)
    return str(text)


def _holding(thing: Any, plans: tuple[Plan, ...]) -> str:
    """What a noun holds, each by its name, in the order in which it says it."""
    facts = ((name, in_words(value, plans)) for name, value in vars(thing).items() if name not in NOT_SHOWN)
    return ", ".join(_labelled(name, text) for name, text in facts if text)


def _labelled(name: str, text: str) -> str:
    """A fact by its name. A day, and what somebody said, go without."""
    return {"on": text, "words": f"“{text}”"}.get(name) or f"{field(name)}: {text}"


def named(key: Key, plans: tuple[Plan, ...]) -> str:
    """What this is called in these plans."""
    return called(key, plans) or gettext("something that is not in this plan")


def person(key: Any, plans: tuple[Plan, ...]) -> str:
    """Who this is; nobody named is the client."""
    there = next((plan for plan in plans if key in plan.people), plans[0])
    return who(key, there)
