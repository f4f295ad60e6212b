"""A timeline by day, within a day by conversation; and a long one in stretches of whole days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from uuid import UUID

from domain.days import Precision
from projections.timeline import Line, Lines

TALKS = {"conversation_held", "evaluation_held"}
A_STRETCH = 80  # lines, about: what makes a page within its 50 ms


@dataclass(frozen=True)
class Talk:
    """Lines that were recorded together, or one line by itself."""

    conversation_id: UUID | None
    lines: tuple[Line, ...]

    @property
    def held(self) -> bool:
        """Whether people talked: what is recorded together can also be told without a talk."""
        return any(line.topic in TALKS for line in self.lines)


@dataclass(frozen=True)
class Day:
    """The lines of one day, or of one month or year when that is all we know."""

    happened_on: date
    precision: Precision
    talks: tuple[Talk, ...]


@dataclass(frozen=True)
class Stretch:
    """Whole days of a timeline, `first` and `last` included: the lines at these places."""

    first: date
    last: date
    places: slice

    @property
    def many(self) -> int:
        """How many lines they have."""
        return int(self.places.stop - self.places.start)


def stretches(lines: Lines) -> list[Stretch]:
    """A long timeline cut between days, newest first, with all its lines.

    Counted from the oldest day, so that a stretch stays what it is when more is recorded; the newest holds
    what is left, and is at least half as long as the others.
    """
    days, cuts = list(lines.days.values()), [len(lines)]
    for place in range(len(days) - 1, A_STRETCH // 2 - 1, -1):
        if cuts[-1] - place >= A_STRETCH and days[place - 1] != days[place]:
            cuts.append(place)
    places = pairwise([0, *reversed(cuts)])
    return [Stretch(days[end - 1], days[start], slice(start, end)) for start, end in places if end > start]


def with_day(among: list[Stretch], day: date) -> Stretch:
    """The one in which this day is, or would be."""
    return next((one for one in among if one.first <= day), among[-1])


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
