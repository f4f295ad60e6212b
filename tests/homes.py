"""Homes for tests: somewhere the server's user can come, and gone afterwards."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def a_home(prefix: str = "draad-test-") -> Iterator[Path]:
    """A home the server's user can reach, taken away when its keeper has stopped the server."""
    place = Path(tempfile.mkdtemp(prefix=prefix))
    place.chmod(0o711)
    home = place / "home"
    try:
        yield home
    finally:
        with (home / "keeper").open("a") as keeper:
            fcntl.flock(keeper, fcntl.LOCK_EX)
        shutil.rmtree(place)
