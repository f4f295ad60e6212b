"""Group commit: who saves at the same time shares a transaction, and nothing else."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent

from domain.store.database import Database, settings_for
from domain.store.factory import Factory
from domain.store.group import MOST, Group
from domain.store.recorder import Recorder, StoredEntry

Events = Sequence[StoredEvent]
Save = Callable[[Events], Sequence[int]]


class Disk:
    """Somewhere to write, that can be held up: `go` lets it go on."""

    def __init__(self) -> None:
        self.calls: list[Events] = []
        self.go = threading.Event()
        self.answers_no: type[BaseException] | None = None
        self._last = 0

    def write(self, events: Events) -> list[int]:
        self.calls.append(events)
        assert self.go.wait(10)
        if self.answers_no and len(self.calls) > 1:
            raise self.answers_no
        self._last += len(events)
        return list(range(self._last - len(events) + 1, self._last + 1))


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def group(disk: Disk) -> Iterator[Group]:
    made = Group(disk.write)
    yield made
    disk.go.set()
    made.close()


def an_event(size: int = 1) -> StoredEntry:
    return StoredEntry(uuid4(), 1, "topic", b"x" * size, os.urandom(60))


def at_once(save: Save, group: Group, disk: Disk, *saves: Events) -> list[Future[Sequence[int]]]:
    """The first is being written while the others come; then it goes on."""
    with ThreadPoolExecutor(len(saves)) as threads:
        saved = held_up(threads, save, group, disk, saves)
        disk.go.set()
    return saved


def held_up(
    threads: ThreadPoolExecutor, save: Save, group: Group, disk: Disk, saves: Sequence[Events]
) -> list[Future[Sequence[int]]]:
    first = threads.submit(save, saves[0])
    until(lambda: disk.calls)
    others = [threads.submit(save, one) for one in saves[1:]]
    until(lambda: len(group._waiting) == len(others))
    return [first, *others]


def until(is_so: Any) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.001)


def _stop_who_waits(group: Group) -> None:
    until(lambda: group._waiting)
    os.kill(os.getpid(), signal.SIGUSR1)


def _die_in(seconds: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # pytest's own would only raise
    signal.alarm(seconds)


def test_a_save_that_is_alone_is_written_at_once(group: Group, disk: Disk) -> None:
    disk.go.set()
    assert group.save([an_event(), an_event()]) == [1, 2]


def test_what_comes_while_one_is_written_goes_in_one_call(group: Group, disk: Disk) -> None:
    saves = [[an_event() for _ in range(many)] for many in (1, 2, 3, 1)]
    found = [saved.result() for saved in at_once(group.save, group, disk, *saves)]
    assert [len(events) for events in disk.calls] == [1, 6]
    assert [len(numbers) for numbers in found] == [1, 2, 3, 1]
    written = {id(event): nr for nr, event in enumerate([e for call in disk.calls for e in call], 1)}
    assert found == [[written[id(event)] for event in save] for save in saves]


def test_together_they_stay_under_what_one_call_can_hold(group: Group, disk: Disk) -> None:
    small, half = [an_event()], [an_event(MOST // 2)]
    at_once(group.save, group, disk, small, half, half, half, [an_event(MOST + 1)], small)
    assert all(len(call) == 1 or sum(len(e.state) for e in call) <= MOST for call in disk.calls)
    assert len(disk.calls) == 5


def test_when_the_server_does_not_answer_it_is_asked_once_for_all(group: Group, disk: Disk) -> None:
    """Ten that each wait five seconds for a lock would hold the last one for fifty."""
    disk.answers_no = OperationalError
    _, *others = at_once(group.save, group, disk, *[[an_event()] for _ in range(4)])
    assert len(disk.calls) == 2
    assert all(isinstance(other.exception(), OperationalError) for other in others)


def test_a_group_that_is_refused_is_asked_again_one_by_one(group: Group, disk: Disk) -> None:
    disk.answers_no = IntegrityError
    at_once(group.save, group, disk, *[[an_event()] for _ in range(4)])
    assert [len(call) for call in disk.calls] == [1, 3, 1, 1, 1]


def test_closing_waits_until_everybody_has_an_answer(disk: Disk) -> None:
    group = Group(disk.write)
    with ThreadPoolExecutor(4) as threads:
        saved = held_up(threads, group.save, group, disk, [[an_event()]] * 3)
        closing_it = threads.submit(group.close)
        until(lambda: len(group._waiting) == 3)
        assert not closing_it.done()
        disk.go.set()
        closing_it.result(10)
        assert sum(len(call) for call in disk.calls) == 3
        assert sorted(number for one in saved for number in one.result(10)) == [1, 2, 3]
    assert group.save([an_event()]) == [4]


def test_when_the_thread_that_writes_is_stopped_the_others_look_and_go_on(group: Group, disk: Disk) -> None:
    disk.answers_no = KeyboardInterrupt
    _, *stopped = at_once(group.save, group, disk, *[[an_event()] for _ in range(3)])
    kinds = sorted(type(one.exception()).__name__ for one in stopped)
    assert kinds == ["KeyboardInterrupt", "OperationalError"]
    disk.answers_no = None
    assert group.save([an_event()]) == [2]


def test_who_is_stopped_while_it_waits_holds_up_nobody(group: Group, disk: Disk) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, stop)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(group.save, [an_event()])
        until(lambda: disk.calls)
        threads.submit(_stop_who_waits, group)
        with pytest.raises(KeyboardInterrupt):
            group.save([an_event()])
        behind = threads.submit(group.save, [an_event()])
        disk.go.set()
        assert (first.result(10), behind.result(10)) == ([1], [2])
    signal.signal(signal.SIGUSR1, before)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_that_was_forked_writes_for_itself(group: Group, disk: Disk) -> None:
    with ThreadPoolExecutor(1) as threads:
        held_up(threads, group.save, group, disk, [[an_event()]])
        if (child := os.fork()) == 0:
            _die_in(10)  # who waits for a thread of the parent waits for ever
            disk.go.set()
            group.close()
            os._exit(group.save([an_event()]) != [1])
        disk.go.set()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_what_was_being_written_at_a_fork_stays_with_the_parent(group: Group, disk: Disk) -> None:
    with ThreadPoolExecutor(2) as threads:
        saved = held_up(threads, group.save, group, disk, [[an_event()], [an_event()]])
        if (child := os.fork()) == 0:
            _die_in(10)
            disk.go.set()
            os._exit(group.save([an_event()]) != [1])
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        disk.go.set()
        assert [one.result(10) for one in saved] == [[1], [2]]


class Held(Recorder):
    """Its first write waits until `go`; every later one is as ever, but `loses` answers get lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disk, self.loses = Disk(), 0

    def _write(self, events: Events, files: Any = ()) -> list[int]:
        self.disk.calls.append(events)
        assert self.disk.go.wait(10)
        numbers = super()._write(events, files)
        if len(self.disk.calls) > 1 and self.loses:
            self.loses -= 1
            raise OperationalError("connection lost after commit")
        return numbers

    def at_once(self, *saves: Events) -> list[Future[Sequence[int]]]:
        return at_once(self.insert_events, self.group, self.disk, *saves)


