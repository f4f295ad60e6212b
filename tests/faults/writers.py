"""Several people who record at the same time, and remember what they were told became of it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import closing
from itertools import count, pairwise
from typing import Self
from uuid import UUID

from domain.casework import Casework
from domain.errors import Overtaken
from domain.noticed import ActionTaken
from domain.store.database import Database, settings_for
from domain.store.pool import UNREACHABLE
from domain.store.recorder import OutcomeUnknown
from tests import given

PAUSE = 0.01  # seconds between two entries of one person


class Writers:
    """With it, they write; after it, `wrong()` says what is not there as they were told."""

    def __init__(self, database: Database, people: int = 4, longer: int = 0) -> None:
        self.database, self.people, self.longer = database, people, longer
        self.acknowledged: list[str] = []
        self.unknown: list[str] = []
        self.refused: list[str] = []
        self.moments: list[float] = []  # at which something was acknowledged
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        self._casework = Casework(settings_for(self.database, pool=self.people), given.a_clock())
        cases = [given.sanne() for _ in range(self.people)]
        for case in cases:
            self._casework.open(case)
        self.cases = [case.id for case in cases]
        self._threads = [threading.Thread(target=self._write, args=(case,)) for case in self.cases]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._casework.close()

    def until(self, entries: int, seconds: float = 60) -> None:
        """Wait until so many more were acknowledged."""
        aim, until = len(self.acknowledged) + entries, time.monotonic() + seconds
        while len(self.acknowledged) < aim:
            assert time.monotonic() < until, f"{len(self.acknowledged)} of {aim}"
            time.sleep(0.01)

    @property
    def silence(self) -> float:
        """The longest time, in seconds, in which nobody heard that something was kept."""
        return max(later - earlier for earlier, later in pairwise(self.moments))

    def wrong(self) -> list[str]:
        """What was acknowledged and is not there exactly once; what was refused, and is there."""
        stored = self._stored()
        told = (
            ("acknowledged", self.acknowledged, {1}),
            ("unknown", self.unknown, {0, 1}),
            ("refused", self.refused, {0}),
        )
        return [
            f"{words}: {outcome}, and stored {stored[words]} times"
            for outcome, said, right in told
            for words in said
            if stored[words] not in right
        ]

    def _stored(self) -> Counter[str]:
        with closing(Casework(settings_for(self.database))) as casework:
            entries = [entry for case in self.cases for entry in casework.events.get(case)]
        return Counter(entry.words.rstrip(".") for entry in entries if isinstance(entry, ActionTaken))

    def _write(self, case_id: UUID) -> None:
        for number in count(1):
            words = f"{case_id} {number}"
            try:
                with self._casework.changing(case_id) as change:
                    change.case.take_action(words.ljust(self.longer, "."), **given.telling(by=given.WORKER))
            except OutcomeUnknown:
                self.unknown.append(words)
            except (Overtaken, *UNREACHABLE):
                self.refused.append(words)
            else:
                self.acknowledged.append(words)
                self.moments.append(time.monotonic())
            if self._stop.wait(PAUSE):
                return
