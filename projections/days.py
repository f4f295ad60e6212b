"""A timeline by day, and within a day by conversation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from domain.days import Precision
from projections.timeline import Line


@dataclass(frozen=True)
class Talk:
    """Lines of one conversation, or one line that belongs to none."""

    conversation_id: UUID | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Day:
    """The lines of one day, or of one month or year when that is all we know."""

    happened_on: date
    precision: Precision
    talks: tuple[Talk, ...]


def by_day(lines: Iterable[Line]) -> list[Day]:
    """The lines grouped by day, and within a day by conversation, in their own order."""
    return [
        Day(happened_on, precision, _talks(list(of_day)))
        for (_, happened_on, precision), of_day in groupby(lines, key=_shown_day)
    ]


def _shown_day(line: Line) -> tuple[date, date, Precision]:
    exact = line.precision is Precision.DAY
    return line.day, line.day if exact else line.happened_on, line.precision


def _talks(lines: list[Line]) -> tuple[Talk, ...]:
    talks: dict[UUID | int, list[Line]] = {}
    for line in lines:
        talks.setdefault(line.conversation_id or line.number, []).append(line)
    return tuple(Talk(of[0].conversation_id, tuple(of)) for of in talks.values())
