"""What the worker does beside following: in threads that end with it, and end it when they fall over.

tests/projections/test_worker.py starts, stops and kills a whole one.
"""

from __future__ import annotations

import threading

import pytest

from jobs.worker import beside

LONG = 5  # seconds


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_falls_over_stops_the_worker() -> None:
    stop = threading.Event()

    def falls_over() -> None:
        raise RuntimeError

    with beside("teller", stop, falls_over):
        assert stop.wait(LONG)


def test_what_is_done_stops_nobody() -> None:
    stop, done = threading.Event(), threading.Event()
    with beside("signer", stop, done.set):
        assert done.wait(LONG)
        assert not stop.wait(0.1)


def test_when_the_worker_falls_over_what_is_beside_it_stops_and_is_waited_for() -> None:
    stop, ended = threading.Event(), list[bool]()
    with pytest.raises(RuntimeError), beside("maker", stop, lambda: ended.append(stop.wait(LONG))):
        raise RuntimeError
    assert ended == [True]
