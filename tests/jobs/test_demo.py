"""`draad demo` as a newcomer runs it: ready, once, and gone when told to."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from jobs.processes import port_is_free
from tests.homes import a_home
from tests.ports import free_port

PATIENCE = 60


@contextmanager
def demo(home: Path, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "draad", "demo", "--home", str(home), "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("ready "), process.stderr.read() if process.stderr else ""
    return line.split()[1]


def descendants(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return list(psutil.Process(process.pid).children(recursive=True))


def gone(processes: list[psutil.Process], seconds: float = PATIENCE) -> bool:
    return not psutil.wait_procs(processes, seconds)[1]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with a_home("draad-demo-") as made:
        yield made


@pytest.mark.slow
def test_it_says_where_it_is_and_who_one_can_be_and_ctrl_c_stops_it_all(home: Path) -> None:
    port = free_port()
    with demo(home, port) as process:
        address = ready(process)
        with urllib.request.urlopen(f"{address}/sign-in", timeout=10) as page:  # noqa: S310 - our own
            assert page.status == 200
        health = [sys.executable, "-m", "draad", "health", "--home", str(home)]
        assert subprocess.run(health, check=False).returncode == 0
        accounts = json.loads((home / "demo-accounts.json").read_text())
        assert {"role", "user", "passphrase"} == set(accounts[0])
        assert "coordinator" in {account["role"] for account in accounts}
        assert len((home / "demo-roster.rejects.csv").read_text().splitlines()) == 1 + 5
        children = descendants(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert gone(children)
    assert port_is_free(port)


@pytest.mark.slow
def test_a_second_start_keeps_the_data_and_a_third_beside_it_says_where_draad_runs(home: Path) -> None:
    port = free_port()
    with demo(home, port) as first:
        before = (home / "demo-accounts.json").read_text()
        address = ready(first)
        with demo(home, free_port()) as second:
            _, said = second.communicate(timeout=PATIENCE)
            assert second.returncode == 2
            assert address in said
        assert (home / "demo-accounts.json").read_text() == before
        first.send_signal(signal.SIGTERM)
        assert first.wait(PATIENCE) == 0


@pytest.mark.slow
def test_nothing_outlives_a_parent_that_was_killed(home: Path) -> None:
    with demo(home, free_port()) as process:
        ready(process)
        children = [c for c in descendants(process) if "embedded" not in " ".join(c.cmdline())]
        assert children
        process.kill()
        process.wait()
        assert gone(children)
    time.sleep(0.1)


def test_a_port_in_use_is_said_in_a_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        with demo(home, taken.getsockname()[1]) as process:
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2
        assert "in use" in said
