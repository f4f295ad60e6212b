"""Group commit: what several threads want stored now goes in one transaction, with one wait for the disk.

Nobody waits for company: the writer takes what is there, and what comes meanwhile is the next group. Each
thread gets the answer to its own save: one that is overtaken spoils nothing for the others.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from eventsourcing.persistence import DataError, IntegrityError, ProgrammingError, StoredEvent

MOST = 262_144  # bytes of entries that draad.append() takes in one call
ABOUT_ONE = (IntegrityError, DataError, ProgrammingError)  # any other answer is about the server: for all

Write = Callable[[Sequence[StoredEvent]], list[int]]


@dataclass(frozen=True)
class Save:
    """What one thread wants stored, and where it waits for the answer."""

    events: Sequence[StoredEvent]
    numbers: Future[list[int]] = field(default_factory=Future)

    @property
    def size(self) -> int:
        return sum(len(event.state) for event in self.events)


class Group:
    """The saves of one process. `write` stores events, all or nothing, and gives their numbers in order."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: SimpleQueue[Save | None] = SimpleQueue()  # None: the writer may go
        self._door = threading.Lock()
        self._writer: threading.Thread | None = None

    def save(self, events: Sequence[StoredEvent]) -> list[int]:
        """Store these events, all or nothing, together with what else waits; gives their numbers."""
        mine = Save(events)
        with self._door:
            if not (self._writer and self._writer.is_alive()):  # none yet, or left behind by a fork
                self._writer = threading.Thread(target=self._keep_writing, name="writer", daemon=True)
                self._writer.start()
            self._waiting.put(mine)
        return mine.numbers.result()

    def close(self) -> None:
        """Let the writer go, when it has answered everybody. A later save brings a new one."""
        with self._door:
            if self._writer:
                self._waiting.put(None)
                self._writer.join()
            self._writer = None

    def _keep_writing(self) -> None:
        while first := self._waiting.get():
            for group in _fitting([first, *self._others()]):
                self._answer(group)

    def _others(self) -> Iterator[Save]:
        """Who else waits by now."""
        try:
            while one := self._waiting.get_nowait():
                yield one
            self._waiting.put(None)  # for when these are answered
        except Empty:
            return

    def _answer(self, group: Sequence[Save]) -> None:
        try:
            numbers = iter(self._write([event for save in group for event in save.events]))
        except Exception as error:  # noqa: BLE001 - raised where it was asked
            if isinstance(error, ABOUT_ONE) and len(group) > 1:
                for save in group:
                    self._answer([save])
            else:
                for save in group:
                    save.numbers.set_exception(error)
        else:
            for save in group:
                save.numbers.set_result([next(numbers) for _ in save.events])


def _fitting(saves: Sequence[Save]) -> Iterator[list[Save]]:
    """The same, in groups that draad.append() takes in one call; what is too large for it is alone."""
    group: list[Save] = []
    size = 0
    for save in saves:
        if group and size + save.size > MOST:
            yield group
            group, size = [], 0
        group.append(save)
        size += save.size
    yield group
