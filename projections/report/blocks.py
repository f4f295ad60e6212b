"""What may be shown: a number about fewer than ten clients never is, nor can it be found by subtracting.

Of each thing that is counted, and each calendar year, it is settled once in which blocks it is shown,
whatever somebody asks for. A block is a stretch of months of the whole organisation, or of one team, or of
the other teams together, and it holds no clients or ten or more. Only whole blocks that are over are shown.

Why subtracting finds nothing: the blocks of the organisation lie side by side, and so do those of the teams,
and each of the teams lies within one or more of the organisation. Whatever is added up or taken away, a group
of clients that stays is made of whole blocks (of the organisation, or of teams).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from typing import TypeVar
from uuid import UUID

from projections.report.months import Grain, Period, start_of

K = TypeVar("K")
LEAST = 10  # clients
TOGETHER = "\0"  # stands for teams that are too small to stand apart: no team has this name
Where = tuple[date, str]  # a month and a team


@dataclass(frozen=True, slots=True)
class Clients:
    """A group of clients: who they are while they are few, else only that they are many.

    Of those who are not asked by name yet: each set one of 64 `bits`, and they are so many at the `most`.
    """

    few: frozenset[UUID] = frozenset()
    many: bool = False
    bits: int = 0
    most: int = 0

    @classmethod
    def of(cls, ids: Iterable[UUID] | None) -> Clients:
        """None: they were too many to name."""
        few = frozenset() if ids is None else frozenset(ids)
        return cls(many=True) if ids is None or len(few) >= LEAST else cls(few)

    @classmethod
    def between(cls, bits: int, most: int) -> Clients:
        """Not by name: ten bits that are set are ten clients or more."""
        return MANY if bits.bit_count() >= LEAST else cls(bits=bits, most=most)

    def __or__(self, other: Clients) -> Clients:
        if self.many or other.many:
            return MANY
        few, bits = self.few | other.few, self.bits | other.bits
        enough = len(few) >= LEAST or bits.bit_count() >= LEAST
        return MANY if enough else Clients(few, bits=bits, most=self.most + other.most)

    @property
    def safe(self) -> bool:
        """Nobody, or enough of them. What is unclear is not safe."""
        return self.many or not (self.few or self.most)

    @property
    def unclear(self) -> bool:
        """Whether only their names tell if they are enough."""
        return not self.many and self.most > 0 and len(self.few) + self.most >= LEAST


MANY, NOBODY = Clients(many=True), Clients()


Cells = Mapping[Where, Clients]


@dataclass(frozen=True)
class Teams:
    """The teams that are shown apart, each so many months at a time; the others only together."""

    grain: Grain
    apart: frozenset[str]


NO_TEAMS = Teams(Grain.YEAR, frozenset())


class Blocks:
    """In which blocks one thing is shown. `until` is the first month that is not over.

    Of each of the `groups` there are enough in every block: of what is counted and, where more is shown of
    which this is a part, of the rest. `many` is how much was counted: what the smallest team is.
    """

    def __init__(self, groups: Sequence[Cells], until: date, many: Mapping[Where, int]) -> None:
        self._groups, self._until, self._many = groups, until, many
        self._grains: dict[int, Grain | None] = {}
        self._teams: dict[int, Teams] = {}

    def grain(self, year: int) -> Grain | None:
        """How many months are shown together, at least; None: not even a year holds enough clients."""
        if year not in self._grains:
            fits = (grain for grain in Grain if self._safe(self._here(year), self._over(year, grain)))
            self._grains[year] = next(fits, None)
        return self._grains[year]

    def teams(self, year: int) -> Teams:
        """Which teams stand apart: as many as can, and then in as short a stretch as can."""
        if year not in self._teams:
            ways = [self._apart(year, grain) for grain in Grain if self._over(year, grain)]
            self._teams[year] = max(ways, key=lambda way: len(way.apart), default=NO_TEAMS)
        return self._teams[year]

    def shows(self, period: Period, team: str | None = None) -> bool:
        """Whether this period is made of whole blocks of the organisation, or of this team."""
        return period.end <= self._until and all(self._shows(period, year, team) for year in period.years)

    def _shows(self, period: Period, year: int, team: str | None) -> bool:
        if team is None:
            grain = self.grain(year)
            return grain is not None and period.within(year).made_of(grain)
        teams = self.teams(year)
        return team in teams.apart and period.within(year).made_of(teams.grain)

    def _apart(self, year: int, grain: Grain) -> Teams:
        """Who is too small goes with the others; while those are too few, the smallest team joins them."""
        here, over = self._here(year), self._over(year, grain)
        apart = {team for team in here - {TOGETHER} if self._safe({team}, over)}
        while apart and not self._safe(here - apart, over):
            apart.remove(min(apart, key=lambda team: (self._size(team, over), team)))
        return Teams(grain, frozenset(apart))

    def _here(self, year: int) -> set[str]:
        """The teams that something counts of."""
        return {team for cells in self._groups for (month, team) in cells if month.year == year}

    def _safe(self, teams: set[str], periods: Iterable[Period]) -> bool:
        """Whether these teams together have nobody or enough clients in each of these periods."""
        return all(_clients(cells, teams, period).safe for cells, period in product(self._groups, periods))

    def _size(self, team: str, periods: Iterable[Period]) -> int:
        """How much was counted of a team."""
        return sum(self._many.get((month, team), 0) for period in periods for month in period.months)

    def _over(self, year: int, grain: Grain) -> list[Period]:
        """The stretches of a year that are over."""
        return [part for part in Period.year(year).parts(grain) if part.end <= self._until]


def _clients(cells: Cells, teams: set[str], period: Period) -> Clients:
    found = (cells.get(at, NOBODY) for at in product(period.months, teams))
    return reduce(or_, found, NOBODY)


def unclear(cells: Cells, *, by_team: bool = True) -> set[Where]:
    """Of whom the names have to be known: where a block may hold enough clients, or not.

    Blocks are looked at as they can be: of each team, and of the teams that are too small, together. Where
    these are clear, so is the whole. What is of no team is looked at as a whole only.
    """
    teams, found = cells, set[Where]()
    for grain in Grain:
        starts = {month: start_of(month, grain) for month in {month for month, _ in (*cells, *teams)}}
        if grain is not Grain.MONTH:
            teams = _united(((starts[month], team), clients) for (month, team), clients in teams.items())
        blocks = _unclear(teams, by_team=by_team)
        found |= {(m, team) for (m, team), one in cells.items() if one.most and (starts[m], team) in blocks}
    return found


def _unclear(teams: Cells, *, by_team: bool) -> set[Where]:
    """By the start of a block and its team."""
    alone, small = set[Where](), set[str]()
    for at, clients in teams.items():
        if by_team and clients.unclear:
            alone.add(at)
        elif not (by_team and clients.safe):
            small.add(at[1])
    rest = _united((start, clients) for (start, team), clients in teams.items() if team in small)
    together = {start for start, clients in rest.items() if clients.unclear}
    return alone | {at for at in teams if at[0] in together and at[1] in small}


def _united(parts: Iterable[tuple[K, Clients]]) -> dict[K, Clients]:
    found: dict[K, Clients] = {}
    for key, clients in parts:
        found[key] = found[key] | clients if key in found else clients
    return found
