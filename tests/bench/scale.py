"""How far one server goes: `python -m tests.bench.scale` prints the tables of docs/scale.md.

What a client's year comes to is assumed, and written down; what it costs was measured. In between the busiest
quarter of an hour is simulated, second by second: who writes comes by chance.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

# Assumed, a year: generous beside what the fold of ten years shows (some hundreds of decisions).
ENTRIES, CONTACTS, PAGES = 40, 100, 400  # of each client: written down, visited, opened
DAYS, HOURS = 250, 9  # that people work
PEAK = 5  # the busiest quarter of an hour beside the mean
KEPT = 20  # years, the longest term that the law gives

# Measured on two quiet cores: see docs/performance.md.
SAVES = 6_200  # a second, by eight threads, each answered when it is on the disk
FOLLOWED = 6_000  # entries a second by one follower, at least, in all read models
PAGE = 0.024  # seconds of one core
BYTES = 1_300  # an entry or contact: as it lies there, its key, its leaf on the log and its rows in lists
LOOK = 700  # bytes of a line in the access log, with its leaf on the log
JOURNAL = 4_200  # bytes of write-ahead log for an entry, saved and followed

# From the code: what each process may hold open at most.
WEB, WORKER = 19, 22  # connections of one web process, of one worker


@dataclass(frozen=True)
class Place:
    """Whose clients these are. One database for each organisation."""

    name: str
    clients: int
    databases: int = 1

    @property
    def writes(self) -> int:
        """A year, over all databases."""
        return self.clients * (ENTRIES + CONTACTS)

    @property
    def a_second(self) -> float:
        """Writes in the busiest quarter of an hour, over all databases."""
        return self.writes / (DAYS * HOURS * 3600) * PEAK

    @property
    def pages(self) -> float:
        """Opened a second in that quarter of an hour."""
        return self.clients * PAGES / (DAYS * HOURS * 3600) * PEAK


@dataclass(frozen=True)
class Quarter:
    """What the busiest quarter of an hour of one database looks like."""

    most: int  # writes in one second
    longest: float  # milliseconds that the last of them waits
    behind: float  # milliseconds that the lists are behind after it


PLACES = (
    Place("an organisation", 15_000),
    Place("a city", 70_000),
    Place("the country, all in one", 2_000_000),
    Place("the country", 2_000_000, 2_000),
)


def simulated(place: Place, seconds: int = 900) -> Quarter:
    """A quarter of an hour of one of its databases, by chance with a fixed seed."""
    chance, most = Random(1), 0
    for _ in range(seconds):
        most = max(most, _came(chance, place.a_second / place.databases))
    return Quarter(most, most / SAVES * 1000, most / FOLLOWED * 1000)


def _came(chance: Random, mean: float) -> int:
    """How many come in a second when `mean` do on average (Poisson, by Knuth)."""
    left, product, came = math.exp(-mean), 1.0, -1
    while product > left:
        product *= chance.random()
        came += 1
    return came


def carried() -> int:
    """Clients whose busiest quarter of an hour one primary carries, at half of what was measured."""
    a_client = (ENTRIES + CONTACTS) / (DAYS * HOURS * 3600) * PEAK
    return int(min(SAVES, FOLLOWED) / 2 / a_client)


def table() -> str:
    """Markdown: what comes in, what it weighs, and what it takes."""
    head = (
        "",
        "clients",
        "databases",
        "written a year",
        "in the busiest second",
        "then waits",
        "record, a year",
        "access log, a year",
        "journal, a year",
        "cores for pages",
        "connections",
    )
    lines = [head, ("---",) * len(head), *map(tuple, map(_line, PLACES))]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _line(place: Place) -> Iterator[str]:
    quarter = simulated(place)
    yield place.name
    yield f"{place.clients:,}"
    yield f"{place.databases:,}"
    yield f"{place.writes / 1e6:,.1f} million"
    yield f"{quarter.most}" + (" each" if place.databases > 1 else "")
    yield f"{quarter.longest:.1f} ms"
    yield _gigabytes(place.writes * BYTES)
    yield _gigabytes(place.clients * PAGES * LOOK)
    yield _gigabytes(place.writes * JOURNAL)
    yield f"{place.pages * PAGE:.2f}"
    yield f"{place.databases * (2 * WEB + WORKER):,}"


def _gigabytes(amount: float) -> str:
    return f"{amount / 1e9:,.1f} GB"


def after(place: Place) -> str:
    """What lies there when the longest term is full."""
    return f"{place.writes * KEPT / 1e6:,.0f} million entries, {_gigabytes(place.writes * BYTES * KEPT)}"


if __name__ == "__main__":
    sys.stdout.write(table() + f"\ncarried: {carried():,}\n")
    for each in PLACES:
        sys.stdout.write(f"{each.name}, after {KEPT} years: {after(each)}\n")
