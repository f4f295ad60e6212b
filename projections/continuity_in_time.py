"""How steady the faces are over time: over each ten contacts in a row, and in every 28 days.

Pure: from contacts to places (see lanes.py). What cannot be known is a gap in the drawing and never 0: the
first nine contacts, and those after a time in which nobody came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice

from domain.days import local_day
from projections.contacts import Contact
from projections.lanes import A_MONTH, LEFT, TOP, WIDTH, Scale, Tick
from projections.signals.continuity import moment_by_moment, of_contacts
from projections.who_came import apart, telling

WINDOW = 10  # contacts in a row
PERIOD = timedelta(days=28)
NOBODY_CAME = timedelta(days=91)  # after that long, the contacts before say nothing of now
HIGH, BETWEEN = 110, 46  # each of the two drawings, and the room between them


@dataclass(frozen=True)
class Point:
    """The continuity over the ten contacts up to and including this day, and its place."""

    on: date
    coc: Fraction
    x: float
    y: float


@dataclass(frozen=True)
class Faces:
    """28 days: how many contacts, by how many different people. `coc`: at their end, if it is known."""

    since: date
    until: date
    contacts: int
    people: int
    coc: Fraction | None
    x: float = 0
    w: float = 0
    y: float = 0
    h: float = 0


@dataclass(frozen=True)
class InTime:
    """Both, below each other. `lines` are apart where nothing is known. `most` is the highest bar."""

    lines: tuple[tuple[Point, ...], ...]
    periods: tuple[Faces, ...]
    left_out: int
    most: int
    ticks: tuple[Tick, ...]
    first: date
    last: date
    width: float = WIDTH
    left: float = LEFT
    top: float = TOP
    middle: float = TOP + HIGH
    bottom: float = TOP + HIGH + BETWEEN + HIGH
    height: float = TOP + HIGH + BETWEEN + HIGH + 10


def in_time(contacts: Iterable[Contact], *, on: date) -> InTime | None:
    """Until that day; None when no contact tells who came."""
    until = [contact for contact in contacts if local_day(contact.started_at) <= on]
    came = telling(until, on)
    if not came:
        return None
    first = min(local_day(came[0].started_at), on - A_MONTH)
    place = Scale(first, on)
    lines = tuple(line for stretch in apart(came, NOBODY_CAME) if (line := tuple(_line(stretch, place))))
    counted = list(_counted(came, [point for line in lines for point in line], on))
    most = max(one.people for one in counted)
    periods = tuple(_placed(one, place, most) for one in counted)
    return InTime(lines, periods, len(until) - len(came), most, place.ticks(), first, on)


def _line(stretch: list[Contact], place: Scale) -> Iterator[Point]:
    windows = moment_by_moment((contact.workers for contact in stretch), WINDOW)
    for last, window in islice(zip(stretch, windows, strict=True), WINDOW - 1, None):
        if (coc := window.coc) is not None:
            day = local_day(last.started_at)
            yield Point(day, coc, place.x(day), round(TOP + HIGH * (1 - float(coc)), 1))


def _counted(came: list[Contact], points: list[Point], on: date) -> Iterator[Faces]:
    """Every 28 days, counted back from that day, as far back as somebody came; the earliest first."""
    there: dict[int, list[Contact]] = {}
    for contact in came:
        there.setdefault((on - local_day(contact.started_at)) // PERIOD, []).append(contact)
    at_the_end = {(on - point.on) // PERIOD: point.coc for point in points}
    for back in range(max(there), -1, -1):
        until, here = on - back * PERIOD, there.get(back, [])
        since = until - PERIOD + timedelta(days=1)
        yield Faces(since, until, len(here), of_contacts(here).workers, at_the_end.get(back))


def _placed(faces: Faces, place: Scale, most: int) -> Faces:
    x, high = place.x(faces.since), round(HIGH * faces.people / most, 1)
    wide = max(round(place.x(faces.until) - x - 1, 1), 1)
    return replace(faces, x=x, w=wide, y=TOP + HIGH + BETWEEN + HIGH - high, h=high)
