"""The processes of an installation, to kill them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from domain.store.database import Database
from tests.faults.soundness import home_of


def server_of(database: Database) -> psutil.Process:
    """The server itself, not the processes that it made."""
    assert database.socket
    pid = (database.socket.parent / "data" / "postmaster.pid").read_text().split()[0]
    return psutil.Process(int(pid))


@contextmanager
def draad(database: Database, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of ours, in a process of its own that is killed at the end."""
    command = [sys.executable, "-m", "draad", *words, "--home", str(home_of(database))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()
