"""Small groups are not shown, and are not found by subtracting what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given as always
from hypothesis import settings
from hypothesis import strategies as st

from projections.report.blocks import LEAST, TOGETHER, Blocks, Clients
from projections.report.months import Grain, Period, plus

JANUARY, AFTER = date(2025, 1, 1), date(2026, 2, 1)
TEAMS = ("Noord", "Oost", "Zuid")
YEAR = Period.year(2025)
Groups = dict[tuple[date, str], set[int]]


def blocks(groups: Groups, until: date = AFTER) -> Blocks:
    cells = {at: Clients.of(UUID(int=nr) for nr in ids) for at, ids in groups.items()}
    return Blocks([cells], until, {at: len(ids) for at, ids in groups.items()})


def months(team: str, clients: Iterable[int], over: Period = YEAR) -> Groups:
    """The same clients each month."""
    return {(month, team): set(clients) for month in over.months}


def test_ten_clients_a_month_are_shown_by_the_month() -> None:
    found = blocks(months("Noord", range(LEAST)))
    assert found.shows(Period(JANUARY, JANUARY))
    assert found.shows(Period(plus(JANUARY, 4), plus(JANUARY, 8)))


def test_nine_clients_are_not_shown_at_all() -> None:
    found = blocks(months("Noord", range(LEAST - 1)))
    assert found.grain(2025) is None
    assert not found.shows(YEAR)


def test_one_small_month_makes_whole_quarters_of_all() -> None:
    groups = months("Noord", range(LEAST)) | {(plus(JANUARY, 4), "Noord"): {1, 2}}
    found = blocks(groups)
    assert found.grain(2025) is Grain.QUARTER
    assert found.shows(Period(plus(JANUARY, 3), plus(JANUARY, 5)))
    assert not found.shows(Period(plus(JANUARY, 3), plus(JANUARY, 3)))
    assert not found.shows(Period(JANUARY, plus(JANUARY, 3)))  # with a quarter it would tell of April


def test_teams_that_are_counted_together_never_stand_apart() -> None:
    """Nor do they push out a large team: with them, whoever is too small is enough."""
    found = blocks(
        months("Noord", range(LEAST)) | months(TOGETHER, range(20, 40)) | months("Zuid", range(50, 53))
    )
    assert found.teams(2025).apart == {"Noord"}


def test_a_period_that_is_not_over_is_not_shown() -> None:
    found = blocks(months("Noord", range(LEAST)), until=plus(JANUARY, 5))
    assert found.shows(Period(JANUARY, plus(JANUARY, 4)))
    assert not found.shows(Period(JANUARY, plus(JANUARY, 5)))


def test_in_a_year_that_is_not_over_the_large_teams_are_shown_by_the_month() -> None:
    found = blocks(
        months("Noord", range(LEAST))
        | months("Oost", range(20, 40))
        | months("Zuid", range(50, 70))
        | {(plus(JANUARY, 1), "Zuid"): {1, 2}},
        until=plus(JANUARY, 2),
    )
    over = Period(JANUARY, plus(JANUARY, 1))
    assert found.shows(over, "Oost")
    assert not found.shows(over, "Noord")  # the smallest joins those of whom there are too few
    assert not found.shows(over, "Zuid")


def test_before_the_first_month_is_over_no_team_is_shown() -> None:
    assert not blocks(months("Noord", range(LEAST)), until=JANUARY).teams(2025).apart


def test_when_one_team_is_small_another_is_not_shown_either() -> None:
    """Else it is the organisation less the others."""
    groups = (
        months("Noord", range(100, 150)) | months("Oost", range(200, 220)) | months("Zuid", range(300, 303))
    )
    found = blocks(groups)
    assert found.shows(YEAR)
    assert found.shows(YEAR, "Noord")
    assert not found.shows(YEAR, "Zuid")
    assert not found.shows(YEAR, "Oost")


def test_two_small_teams_hide_each_other_when_together_they_are_enough() -> None:
    groups = (
        months("Noord", range(100, 150)) | months("Oost", range(200, 206)) | months("Zuid", range(300, 306))
    )
    found = blocks(groups)
    assert found.shows(YEAR, "Noord")
    assert not found.shows(YEAR, "Oost")
    assert not found.shows(YEAR, "Zuid")


def test_of_two_teams_of_which_one_is_small_none_is_shown() -> None:
    found = blocks(months("Noord", range(100, 150)) | months("Oost", range(200, 209)))
    assert not any(found.shows(YEAR, team) for team in TEAMS)
    assert found.shows(YEAR)


def test_a_part_is_shown_only_when_its_rest_is_no_small_group() -> None:
    """Of the decisions, texts are shown: what is no text could be subtracted."""
    texts = {(month, "Noord"): Clients.of(UUID(int=nr) for nr in range(20)) for month in YEAR.months}
    others = {(month, "Noord"): Clients.of([UUID(int=1)]) for month in YEAR.months}
    assert Blocks([texts], AFTER, {}).shows(YEAR)
    assert not Blocks([texts, others], AFTER, {}).shows(YEAR)


def periods() -> list[Period]:
    starts = YEAR.months
    return [Period(first, last) for first in starts for last in starts if first <= last]


@settings(max_examples=60, deadline=None)
@always(
    st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from(TEAMS), st.integers(0, 14), st.integers(0, 40)),
        max_size=40,
    )
)
def test_no_two_reports_differ_by_a_small_group(stretches: list[tuple[int, str, int, int]]) -> None:
    """Any two that are shown, one of which lies within the other: over periods, and of teams."""
    groups: Groups = {}
    for month, team, many, first in stretches:
        groups.setdefault((plus(JANUARY, month), team), set()).update(range(first, first + many))
    found = blocks(groups)
    shown = [
        frozenset((month, by) for month in period.months for by in ([team] if team else TEAMS))
        for period in periods()
        for team in (None, *TEAMS)
        if found.shows(period, team)
    ]
    for one in shown:
        assert enough(groups, one)
    for one, other in combinations(set(shown), 2):
        small, large = sorted((one, other), key=len)
        if small < large:
            assert enough(groups, large - small)


@settings(max_examples=60, deadline=None)
@always(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(TEAMS), st.integers(0, 30)), max_size=30))
def test_the_organisation_less_every_team_that_is_shown_is_no_small_group(
    stretches: list[tuple[int, str, int]],
) -> None:
    groups: Groups = {}
    for month, team, many in stretches:
        start = 1000 * TEAMS.index(team) + 10 * month
        groups.setdefault((plus(JANUARY, month), team), set()).update(range(start, start + many))
    found = blocks(groups)
    for period in periods():
        apart = [team for team in TEAMS if found.shows(period, team)]
        if found.shows(period):
            assert enough(groups, {(m, t) for m in period.months for t in TEAMS if t not in apart})


def enough(groups: Groups, cells: Iterable[tuple[date, str]]) -> bool:
    clients = set().union(*(groups.get(cell, set()) for cell in cells))
    return not clients or len(clients) >= LEAST


@pytest.mark.parametrize(
    ("grain", "today", "period"),
    [
        (Grain.QUARTER, date(2026, 11, 22), Period(date(2026, 7, 1), date(2026, 9, 1))),
        (Grain.YEAR, date(2026, 1, 1), YEAR),
        (Grain.MONTH, date(2026, 3, 31), Period(date(2026, 2, 1), date(2026, 2, 1))),
    ],
)
def test_the_last_period_that_is_over(grain: Grain, today: date, period: Period) -> None:
    assert Period.finished(grain, today) == period


def test_the_period_before_is_as_long() -> None:
    assert Period(date(2026, 1, 1), date(2026, 2, 1)).before == Period(date(2025, 11, 1), date(2025, 12, 1))
