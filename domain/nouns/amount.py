"""How much support: a number of a unit per something."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain import kinds

_DAYS = {
    kinds.Per.DAY: Fraction(1),
    kinds.Per.WEEK: Fraction(7),
    kinds.Per.TWO_WEEKS: Fraction(14),
    kinds.Per.MONTH: Fraction(365, 12),
}


@dataclass(frozen=True)
class Amount:
    """How much support: a number of a unit per something, such as 4 hours per week."""

    number: Decimal
    unit: kinds.Unit
    per: kinds.Per

    def __str__(self) -> str:
        return f"{self.number} {self.unit} / {self.per}"

    @property
    def counts(self) -> bool:
        """A number above zero, and not infinite."""
        return self.number.is_finite() and self.number > 0

    def rate(self) -> tuple[kinds.Unit, Fraction] | None:
        """Hours, times or parts of the day per day; None when it is per nothing, and compares to nothing."""
        if self.per not in _DAYS or not self.number.is_finite():
            return None
        if self.unit is kinds.Unit.MINUTES:
            return kinds.Unit.HOURS, Fraction(self.number) / 60 / _DAYS[self.per]
        return self.unit, Fraction(self.number) / _DAYS[self.per]

    def compared_to(self, other: Amount | None) -> int | None:
        """-1 less, 0 the same, 1 more; None when the two cannot be compared."""
        mine, others = self.rate(), other.rate() if other else None
        if mine is None or others is None or mine[0] is not others[0]:
            return None
        return (mine[1] > others[1]) - (mine[1] < others[1])
