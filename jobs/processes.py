"""A parent and its children: the web and the worker run beside the database, and none outlives the parent."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
PATIENCE = 15  # seconds for a child to finish what it is doing


def child(command: Sequence[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own (Ctrl-C reaches only us), told to stop when we die, however we die."""
    parent = os.getpid()

    def tied() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # died in between
            os._exit(1)

    return subprocess.Popen(command, env=env, start_new_session=True, preexec_fn=tied)  # noqa: PLW1509 - called by the main thread


def stopped(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """End children, the last one first, each with time to finish."""
    for process in reversed(children):
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def polite_stop() -> Iterator[None]:
    """Ctrl-C and a polite kill both leave the block; a second one does not cut the leaving short."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise SystemExit(0)

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(commands: Sequence[Sequence[str]], env: dict[str, str], ready: Callable[[], None]) -> int:
    """Run the commands until we are told to stop (0), or one of them falls over (1: the others go too)."""
    children: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            children.append(child(command, env))  # noqa: PERF401 - those that started must be known when one fails
        ready()
        while all(process.poll() is None for process in children):
            time.sleep(0.2)
        return 1
    finally:
        stopped(children)


def port_is_free(port: int) -> bool:
    """Whether a page can be served there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for_page(address: str) -> None:
    """Until this page answers; TimeoutError when it does not in time."""
    until = time.monotonic() + 2 * PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310 - our own address
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
