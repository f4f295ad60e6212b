"""An import that says of itself how far it is, how it ended, and what did not come in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from domain.store import import_runs
from domain.store.database import Database
from domain.store.import_runs import Begun, Figures, Left
from domain.store.pool import UNREACHABLE, Connection, connect
from jobs.imports.fhir import Progress
from jobs.looks import operator

AT_ONCE = 1_000  # rows
EACH = 1.0  # seconds between two times that it says how far it is


@dataclass
class Run:
    """One import. `shown` hears how far it is too."""

    db: Connection
    key: bytes
    begun: Begun
    shown: Progress
    figures: Figures = field(default_factory=Figures)
    _left: list[Left] = field(default_factory=list)
    _number: int = 0
    _said: float = 0.0

    def progress(self, done: int, of_all: int, step: str = "") -> None:
        """So much of so much is done; written down now and then."""
        self.shown(done, of_all, step)
        if time.monotonic() - self._said > EACH:
            self._said = time.monotonic()
            import_runs.went_on(self.db, self.begun.id, done, of_all, step)

    def became(self, figures: Figures, left: Iterable[Left] = ()) -> None:
        """What became of all that was found; and what of it did not come in."""
        self.figures = figures
        for one in left:
            self.put_aside(one)

    def put_aside(self, one: Left) -> None:
        """This did not come in."""
        self._number += 1
        self._left.append(replace(one, number=self._number))
        if len(self._left) == AT_ONCE:
            self.write()

    def end(self, now: datetime, why: str = "") -> None:
        """It is over. `why`: the kind of error that ended it."""
        self.write()
        import_runs.end(self.db, self.begun.id, now, self.figures, why)

    def write(self) -> None:
        """Keep what was put aside until now."""
        import_runs.put_aside(self.db, self.key, self.begun.id, self._left)
        self._left.clear()


def begun(kind: str, files: Sequence[Path], system: str, at: datetime) -> Begun:
    """By who is at the command line. Of the files their names alone, not the folders."""
    who, names = operator(), [path.resolve().name for path in files]
    return Begun(uuid4(), at, kind, names, system, who.name, who.organisation)


@contextmanager
def recorded(
    database: Database, begun: Begun, shown: Progress, clock: Callable[[], datetime]
) -> Iterator[Run]:
    """A run that stands on the list from now on; what ends it is written down with it."""
    with connect(database) as db:
        import_runs.begin(db, begun)
        run = Run(db, database.secrets.key(import_runs.KEY), begun, shown)
        try:
            yield run
        except BaseException as error:
            with suppress(*UNREACHABLE):  # then it was cut off, and is seen to be
                run.end(clock(), type(error).__name__)
            raise
        run.end(clock())
