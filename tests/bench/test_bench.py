"""The harness: its ratios are right, and it runs. What it measures is no test."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest

from tests.bench.measure import Contest, Measure, Outcome, Row, Target, better, held
from tests.bench.place import TINY
from tests.bench.table import BEGIN, END, table, with_table

PEERS = ("django", "pghistory", "simple_history", "sqlalchemy_continuum")
ROWS = [
    "append_1",
    "append_8",
    "append_32",
    "follow",
    "rebuild",
    "read_case_1000",
    "read_your_write",
    "verify",
    "seal",
    "audited_update",
    "plan_on_a_day",
    "bytes_per_change",
    "bytes_per_change_of_a_plan",
]
FIELDS = ["name", "ours", "unit", "peer", "peer_name", "limit", "ratio_to_peer", "ratio_to_limit"]


def outcome(target: Target, ours: float, unit: str, **ratios: float | None) -> Outcome:
    row = {"peer": None, "peer_name": None, "limit": None, "ratio_to_peer": None, "ratio_to_limit": None}
    return Outcome(Row("follow", ours, unit, **row | ratios), target, {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "other", "unit", "ratio"),
    [(300, 100, "saves/s", 3), (100, 200, "entries/s", 0.5), (5, 20, "ms", 4), (800, 400, "bytes", 0.5)],
)
def test_a_ratio_over_one_is_good_whatever_the_unit(
    ours: float, other: float, unit: str, ratio: float
) -> None:
    assert better(ours, other, unit) == ratio


def test_everybody_takes_a_turn_in_each_slice_and_the_median_counts() -> None:
    turns: list[str] = []

    def measuring(name: str, *found: float) -> Measure:
        values = iter(found)

        def measure() -> float:
            turns.append(name)
            return next(values)

        return measure

    contest = Contest(
        "follow",
        "entries/s",
        measuring("ours", 30, 10, 20),
        Target(to_peer=3),
        peer=measuring("peer", 1, 500, 5),
        peer_name="another",
        limit=measuring("limit", 40, 40, 1),
    )
    found = held(contest, 3)
    assert turns == ["ours", "peer", "limit"] * 3
    assert found.row == Row("follow", 20, "entries/s", 5, "another", 40, 4, 0.5)
    assert found.met


@pytest.mark.parametrize(
    ("target", "ours", "unit", "ratios", "met"),
    [
        (Target(ours=5), 4, "ms", {}, True),
        (Target(ours=5), 6, "ms", {}, False),
        (Target(ours=5), 6, "saves/s", {}, True),
        (Target(to_limit=0.6), 1, "saves/s", {"ratio_to_limit": 0.59}, False),
        (Target(to_peer=4, to_limit=0.6), 1, "saves/s", {"ratio_to_limit": 0.6, "ratio_to_peer": 4}, True),
        (Target(to_peer=4), 1, "saves/s", {"ratio_to_peer": None}, False),
    ],
)
def test_a_target_is_met_when_all_of_it_is(
    target: Target, ours: float, unit: str, ratios: dict[str, float | None], *, met: bool
) -> None:
    assert outcome(target, ours, unit, **ratios).met is met
    assert ("missed" in table([outcome(target, ours, unit, **ratios)])) is not met


@pytest.mark.slow
@pytest.mark.skipif(not all(map(find_spec, PEERS)), reason="the extra `bench` is not installed: `make bench`")
@pytest.mark.filterwarnings("ignore")  # theirs
def test_the_whole_harness_runs() -> None:
    from tests.bench.__main__ import run  # noqa: PLC0415 - it needs the extra

    outcomes, found = run(TINY)
    assert sorted(row["name"] for row in found["rows"]) == sorted(ROWS)
    assert all(list(row) == FIELDS for row in found["rows"])
    assert {"machine", "settings"} <= json.loads(json.dumps(found)).keys()
    assert all(f"| {name} |" in table(outcomes) for name in ROWS)


def test_a_page_gets_the_new_table_in_the_place_of_the_old() -> None:
    page = with_table(f"Before.\n{BEGIN}\n| old |\n{END}\nAfter.\n", "| new |\n")
    assert page == f"Before.\n{BEGIN}\n| new |\n{END}\nAfter.\n"
