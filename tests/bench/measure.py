"""Measuring in turns: ours, theirs and the limit, slice after slice, so that a busy minute hits all alike.

Only the ratios say something about the product; they are between medians of one run. Under 1.5 is the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Target:
    """What a row has to reach; None where it is no question."""

    to_peer: float | None = None
    to_limit: float | None = None
    ours: float | None = None  # in the row's own unit: at least, or for a time or a size at most


@dataclass(frozen=True)
class Contest:
    """One thing that is done in several ways. `others` are shown beside it and are in no ratio."""

    name: str
    unit: str
    ours: Measure
    target: Target
    peer: Measure | None = None
    peer_name: str | None = None
    limit: Measure | None = None
    others: Mapping[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row of bench.json. A ratio over one is good, whatever the unit."""

    name: str
    ours: float
    unit: str
    peer: float | None
    peer_name: str | None
    limit: float | None
    ratio_to_peer: float | None
    ratio_to_limit: float | None


@dataclass(frozen=True)
class Outcome:
    """A row, with what it had to reach and what others reached."""

    row: Row
    target: Target
    others: Mapping[str, float]

    @property
    def met(self) -> bool:
        row, target = self.row, self.target
        in_time = target.ours is None or better(target.ours, row.ours, row.unit) <= 1
        return in_time and all(
            wanted is None or (got is not None and got >= wanted)
            for wanted, got in ((target.to_peer, row.ratio_to_peer), (target.to_limit, row.ratio_to_limit))
        )


def held(contest: Contest, slices: int) -> Outcome:
    """Everybody once in each slice; what counts is each one's median."""
    everybody = {"ours": contest.ours, **contest.others}
    everybody |= {"peer": contest.peer} if contest.peer else {}
    everybody |= {"limit": contest.limit} if contest.limit else {}
    found: dict[str, list[float]] = {name: [] for name in everybody}
    for _ in range(slices):
        for name, measure in everybody.items():
            found[name].append(measure())
    medians = {name: median(values) for name, values in found.items()}
    ours, peer, limit = medians["ours"], medians.get("peer"), medians.get("limit")
    row = Row(
        contest.name,
        ours,
        contest.unit,
        peer,
        contest.peer_name,
        limit,
        peer and better(ours, peer, contest.unit),
        limit and better(ours, limit, contest.unit),
    )
    return Outcome(row, contest.target, {name: medians[name] for name in contest.others})


def better(ours: float, other: float, unit: str) -> float:
    """How many times better ours is: of a rate, more is better; of a time or a size, less."""
    return ours / other if unit.endswith("/s") else other / ours


def a_second(do: Callable[[], int], seconds: float) -> float:
    """How many a second, doing it for about so many seconds, and once at least. `do` says how many it did."""
    began, done = time.perf_counter(), do()
    while (passed := time.perf_counter() - began) < seconds:
        done += do()
    return done / passed


def once(do: Callable[[], int]) -> float:
    """How many a second, doing it once."""
    began = time.perf_counter()
    done = do()
    return done / (time.perf_counter() - began)


def milliseconds(do: Callable[[], object], times: int) -> float:
    """How long it takes: the median."""
    return median(_took(do) for _ in range(times)) * 1000


def _took(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
