"""The people in somebody's life, a row each: who, how close, and in which words."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import ValidationError

from domain.kinds import Bond
from domain.nouns import Tie
from web.forms.fields import FILL_IN, Choice, Line, Question
from web.forms.situation import Option, Situation

EACH = "Give each person a name, and choose how close they are."
OPEN, ROWS = 4, 12  # rows that are open, and rows in all


class Ties(Question):
    """Rows of a name, a bond and words; empty rows do not count. In JSON a list of objects."""

    kind = "ties"
    OPEN: ClassVar[int] = OPEN
    ROWS: ClassVar[int] = ROWS
    parts = tuple(f"{row}.{part}" for row in range(ROWS) for part in ("person", "bond", "words"))
    bond: ClassVar[Choice] = Choice("How close?", Bond, required=True)

    def options(self, at: Situation) -> list[Option]:
        return self.bond.options(at)

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
