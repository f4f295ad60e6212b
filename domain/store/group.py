"""Group commit: what several threads want stored now goes in one transaction, with one wait for the disk.

Nobody waits for company: who comes when nothing is being written, writes. What comes meanwhile is the next
group, and the first of those who wait writes it. Each thread gets the answer to its own save: one that is
overtaken spoils nothing for the others.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from itertools import accumulate
from weakref import WeakSet

from eventsourcing.persistence import (
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    StoredEvent,
)

MOST = 262_144  # bytes of entries that draad.append() takes in one call
ABOUT_ONE = (IntegrityError, DataError, ProgrammingError)  # any other answer is about the server: for all

Write = Callable[[Sequence[StoredEvent]], list[int]]


class Save:
    """What one thread wants stored, and where it waits: for the answer, or for its turn to write."""

    def __init__(self, events: Sequence[StoredEvent]) -> None:
        self.events = events
        self.size = sum(len(event.state) for event in events)
        self.answer: list[int] | Exception | None = None
        self._called = threading.Lock()  # locked until somebody calls: lighter than an Event, or a Future
        self._called.acquire()

    def wait(self) -> None:
        self._called.acquire()

    def call(self) -> None:
        self._called.release()

    def numbers(self) -> list[int]:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer or []


class Group:
    """The saves of one process. `write` stores events, all or nothing, and gives their numbers in order."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self.begin()
        _groups.add(self)

    def begin(self) -> None:
        """Nobody waits and nobody writes."""
        self._door = threading.Lock()
        self._waiting: list[Save] = []
        self._turn: Save | None = None  # whose thread writes

    def save(self, events: Sequence[StoredEvent]) -> list[int]:
        """Store these events, all or nothing, together with what else waits; gives their numbers."""
        mine = Save(events)
        try:
            with self._door:
                self._waiting.append(mine)
                if self._turn is None:
                    self._next_turn()
            mine.wait()
            if mine.answer is None:
                self._answer(self._who_fit())
        finally:
            if mine is self._turn or mine.answer is None:
                self._leave(mine)
        return mine.numbers()

    def close(self) -> None:
        """Wait until everybody who came before has an answer: their saves need the connections."""
        self.save([])

    def _leave(self, mine: Save) -> None:
        """Who has an answer, or was stopped while it waited, holds up nobody."""
        with self._door:
            if mine in self._waiting:
                self._waiting.remove(mine)
            if mine is self._turn:
                self._next_turn()

    def _next_turn(self) -> None:
        self._turn = self._waiting[0] if self._waiting else None
        if self._turn:
            self._turn.call()

    def _who_fit(self) -> list[Save]:
        """The first who wait, as many as draad.append() takes in one call; what is too large is alone."""
        with self._door:
            many = sum(size <= MOST for size in accumulate(save.size for save in self._waiting)) or 1
            fit, self._waiting = self._waiting[:many], self._waiting[many:]
        return fit

    def _answer(self, saves: Sequence[Save]) -> None:
        """An answer for everybody: when this thread is stopped, that it was lost; each looks for its own."""
        try:
            self._ask(saves)
        finally:
            for save in saves:
                if save.answer is None:
                    save.answer = OperationalError("the thread that wrote this was stopped")
                save.call()

    def _ask(self, saves: Sequence[Save]) -> None:
        events = [event for save in saves for event in save.events]
        try:
            numbers = iter(self._write(events) if events else [])
        except Exception as error:  # noqa: BLE001 - raised where it was asked
            if isinstance(error, ABOUT_ONE) and len(saves) > 1:
                for save in saves:
                    self._ask([save])
            else:
                for save in saves:
                    save.answer = error
        else:
            for save in saves:
                save.answer = [next(numbers) for _ in save.events]


_groups: WeakSet[Group] = WeakSet()


def _begin_again() -> None:
    """Those who waited or wrote when a process was forked stayed behind in the other one."""
    for group in _groups:
        group.begin()


os.register_at_fork(after_in_child=_begin_again)