class HeldFactory(Factory):
    application_recorder_class = Held


@contextmanager
def held(database: Database) -> Iterator[Held]:
    with closing(HeldFactory(settings_for(database))) as factory:
        recorder = factory.application_recorder()
        assert isinstance(recorder, Held)
        yield recorder


def test_one_that_is_overtaken_spoils_nothing_for_the_others(fresh: Database) -> None:
    one, other, third = [an_event()], [an_event()], [an_event(), an_event()]
    with held(fresh) as recorder:
        first, overtaken, kept, kept_too = recorder.at_once(one, [an_event(), *one], other, third)
        assert len(recorder.disk.calls[1]) == 5
        assert isinstance(overtaken.exception(), IntegrityError)
        numbers = [number for saved in (first, kept, kept_too) for number in saved.result()]
        stored = {e.originator_id: e.id for e in recorder.select_notifications(1, 100)}
    assert [stored[event.originator_id] for event in (*one, *other, *third)] == numbers
    assert len(stored) == 4  # nothing of the one that was overtaken


def test_a_group_whose_answer_got_lost_is_stored_once(fresh: Database) -> None:
    """Each looks for its own entries: it cannot know whether the others were new."""
    with held(fresh) as recorder:
        recorder.loses = 1
        saved = recorder.at_once(*[[an_event(20)] for _ in range(4)])
        numbers = sorted(number for one in saved for number in one.result())
        stored = [e.id for e in recorder.select_notifications(1, 100)]
    assert len(numbers) == 4
    assert numbers == stored
