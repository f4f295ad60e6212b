"""Where a backup is tried out: one at a time, and what is left of one that was killed goes first.

It is a copy of everything, with the keys and the master key.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.store.embedded import Embedded
from jobs.backup.folders import half_of

HALVES = "halves"  # which folders are being made


@contextmanager
def trying(home: Path, *folders: Path) -> Iterator[Path]:
    """The home of an installation that is gone afterwards. `folders`: those that are made meanwhile."""
    place = home.absolute() / "trying"
    with (home / "backup.lock").open("a") as only:
        fcntl.flock(only, fcntl.LOCK_EX)
        _throw_away(place)
        place.mkdir(mode=0o711)  # root's server runs as another user
        (place / HALVES).write_text("\n".join(str(half_of(folder)) for folder in folders))
        try:
            yield place / "home"
        finally:
            _throw_away(place)


def _throw_away(place: Path) -> None:
    if not place.exists():
        return
    noted = place / HALVES
    for half in noted.read_text().splitlines() if noted.exists() else ():
        shutil.rmtree(half, ignore_errors=True)
    Embedded(place / "home").throw_away()
    shutil.rmtree(place)
