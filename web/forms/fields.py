"""What a form can ask. A question knows its label and hint, how it is shown (`kind`), what can be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import gettext
from marshmallow import ValidationError, fields, missing

from domain.kinds import Per, Unit
from domain.nouns import Amount
from web.forms.situation import Option, Situation
from web.forms.text import clean
from web.words import word

FILL_IN, CHOOSE = "Fill this in.", "Choose one of these."
NO_TEXT = "There is a character in this that cannot be kept."
MANY = 500  # names, choices or rows in one answer
TOO_MANY = "These are too many: 500 is the most."


class Question(fields.Field[Any]):
    """One thing a form asks. `read` makes a value of what was typed or sent."""

    kind: str = "line"
    when_empty: str = FILL_IN
    unsaid: str = "None, or not known"  # to choose instead
    parts: tuple[str, ...] = ()  # what follows its name on a page, when it is asked in parts
    suggestions: tuple[str, ...] = ()  # to choose from or to leave

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        required: bool = False,
        otherwise: Any = missing,
        needed: str = "",
    ) -> None:
        empty: dict[str, Any] = dict.fromkeys(("required", "null"), self.when_empty)
        super().__init__(required=required, load_default=otherwise, error_messages=empty)
        self.label, self.hint = label, hint
        self.needed = needed  # where it may be empty: when it may not

    def help(self) -> str:
        """The hint, in the reader's language."""
        return str(gettext(self.hint)) if self.hint else ""

    def options(self, at: Situation) -> list[Option]:  # noqa: ARG002  # a few kinds look around them
        return []

    def ticked(self, at: Situation) -> str:  # noqa: ARG002
        """What a tick sends."""
        return "yes"

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        found = self.read(value)
        if isinstance(found, tuple) and len(found) > MANY:
            raise ValidationError(TOO_MANY)
        return found


class Line(Question):
    """A few words on one line."""

    most, too_long = 300, "This is too long: 300 characters is the most."

    def __init__(self, label: str, *, suggestions: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(label, **more)
        self.suggestions = suggestions

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(FILL_IN)
        try:
            text = clean(value)
        except ValueError as error:
            raise ValidationError(NO_TEXT) from error
        if len(text) > self.most:
            raise ValidationError(self.too_long)
        if self.required and not text.strip():
            raise ValidationError(FILL_IN)
        return text


class Words(Line):
    """Words on as many lines as it takes; kept as they are."""

    kind = "words"
    most, too_long = 20_000, "This is too long: 20,000 characters is the most."


class Lines(Question):
    """Names, one on a line."""

    kind = "words"

    def read(self, value: Any) -> tuple[str, ...]:
        lines = value.splitlines() if isinstance(value, str) else value
        if not isinstance(lines, Sequence):
            raise ValidationError(FILL_IN)
        return tuple(text for line in lines if (text := Line(self.label).read(line).strip()))


class Choice(Question):
    """One of the fixed choices of the record. What only imports may say is not offered."""

    kind = "choice"
    when_empty = CHOOSE

    def __init__(
        self,
        label: str,
        of: type[StrEnum],
        *,
        without: Iterable[StrEnum] = (),
        spread: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.choices = [c for c in of if c.name != "UNKNOWN" and c not in set(without)]
        spread = spread or (self.required and len(self.choices) < 10)  # noqa: PLR2004  # what fits on a screen
        self.kind = "choice" if spread else "select"

    def options(self, at: Situation) -> list[Option]:  # noqa: ARG002
        return [Option(choice.value, word(choice)) for choice in self.choices]

    def read(self, value: Any) -> StrEnum:
        for choice in self.choices:
            if choice == value:
                return choice
        raise ValidationError(CHOOSE)


class Several(Choice):
    """Any of the fixed choices."""

    def __init__(self, label: str, of: type[StrEnum], **more: Any) -> None:
        super().__init__(label, of, **more)
        self.kind = "several"

    def read(self, value: Any) -> tuple[StrEnum, ...]:  # type: ignore[override]  # more than one
        chosen = [value] if isinstance(value, str) else value
        if not isinstance(chosen, list):
            raise ValidationError(CHOOSE)
        return tuple(super(Several, self).read(one) for one in chosen)


class YesNo(Question):
    """Yes, no, or not known."""

    when_empty = CHOOSE
    unsaid = "I do not know"

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, **more)
        self.kind = "choice" if self.required else "select"

    def options(self, at: Situation) -> list[Option]:  # noqa: ARG002
        return [Option(answer.value, word(answer)) for answer in Answer]

    def read(self, value: Any) -> bool:
        if value in ("yes", "no") or isinstance(value, bool):
            return value in ("yes", True)
        raise ValidationError(CHOOSE)


class Answer(StrEnum):
    """The two answers to a closed question."""

    YES = "yes"
    NO = "no"


class Tick(YesNo):
    """Ticked or not."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label, hint=hint, otherwise=False)
        self.kind = "tick"


class Score(Question):
    """A mark from 0 to 10."""

    kind = "score"

    def read(self, value: Any) -> int:
        if not re.fullmatch(r"\d|10", str(value).strip(), re.ASCII):
            raise ValidationError("Give a whole number from 0 to 10.")
        return int(value)


class Day(Question):
    """A day: as people here write it (dd-mm-yyyy), or as machines do (yyyy-mm-dd)."""

    kind = "day"
    LAST: ClassVar[date] = date(2099, 12, 31)

    def __init__(self, label: str, *, first: date = date(2000, 1, 1), **more: Any) -> None:
        super().__init__(label, **{"hint": "dd-mm-yyyy", **more})
        self.first = first

    def read(self, value: Any) -> date:
        day = day_from(str(value))
        if day is None:
            raise ValidationError("Write the date as day, month and year: dd-mm-yyyy.")
        if day < self.first:
            raise ValidationError("This date is very long ago. Is the year right?")
        if day > self.LAST:
            raise ValidationError("This date is very far ahead. Is the year right?")
        return day


def day_from(text: str) -> date | None:
    """A day from 22-11-2026, 22/11/2026, 22.11.2026 or 2026-11-22; None when it is no day."""
    there = re.fullmatch(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*", text, re.ASCII)
    iso = re.fullmatch(r"\s*(\d{4})-(\d{2})-(\d{2})\s*", text, re.ASCII)
    if not (there or iso):
        return None
    day, month, year = there.groups() if there else iso.groups()[::-1]  # type: ignore[union-attr]  # one of the two
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class HowMuch(Question):
    """A number of something per something: 4 hours per week. Sent as number, unit and per."""

    kind = "amount"
    PARTS: ClassVar[dict[str, type[StrEnum]]] = {"unit": Unit, "per": Per}
    parts = ("number", *PARTS)

    def read(self, value: Any) -> Amount:
        if not isinstance(value, dict) or value.keys() != {"number", *self.PARTS}:
            raise ValidationError("Give the number, of what, and per what.")
        number = str(value["number"]).strip().replace(",", ".")
        if not re.fullmatch(r"\d{1,4}(\.\d{1,6})?", number, re.ASCII):
            raise ValidationError("Give the number in figures.")
        unit, per = (Choice("", of).read(value[part]) for part, of in self.PARTS.items())
        return Amount(Decimal(number), Unit(unit), Per(per))
