"""What an address asks of the report: `?from=07-2026&until=09-2026&team=Noord`, and what beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from projections.report.months import Grain, Period
from web.access import can, signed_in
from web.desk import today

MONTH = re.compile(r"(\d{1,2})-(\d{4})|(\d{4})-(\d{2})", re.ASCII)
NAMES = ("from", "until", "compare_from", "compare_until")
LONGEST = 36  # months
EARLIEST, LATEST = 1990, 2200


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `typed` is what stood in it; `wrong`, what cannot be used of that."""

    typed: dict[str, str]
    period: Period
    other: Period | None
    team: str | None
    wrong: frozenset[str]

    @classmethod
    def now(cls) -> Asked:
        """What this request asks; what cannot be read is the quarter that was over last."""
        typed = {name: request.args.get(name, "").strip() for name in NAMES}
        months = {name: _month(text) for name, text in typed.items()}
        wrong = {name for name, text in typed.items() if text and months[name] is None}
        period, bad = _period(months["from"], months["until"])
        other, worse = _period(months["compare_from"], months["compare_until"])
        wrong |= ({"until"} if bad else set()) | ({"compare_until"} if worse else set())
        usual = Period.finished(Grain.QUARTER, today())
        return cls(typed, period or usual, other, _team(), frozenset(wrong))

    def address(self, to: str = "report.overview", **otherwise: Any) -> str:
        """The same question with something else in it."""
        same = {"from": f"{self.period.first:%m-%Y}", "until": f"{self.period.last:%m-%Y}"}
        if self.other:
            same |= {"compare_from": f"{self.other.first:%m-%Y}", "compare_until": f"{self.other.last:%m-%Y}"}
        if self.team is not None and can("read_organisation"):
            same["team"] = self.team
        return url_for(to, **{name: value for name, value in (same | otherwise).items() if value != ""})

    def over(self, period: Period, **otherwise: Any) -> str:
        """The same over another period."""
        return self.address(**{"from": f"{period.first:%m-%Y}", "until": f"{period.last:%m-%Y}"}, **otherwise)

    def beside(self, period: Period) -> str:
        """The same with another period beside it."""
        return self.address(compare_from=f"{period.first:%m-%Y}", compare_until=f"{period.last:%m-%Y}")

    def shown(self, name: str) -> str:
        """What stands in the field."""
        if name in self.wrong:
            return self.typed[name]
        period = self.period if name in {"from", "until"} else self.other
        month = period and (period.first if name.endswith("from") else period.last)
        return f"{month:%m-%Y}" if month else ""


def _team() -> str | None:
    """None: all. A coordinator reads the report of their own team."""
    if not can("read_organisation"):
        return signed_in().team
    team = request.args.get("team")
    return None if team is None or team == "*" else team.replace("\0", "")


def _month(text: str) -> date | None:
    """07-2026, or 2026-07 as programs write it."""
    if not (typed := MONTH.fullmatch(text)):
        return None
    month, year = int(typed[1] or typed[4]), int(typed[2] or typed[3])
    return date(year, month, 1) if 1 <= month <= Grain.YEAR and EARLIEST <= year <= LATEST else None


def _period(first: date | None, last: date | None) -> tuple[Period | None, bool]:
    """From the one to the other, and whether that cannot be. One of both is that month."""
    first, last = first or last, last or first
    if first is None or last is None:
        return None, False
    period = Period(first, last)
    bad = not 1 <= period.length <= LONGEST
    return None if bad else period, bad
