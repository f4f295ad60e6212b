"""kill -9, again and again, while people write: of the server, the worker, a rebuild.

Afterwards what was acknowledged is there once, and everything fits together.
"""

from __future__ import annotations

import random
import time

import pytest

from domain.store.database import Database
from tests.faults.broken import draad, server_of
from tests.faults.soundness import wrong
from tests.faults.writers import Writers

TIMES = pytest.mark.parametrize(
    "times", [pytest.param(1, id="once"), pytest.param(6, id="often", marks=pytest.mark.faults)]
)
CHANCE = random.Random(20261122)


def after_a_while(least: float, most: float) -> None:
    time.sleep(CHANCE.uniform(least, most))


@TIMES
def test_the_server_is_killed(breakable: Database, times: int) -> None:
    with Writers(breakable) as writers:
        for _ in range(times):
            writers.until(20)
            after_a_while(0, 0.3)
            server_of(breakable).kill()
        writers.until(20)
    assert not writers.wrong()
    assert not wrong(breakable)


@TIMES
@pytest.mark.parametrize("words", [["worker"], ["rebuild"]], ids=" ".join)
def test_what_works_in_the_background_is_killed(breakable: Database, words: list[str], times: int) -> None:
    with Writers(breakable) as writers:
        for _ in range(times):
            with draad(breakable, *words):
                writers.until(5)
                after_a_while(0.5, 2.5)
    assert not writers.wrong()
    assert not wrong(breakable)


@pytest.mark.faults
def test_all_of_it_is_killed_together(breakable: Database) -> None:
    """The worker beside a rebuild beside writers, and the server under all of them."""
    with Writers(breakable) as writers, draad(breakable, "worker"):
        for _ in range(4):
            with draad(breakable, "rebuild"):
                after_a_while(0.5, 2.0)
                server_of(breakable).kill()
                writers.until(20)
    assert not writers.wrong()
    assert not wrong(breakable)
