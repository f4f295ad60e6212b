"""The outcomes as a table that can stand in a page."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.measure import Outcome, Target

HEAD = ("what", "unit", "Draad", "peer", "", "limit", "× peer", "× limit", "target", "")
BEGIN, END = "<!-- what follows is written by `make bench` -->", "<!-- until here -->"


def table(outcomes: Iterable[Outcome]) -> str:
    """Markdown."""
    rows = [HEAD, ("---",) * len(HEAD), *(line for outcome in outcomes for line in _lines(outcome))]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def with_table(page: str, made: str) -> str:
    """The page with this table in the place of the one that it has."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{made}{END}{after}"


def _lines(outcome: Outcome) -> Iterable[tuple[str, ...]]:
    row = outcome.row
    yield (
        row.name,
        row.unit,
        number(row.ours),
        number(row.peer),
        row.peer_name or "",
        number(row.limit),
        number(row.ratio_to_peer),
        number(row.ratio_to_limit),
        wanted(outcome.target, row.unit),
        "met" if outcome.met else "**missed**",
    )
    for name, value in outcome.others.items():
        yield (f"– {name}", row.unit, number(value), *("",) * 7)


def wanted(target: Target, unit: str) -> str:
    most = "≥" if unit.endswith("/s") else "≤"
    parts = [
        f"{most} {number(target.ours)} {unit}" if target.ours else "",
        f"≥ {number(target.to_peer)}× peer" if target.to_peer else "",
        f"≥ {number(target.to_limit)}× limit" if target.to_limit else "",
    ]
    return ", ".join(filter(None, parts))


def number(value: float | None) -> str:
    """Three digits that mean something, and no more."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
