"""No room left, for the record and for what is signed: nothing is lost, and later all goes on."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from domain.casework import Casework
from domain.store.database import Database, open_database
from domain.store.migrate import migrate
from domain.store.pool import connect
from jobs.evidence import verdicts
from jobs.sequence import sequence
from tests import given
from tests.faults.broken import draad
from tests.faults.line import SLOWLY
from tests.faults.soundness import home_of, signed, wrong
from tests.faults.writers import Writers
from tests.homes import a_home

pytestmark = [*SLOWLY]
SIZE = "250m"  # a new installation takes 100
MANY = 40_000  # characters of an entry, so that it does not take long


@contextmanager
def a_file_system(place: Path, size: str) -> Iterator[None]:
    """One of its own. Only root can make one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: run it as root")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S607 - the system's own


@contextmanager
def full(home: Path) -> Iterator[None]:
    """Something else took all the room."""
    with (home / "something-else").open("wb") as file, suppress(OSError):
        while True:
            file.write(bytes(1_000_000))
            file.flush()
    yield
    (home / "something-else").unlink()


def test_nothing_is_lost_when_the_disk_is_full() -> None:
    with a_home() as home:
        home.mkdir(mode=0o711)
        with a_file_system(home, SIZE), open_database(home) as database:
            migrate(database)
            writing_while_it_is_full(database)


def writing_while_it_is_full(database: Database) -> None:
    with Writers(database, longer=MANY) as writers, draad(database, "worker"):
        writers.until(10)
        with full(home_of(database)):
            until = time.monotonic() + 90
            while len(writers.refused) + len(writers.unknown) < 4:
                assert time.monotonic() < until
                time.sleep(0.1)
        writers.until(10, seconds=90)
    assert not writers.wrong()
    assert not wrong(database)


def test_the_logs_are_signed_when_there_is_room_again(
    fresh: Database, logs: None, casework: Casework
) -> None:
    checkpoints, stop = home_of(fresh) / "checkpoints", Event()
    checkpoints.mkdir()
    with a_file_system(checkpoints, "64k"):
        assert all(not verdict.waiting for verdict in signed(fresh))
        signer = Thread(target=sequence, args=(fresh, home_of(fresh), stop))
        with full(checkpoints):
            casework.open(given.sanne())
            signer.start()
            signer.join(2)
            assert signer.is_alive()
            assert waiting(fresh)
        until = time.monotonic() + 20
        while waiting(fresh):
            assert time.monotonic() < until
            time.sleep(0.1)
        stop.set()
        signer.join()
        assert not wrong(fresh)


def waiting(database: Database) -> int:
    """How many entries were not signed yet."""
    with connect(database) as db:
        return sum(verdict.waiting for verdict in verdicts(db, home_of(database), {}))
