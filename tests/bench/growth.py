"""How pages grow with the organisation: `python -m tests.bench.growth 100.json 1000.json -o docs/growth.svg`.

The files are what tests.bench.load wrote with `-o`. One line a page: its p95, over the number of cases.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP = 860, 380, 70, 40, 310, 20
BUDGET = 50  # milliseconds
COLOURS = ("#1b5e8c", "#b3541e", "#2e7d4f", "#7b3f98", "#8a6d00", "#a3243b", "#3c4a57", "#0e8a8a", "#c2478f")
STYLE = "text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd}.budget{stroke:#a00;stroke-dasharray:6 4}"
Lines = dict[str, list[tuple[int, float]]]


def picture(loads: Sequence[dict[str, Any]]) -> str:
    """SVG, with the numbers as text beside the lines."""
    lines = lines_of(loads)
    cases = [load["cases"] for load in loads]
    most = max([BUDGET * 1.2, *(p95 for line in lines.values() for _, p95 in line)])

    def at(many: int, p95: float) -> tuple[float, float]:
        low, high = math.log10(min(cases)), math.log10(max(cases))
        part = (math.log10(many) - low) / ((high - low) or 1)
        return LEFT + part * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - p95 / most * (HEIGHT - BOTTOM - TOP)

    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    parts = [paper, *_axes(cases, most, at), *_drawn(lines, at)]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    said = "<title>p95 of the server's time a page, over the number of cases</title>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{said}<style>{STYLE}</style>{"".join(parts)}</svg>\n'
    )


def lines_of(loads: Sequence[dict[str, Any]]) -> Lines:
    """The p95 of each page that was opened at every size."""
    pages = [set(load["pages"]) for load in loads]
    return {
        page: [(load["cases"], load["pages"][page]["p95"]) for load in loads]
        for page in sorted(set.intersection(*pages))
    }


def _axes(cases: Sequence[int], most: float, at: Any) -> Iterable[str]:
    step = 10 ** math.floor(math.log10(most))
    for ms in range(0, int(most) + 1, max(int(step / 2), 10)):
        _, y = at(cases[0], ms)
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.0f}" x2="{WIDTH - RIGHT}" y2="{y:.0f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{ms} ms</text>'
    for many in cases:
        x, _ = at(many, 0)
        yield f'<text x="{x:.0f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{many:,} cases</text>'
    _, y = at(cases[0], BUDGET)
    yield f'<line class="budget" x1="{LEFT}" y1="{y:.0f}" x2="{WIDTH - RIGHT}" y2="{y:.0f}"/>'


def _drawn(lines: Lines, at: Any) -> Iterable[str]:
    for nr, (page, line) in enumerate(sorted(lines.items(), key=lambda one: -one[1][-1][1])):
        colour, points = COLOURS[nr % len(COLOURS)], [at(*point) for point in line]
        drawn = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        yield f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>'
        y, last = TOP + 20 * nr + 10, line[-1][1]
        said = f"{escape(page)} {last:.0f} ms"
        yield f'<text x="{WIDTH - RIGHT + 15}" y="{y}" style="fill:{colour}">{said}</text>'


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    ask.add_argument("loads", nargs="+", type=Path)
    ask.add_argument("-o", dest="to", type=Path, required=True)
    told = ask.parse_args()
    loads = sorted((json.loads(path.read_text()) for path in told.loads), key=lambda load: load["cases"])
    told.to.write_text(picture(loads))


if __name__ == "__main__":
    main()
