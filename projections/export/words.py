"""How a file that goes out says choices, days, amounts and names: in the words of the screens.

The texts are those of the pages (`web/translations`), read as files: a job has no page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from babel.numbers import format_decimal
from babel.support import Translations

from domain.days import HERE, Precision
from domain.entry import Actor, Subject
from domain.nouns import Amount
from domain.plan import Plan
from projections.shown_facts import NOT_SHOWN

TEXTS = Path(__file__).resolve().parents[2] / "web" / "translations"
LANGUAGES = ("nl", "en")
AS_KNOWN = {Precision.DAY: "%d-%m-%Y", Precision.MONTH: "%m-%Y", Precision.YEAR: "%Y"}
Names = Mapping[Subject, str]


@cache
def in_language(language: str) -> Words:
    """The words of one language."""
    return Words(language)


class Words:
    """One language. Everything here gives text that is not markup: templates escape it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts = Translations.load(TEXTS, [language])

    def gettext(self, text: str, /, **values: object) -> str:
        """A text of the screens, filled in."""
        return self.texts.gettext(text) % values if values else self.texts.gettext(text)

    def named(self, context: str, name: str) -> str:
        """The name of something in the code: an event, a fact, a kind of noun."""
        return str(self.texts.pgettext(context, name.replace("_", " ")))

    def word(self, choice: Enum | None) -> str:
        """A choice."""
        return self.named(type(choice).__name__, str(choice.value)) if choice is not None else ""

    def day(self, of: date | None, precision: Precision = Precision.DAY) -> str:
        """22-11-2026; 11-2026 or 2026 when no more is known."""
        if of is None:
            return ""
        if of == date.max:
            return self.gettext("without end")
        return (
            self.gettext("day unknown") if precision is Precision.UNKNOWN else f"{of:{AS_KNOWN[precision]}}"
        )

    def moment(self, of: datetime) -> str:
        """22-11-2026 om 09:10, local time."""
        here = of.astimezone(HERE)
        return self.gettext("%(day)s at %(time)s", day=f"{here:%d-%m-%Y}", time=f"{here:%H:%M}")

    def amount(self, of: Amount | None) -> str:
        """4 uur per week."""
        if of is None:
            return self.gettext("amount not agreed")
        number = format_decimal(of.number, locale=self.language)
        return f"{number} {self.word(of.unit)} {self.word(of.per)}"

    def actor(self, by: Actor) -> str:
        """Their name and role, and where they work."""
        named = f"{by.name}, {self.word(by.role)}" if by.name else self.word(by.role)
        return f"{named}, {by.organisation}" if by.organisation else named

    def person(self, key: UUID | None, plan: Plan) -> str:
        """Who this is in the plan; nobody named is the client."""
        if key is None:
            return plan.client.known_as or self.gettext("the client")
        known = plan.people.get(key)
        return known.name if known else self.gettext("somebody who is not in the plan")

    def fact(self, value: Any, names: Names) -> str:
        """A fact of an entry or of the plan, as people read it; nothing when it says nothing."""
        match value:
            case None | "":
                text = ""
            case bool():
                text = self.gettext("yes") if value else self.gettext("no")
            case Enum():
                text = self.word(value)
            case datetime():
                text = self.moment(value)
            case date():
                text = self.day(value)
            case Amount():
                text = self.amount(value)
            case Decimal():
                text = format_decimal(value, locale=self.language)
            case UUID():
                text = names.get(value) or self.gettext("something that is not in this plan")
            case _:
                text = self._holding(value, lambda part: self.fact(part, names))
        return text

    def _holding(self, value: Any, part_of: Callable[[Any], str]) -> str:
        """What holds other facts; a text or number is itself."""
        if isinstance(value, list | tuple | set | frozenset):
            return "; ".join(filter(None, map(part_of, value)))
        if isinstance(value, Mapping):
            return "; ".join(f"{part_of(key)}: {part_of(of)}" for key, of in value.items())
        if dataclasses.is_dataclass(value):
            parts = (of for name, of in vars(value).items() if name not in NOT_SHOWN)
            return ", ".join(filter(None, map(part_of, parts)))
        return str(value)
