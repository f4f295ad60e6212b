"""A report over a period: every figure that may be shown, over time and by team."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, product

from projections.read_model import Db
from projections.report import reading
from projections.report.blocks import TOGETHER, Blocks, Clients, Where, unclear
from projections.report.figures import BY_NAME, FIGURES, Figure, above, median, of_event
from projections.report.months import Grain, Period, month_of
from projections.report.reading import Cell, Count

ROOM = "SET LOCAL work_mem = '64MB'"  # a year of contacts is added up without the disk
OF_DECISIONS = {"stance", "means", "initiative"}  # their clients are those of the decisions
BITS = 2**64 - 1  # the database knows no number without a sign


@dataclass(frozen=True)
class Number:
    """A figure over a period: `above` of `below`. Without `shown` it says nothing: too few clients.

    `kinds` says how many of each; `median` is in days; `instead` is the nearest period over which it says
    something. `known` is false of a team where only the organisation has the figure.
    """

    figure: Figure
    shown: bool
    above: int = 0
    below: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    median: float | None = None
    instead: Period | None = None
    known: bool = True

    @property
    def share(self) -> float | None:
        """Of one; None when there is nothing to divide by."""
        return self.above / self.below if self.below else None


class Report:
    """What was counted in all years that are asked for. Ask it for numbers: those of teams of the figures
    that are known `by_team`.
    """

    def __init__(
        self, counts: Iterable[Count], today: date, small: Collection[str], by_team: Collection[Figure]
    ) -> None:
        self.today, self._until = today, month_of(today)
        self._by_team = {name for figure in by_team for name in figure.groups if figure.by_team}
        self._counts: dict[str, dict[Where, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._bits: dict[Cell, int] = defaultdict(int)
        self._cells: dict[str, dict[Where, Clients]] = defaultdict(dict)
        self._blocks: dict[tuple[str, ...], Blocks] = {}
        self._small = small
        self._years = set[int]()
        for one in counts:
            self._years.add(one.month.year)
            team = TOGETHER if one.team in small and one.what != "screen" else one.team
            self._counts[one.what][one.month, team][one.kind] += one.many
            if one.what not in OF_DECISIONS:
                self._bits[one.what, one.month, team] |= one.bits & BITS

    def ask_clients(self, db: Db) -> None:
        """Who the clients are where only that tells whether they are enough."""
        for (what, month, team), bits in self._bits.items():
            most = self._counts[what][month, team].total()
            self._cells[what][month, team] = Clients.between(bits, most)
        whats = set(self._cells)
        while cells := [
            (what, *at)
            for what in whats
            for at in unclear(self._cells[what], by_team=what in self._by_team)
            if at[1] != TOGETHER
        ]:
            whats = {what for what, *_ in cells}
            found = reading.clients(db, cells, self.today)
            for what, month, team in cells:
                self._cells[what][month, team] = Clients.of(found.get((what, month, team), ()))

    @property
    def teams(self) -> list[str]:
        """Every team that something counts of."""
        found = {team for places in self._counts.values() for _, team in places}
        return sorted(found - {TOGETHER} | {*self._small})

    def blocks(self, figure: Figure) -> Blocks:
        """In which blocks it may be shown."""
        if figure.groups not in self._blocks:
            until = date.max.replace(day=1) if figure.name == "own_screen" else self._until
            groups = [self._cells.get(name, {}) for name in figure.groups]
            many = {at: kinds.total() for at, kinds in self._counts[figure.groups[0]].items()}
            self._blocks[figure.groups] = Blocks(groups, until, many)
        return self._blocks[figure.groups]

    def number(self, figure: Figure, period: Period, team: str | None = None) -> Number:
        """The figure over a period, of a team or of the whole organisation."""
        if team is not None and not figure.by_team:
            return Number(figure, shown=False, known=False)
        if team is not None and not self._by_team.issuperset(figure.groups):
            raise LookupError(figure.name)  # whose clients were not asked for, so its blocks would be others
        if figure.name == "own_screen":
            period = Period(self._until, self._until)  # of today, whatever period is asked for
        blocks = self.blocks(figure)
        if not blocks.shows(period, team):
            return Number(figure, shown=False, instead=self._nearest(figure, period, team))
        kinds = self._kinds(figure.of, period, team)
        if figure.name == "load":
            came = self._kinds("contact", period, team).total()
            return Number(figure, shown=True, above=kinds.total(), below=came)
        return Number(
            figure,
            True,
            above(figure, kinds),
            kinds.total(),
            tuple((kind, kinds[kind]) for kind in figure.split),
            median(kinds) if figure.days else None,
        )

    def numbers(self, period: Period, team: str | None = None) -> dict[str, Number]:
        """Every figure, by name."""
        return {figure.name: self.number(figure, period, team) for figure in FIGURES}

    def by_team(self, name: str, period: Period) -> list[tuple[str, Number]]:
        """The figure of each team that may be shown apart."""
        found = [(team, self.number(BY_NAME[name], period, team)) for team in self.teams]
        return [(team, number) for team, number in found if number.shown and number.below]

    def over_time(self, name: str, period: Period, team: str | None = None) -> list[tuple[Period, Number]]:
        """The figure in each stretch of the period over which it may be shown, as short as can be."""
        found = []
        for year in period.years:
            figure = BY_NAME[name]
            grain = self._grain(figure, year, team)
            parts = period.within(year).parts(grain) if grain else []
            found += [(part, self.number(figure, part, team)) for part in parts]
        return [(part, number) for part, number in found if number.shown]

    def _nearest(self, figure: Figure, period: Period, team: str | None) -> Period | None:
        """Of all stretches that are shown and in which something was counted, the one that ends nearest."""
        found = (
            part
            for year in self._years
            if (grain := self._grain(figure, year, team))
            for part in Period.year(year).parts(grain)
            if self.blocks(figure).shows(part, team) and self._kinds(figure.of, part, team)
        )
        return min(found, key=lambda part: abs(part.last - period.last), default=None)

    def _grain(self, figure: Figure, year: int, team: str | None) -> Grain | None:
        """Over how many months it can be shown in that year, at least."""
        blocks = self.blocks(figure)
        if team is None:
            return blocks.grain(year)
        teams = blocks.teams(year)
        return teams.grain if team in teams.apart else None

    def _kinds(self, what: str, period: Period, team: str | None) -> Counter[str]:
        total, places = Counter[str](), self._counts[what]
        teams = {by for _, by in places} if team is None else {team}
        for at in product(period.months, teams):
            total.update(places.get(at, {}))
        return total


def report(
    db: Db,
    periods: Iterable[Period],
    today: date,
    events: Sequence[str] = (),
    by_team: Collection[Figure] | None = None,
) -> Report:
    """Everything there is to count, in all the years that these touch; of these events each apart.

    Of few figures `by_team` it is known sooner whether there are enough clients; without, all are.
    """
    years = [Period.year(year) for year in sorted({year for period in periods for year in period.years})]
    apart = [*FIGURES, *map(of_event, events)] if by_team is None else by_team
    with db.transaction():
        db.execute(ROOM)
        small = frozenset.intersection(*(reading.small(db, year) for year in years))
        screens = reading.screens(db, today, month_of(today))
        made = Report(chain(screens, reading.counts(db, years, events)), today, small, apart)
        made.ask_clients(db)
    return made
