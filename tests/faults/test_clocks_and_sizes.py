"""A clock that jumps, and saves as large as they may be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.casework import Casework
from domain.errors import TooMuch
from domain.store.database import Database
from tests import given
from tests.faults.soundness import wrong
from tests.faults.writers import Writers

NEARLY = 255_000  # characters; a save is at most 256 kB


def test_recorded_times_never_go_back_when_the_clock_does(
    fresh: Database, logs: None, casework: Casework
) -> None:
    casework.open(case := given.sanne())
    now = casework.clock()
    jumps = [timedelta(0), timedelta(days=400), timedelta(days=-30), timedelta(hours=-1), timedelta(days=399)]
    for jump in jumps:
        casework.clock = given.Clock(now + jump)
        with casework.changing(case.id) as change:
            change.case.take_action("Samen gewandeld.", **given.telling(date(2026, 3, 2), given.WORKER))
    times = [entry.timestamp for entry in casework.history(case.id).entries]
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert not wrong(fresh)


def test_saves_as_large_as_they_may_be_come_in_together_and_none_hangs(fresh: Database, logs: None) -> None:
    with Writers(fresh, people=6, longer=NEARLY) as writers:
        writers.until(30, seconds=60)
    assert not writers.refused
    assert not writers.wrong()
    assert not wrong(fresh)


def test_more_than_that_is_refused_and_leaves_nothing(
    fresh: Database, logs: None, casework: Casework
) -> None:
    casework.open(case := given.sanne())
    with pytest.raises(TooMuch), casework.changing(case.id) as change:
        change.case.take_action("x" * 300_000, **given.telling(by=given.WORKER))
    assert casework.history(case.id).entries == case.entries
    assert not wrong(fresh)
