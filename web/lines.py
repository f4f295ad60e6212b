"""Which lines of a timeline an address asks for: up to a day, of one kind, and of a long one which part.

The parts are asked by a day in them (`?part=22-11-2026`) or an entry in them (`?entry=12`), so that a link
leads to the same lines whatever was recorded since. `?part=all` has everything on one page.
"""

from __future__ import annotations

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

WHOLE = "all"


def lines_asked(shown: Case) -> tuple[Lines, dict[str, Any]]:
    """All lines that the address asks for, and what it asks."""
    kind = next((kind for kind in Kind if kind == request.args.get("kind")), None)
    lines = timeline(shown.entries, on=AsOf.asked_for().on or date.max, team=reads_for(), today=today())
    unsaid = request.args.get("say") == "none"
    chosen = of_kind(without_say(lines) if unsaid else lines, kind)
    return chosen, {"kind": kind, "unsaid": unsaid, "count": len(chosen), "total": len(lines)}


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
