"""Which lines of a timeline an address asks for: up to a day, of one kind, of a period, with the words that
were looked for; and of a long one which part.

The parts are asked by a day in them (`?part=22-11-2026`) or an entry in them (`?entry=12`), so that a link
leads to the same lines whatever was recorded since. `?part=all` has everything on one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from domain.case import Case
from projections.days import by_day, stretches, with_day
from projections.kind import Kind
from projections.timeline import Lines, of_kind, timeline, without_say
from web.access import reads_for
from web.asof import AsOf
from web.desk import today
from web.forms.fields import day_from
from web.searching import Search

WHOLE = "all"
MOST = 20  # of any other list that grows with the years; ?part=all has everything on one page


def lines_asked(shown: Case) -> tuple[Lines, dict[str, Any]]:
    """All lines that the address asks for, and what it asks."""
    kind = next((kind for kind in Kind if kind == request.args.get("kind")), None)
    lines = timeline(shown.entries, on=AsOf.asked_for().on or date.max, team=reads_for(), today=today())
    unsaid, period, search = request.args.get("say") == "none", Period.asked_for(), Search.asked_for(shown.id)
    among = period.of(of_kind(without_say(lines) if unsaid else lines, kind))
    chosen = search.of(among, shown)
    asked = {"kind": kind, "unsaid": unsaid, "period": period, "search": search}
    chose = {"kind": kind, "say": "none" if unsaid else None, "search": "1" if search else None}
    years = sorted({day.year for day in lines.days.values()}, reverse=True)
    counts = {"count": len(chosen), "among": len(among), "unread": among.unread, "total": len(lines)}
    return chosen, {**asked, **counts, "same": chose | period.typed, "years": years}


@dataclass(frozen=True)
class Period:
    """From a day up to and including a day, as typed; what cannot be read as a day asks nothing."""

    typed: dict[str, str]  # by the name in the address; what is empty is left out

    @classmethod
    def asked_for(cls) -> Period:
        """As this request asks it."""
        typed = {name: request.args.get(name, "").strip() for name in ("since", "until")}
        return cls({name: text for name, text in typed.items() if text})

    @property
    def unreadable(self) -> list[str]:
        """Something was typed there that is no day."""
        return [name for name, text in self.typed.items() if day_from(text) is None]

    def of(self, lines: Lines) -> Lines:
        """The lines of these days."""
        first, last = (day_from(self.typed.get(name, "")) for name in ("since", "until"))
        if first is None and last is None:
            return lines
        return lines.only(lambda entry: (first or date.min) <= entry.day <= (last or date.max))


def part_asked(lines: Lines) -> dict[str, Any]:
    """The days that are shown, and all parts there are; the newest part unless another is asked."""
    parts = stretches(lines)
    if len(parts) < 2 or request.args.get("part") == WHOLE:  # noqa: PLR2004  # one part, or none
        return {"days": by_day(lines), "parts": parts, "part": None}
    part = with_day(parts, _day_asked(lines) or date.max)
    return {"days": by_day(lines[part.places]), "parts": parts, "part": parts.index(part)}


def _day_asked(lines: Lines) -> date | None:
    entry = request.args.get("entry", type=int)
    return day_from(request.args.get("part", "")) or lines.days.get(entry or 0)
