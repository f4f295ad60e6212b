"""The people in somebody's life, a row each: who, how close, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError

from domain.kinds import Bond
from domain.nouns import Tie
from web.forms.fields import FILL_IN, Choice, Line, Question
from web.forms.situation import Option, Situation

EACH = "Give each person a name, and choose how close they are."
OPEN, FOLDED, ROWS = 4, 8, 60  # empty rows that are open, those folded away, and rows in all
EACH_ROW = ("person", "bond", "words")


class Ties(Question):
    """Rows of a name, a bond and words; empty rows do not count. In JSON a list of objects."""

    kind = "ties"
    parts = tuple(f"{row}.{part}" for row in range(ROWS) for part in EACH_ROW)
    bond: ClassVar[Choice] = Choice("How close?", Bond, required=True)

    def options(self, at: Situation) -> list[Option]:
        return self.bond.options(at)

    def rows(self, typed: Mapping[str, Any], name: str) -> tuple[range, range]:
        """The rows that are open: all that hold something and a few more; and those folded away."""
        filled = [row for row in range(ROWS) if any(typed.get(f"{name}.{row}.{part}") for part in EACH_ROW)]
        folded = min(ROWS, max(filled, default=-1) + 1 + OPEN)
        return range(folded), range(folded, min(ROWS, folded + FOLDED))

    def read(self, value: Any) -> tuple[Tie, ...]:
        ties = tuple(self._tie(row) for row in _rows(value) if any(row.values()))
        if not ties:
            raise ValidationError(FILL_IN)
        return ties

    def _tie(self, row: dict[str, Any]) -> Tie:
        person, words = (Line("").read(row.get(part) or "").strip() for part in ("person", "words"))
        if not (person and row.get("bond") and row.keys() <= {"person", "bond", "words"}):
            raise ValidationError(EACH)
        return Tie(person, Bond(self.bond.read(row["bond"])), words)


def _rows(value: Any) -> list[dict[str, Any]]:
    """From a list of objects, or from the fields of a page: "0.person", "0.bond" and so on."""
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    if not isinstance(value, dict):
        raise ValidationError(EACH)
    rows: dict[str, dict[str, Any]] = {}
    for name, said in value.items():
        row, _, part = name.partition(".")
        rows.setdefault(row, {})[part] = said
    return list(rows.values())
