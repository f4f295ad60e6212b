"""The worker as a process: it stops when told to, and loses nothing when it is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.casework import Casework
from domain.store.database import APP, Database
from projections.position import Position
from projections.read_model import Db
from projections.signals import looking
from tests import given
from tests.projections.conftest import Follow, change, kept, shown, start_again, visit

PROGRAM = """
import sys
from pathlib import Path
from domain.store.database import open_database
from jobs.worker import run
with open_database(Path(sys.argv[1])) as database:
    print("ready", flush=True)
    run(database, Path(sys.argv[1]))
"""


@contextmanager
def a_worker(database: Database) -> Iterator[subprocess.Popen[str]]:
    """A worker on this database, ended when the block ends."""
    home = database.secrets.folder.parent
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_when_it_is_told_to(
    fresh: Database, casework: Casework, db: Db, how: signal.Signals
) -> None:
    with a_worker(fresh) as worker, Position(fresh.dsn(APP)) as position:
        assert position.wait(kept(casework, given.sanne()), 20, looking.WHO)
        worker.send_signal(how)
        assert worker.wait(10) == 0
    assert len(shown(db)["caseload"]) == 1
    assert db.execute("SELECT count(*) > 0 FROM shown.signals").fetchone() == (True,)


@pytest.mark.slow
def test_a_worker_that_is_killed_again_and_again_loses_and_doubles_nothing(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    chance = random.Random(20261122)
    cases = [given.sanne() for _ in range(6)]
    position = kept(casework, *cases)
    for _ in range(5):
        with a_worker(fresh) as worker:
            for _ in range(40):
                case = chance.choice(cases)
                position = change(casework, case.id) if chance.random() < 0.7 else visit(casework, case.id)
            time.sleep(chance.random() / 5)
            worker.kill()
    with a_worker(fresh), Position(fresh.dsn(APP)) as reached:
        assert reached.wait(position, 20)
    after_the_kills = shown(db)
    start_again(db)
    follow()
    assert shown(db) == after_the_kills
    assert len(after_the_kills["caseload"]) == len(cases)
