"""A file that goes out: whole, or not there, also when whoever writes it is killed halfway."""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

NO_SUCH_FILES = {errno.EOPNOTSUPP, errno.EISDIR}  # how a file system says that it has none without a name


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, that stands in its place once it is complete. Nobody else may read it: it is about
    clients.

    Until then it has no name, so that what is killed leaves nothing behind.
    """
    number, half = _begun(path)
    try:
        with open(number, "wb") as out:  # noqa: PTH123  # a descriptor
            yield out
            out.flush()
            os.fsync(out.fileno())
            half = half or _named(out.fileno(), path)
        half.replace(path)
    except BaseException:
        if half:
            half.unlink(missing_ok=True)
        raise


def _begun(path: Path) -> tuple[int, Path | None]:
    """A file without a name; where the file system has none such, one that nobody looks for."""
    try:
        return os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600), None
    except OSError as error:
        if error.errno not in NO_SUCH_FILES:
            raise
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    return number, Path(name)


def _named(number: int, path: Path) -> Path:
    """Beside its place: a link cannot take the place of the file of before, a rename can."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    os.link(f"/proc/self/fd/{number}", half, src_dir_fd=number)  # a folder is named, so that it follows /proc
    return half
