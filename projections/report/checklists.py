"""Checklists of person-centred care, filled by normal work: checklists.toml says where it shows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from projections.report.figures import BY_NAME, Figure, of_event
from projections.report.months import Period
from projections.report.report import Number, Report


@dataclass(frozen=True)
class Item:
    """One thing that is asked, and where it shows."""

    name: str
    figures: tuple[Figure, ...]
    events: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """Things that are asked together."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Shown:
    """One thing that is asked, with what normal work shows of it. `too_few`: it shows, but not here.

    `elsewhere` are the figures that only the organisation as a whole has.
    """

    item: Item
    numbers: tuple[Number, ...]
    events: tuple[tuple[str, int], ...]
    too_few: bool
    elsewhere: tuple[Figure, ...]

    @property
    def evidence(self) -> bool:
        """Whether anything was written down that shows it."""
        return any(number.below for number in self.numbers) or any(many for _, many in self.events)


@cache
def checklists() -> tuple[Checklist, ...]:
    """All of them, in order."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["checklist"]
    return tuple(
        Checklist(
            row["name"],
            tuple(
                Item(one["name"], tuple(BY_NAME[name] for name in one["figures"]), tuple(one["events"]))
                for one in row["item"]
            ),
        )
        for row in rows
    )


def events() -> tuple[str, ...]:
    """Every event that is evidence of something."""
    return tuple(
        sorted({event for checklist in checklists() for item in checklist.items for event in item.events})
    )


def shown(item: Item, counted: Report, period: Period, team: str | None) -> Shown:
    """What a period shows of it."""
    numbers = [counted.number(figure, period, team) for figure in item.figures]
    found = [counted.number(of_event(event), period, team) for event in item.events]
    return Shown(
        item,
        tuple(number for number in numbers if number.shown),
        tuple((number.figure.name, number.below) for number in found if number.shown),
        too_few=not all(number.shown for number in (*numbers, *found) if number.known),
        elsewhere=tuple(number.figure for number in numbers if not number.known),
    )
