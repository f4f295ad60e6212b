"""The primary dies while people write. With a synchronous standby nothing is lost that was acknowledged.

The asynchronous control loses: without it nobody would know that this test can see a loss.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import LiteralString
from uuid import UUID

import pytest

from domain.casework import Casework
from domain.kinds import Voice
from domain.store.database import Database, settings_for
from domain.store.log.sequencer import LogBroken
from domain.store.recorder import OutcomeUnknown
from tests import given
from tests.faults.clusters import Cluster, two_clusters
from tests.faults.line import SLOWLY
from tests.faults.soundness import signed, wrong
from tests.faults.writers import Writers

pytestmark = [*SLOWLY]
LAG = 0.5  # seconds that the standby is behind when the primary dies


@pytest.mark.parametrize("synchronous", [True, False], ids=["synchronous", "asynchronous"])
def test_what_was_acknowledged_outlives_the_primary_when_a_standby_has_it(
    synchronous: bool,  # noqa: FBT001 - a case of the test
    capsys: pytest.CaptureFixture[str],
) -> None:
    with two_clusters() as (first, second, database):
        if synchronous:
            first.waits_for(second.name)
        with Writers(database) as writers:
            writers.until(200)
            first.hold("walsender")
            time.sleep(LAG)
            first.kill()
            second.promote()
            writers.until(100)
            first.rewind(second)
            first.start()
            second.waits_for(first.name)
            writers.until(100)
        lost = writers.wrong()
        with capsys.disabled():
            print(  # noqa: T201 - the figures
                f"\nfailover, {'synchronous' if synchronous else 'asynchronous'}: lost {len(lost)} of"
                f" {len(writers.acknowledged)} acknowledged, {len(writers.unknown)} unknown,"
                f" {len(writers.refused)} refused, {writers.silence:.1f} s without an answer"
            )
        if synchronous:
            assert not lost
            assert not wrong(database)
        else:
            assert lost


@contextmanager
def recording(database: Database, case_id: UUID) -> Iterator[Future[int]]:
    """Somebody records something, and has to wait."""
    with closing(Casework(settings_for(database))) as casework, ThreadPoolExecutor() as threads:
        case = casework.history(case_id)
        case.state_need("Rust.", Voice.CLIENT, **given.telling())
        yield threads.submit(casework.keep, case)


@contextmanager
def waiting(database: Database, primary: Cluster) -> Iterator[Future[int]]:
    """A save that is stored on this primary, and waits for a standby that never comes."""
    with closing(Casework(settings_for(database))) as casework:
        casework.open(case := given.an_opened_case())
    primary.waits_for("nobody")
    with recording(database, case.id) as saving:
        primary.until("SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
        try:
            yield saving
        finally:
            primary.waits_for("")


@pytest.mark.parametrize(
    "ending",
    [
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
    ],
    ids=["cancelled", "terminated"],
)
def test_a_commit_whose_wait_was_ended_is_not_acknowledged(ending: LiteralString) -> None:
    with two_clusters() as (first, _, database), waiting(database, first) as saving:
        first.ask(ending)
        with pytest.raises(OutcomeUnknown):
            saving.result(30)


def test_what_is_found_stored_after_a_crash_waits_for_the_standby_as_well() -> None:
    """The primary comes back by itself, with an entry that no standby has. It may die again."""
    with two_clusters() as (first, _, database), waiting(database, first) as saving:
        first.kill_one(first.ask("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"))
        with pytest.raises(TimeoutError):
            saving.result(5)
        first.waits_for("")
        assert saving.result(10) > 0


def test_an_old_primary_that_comes_back_acknowledges_nothing_and_verify_finds_the_fork() -> None:
    """Nobody fenced it off: it starts as it was, with its own address first in the list."""
    with two_clusters() as (first, second, database):
        first.waits_for(second.name)
        with Writers(database) as writers:
            writers.until(50)
            first.hold("walsender")
            time.sleep(LAG)  # what is recorded now is stored on the first alone
            first.kill()
            second.promote()
            writers.until(50)
        assert not wrong(database)  # and signed
        first.start()
        alone = replace(database, server=first.address)
        with recording(alone, writers.cases[0]) as saving:
            with pytest.raises(TimeoutError):
                saving.result(3)
            with pytest.raises(LogBroken):
                signed(alone)
            first.kill()
            with pytest.raises(OutcomeUnknown):
                saving.result(30)
        first.rewind(second)
        first.start()
        assert not writers.wrong()
        assert not wrong(database)
