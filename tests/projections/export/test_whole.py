"""A file that goes out is whole or not there, however whoever writes it ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from projections.export.whole import whole

KILLED = """
import os, signal, sys
from pathlib import Path
from projections.export.whole import whole
with whole(Path(sys.argv[1])) as out:
    out.write(b"half")
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def write(path: Path, text: bytes) -> None:
    with whole(path) as out:
        out.write(text)


def broken(path: Path) -> None:
    with whole(path) as out:
        out.write(b"half")
        raise KeyboardInterrupt


def answer_unnamed(monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    """What a file system says when a file without a name is asked of it."""
    real = os.open

    def asked(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(error, os.strerror(error))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", asked)


def test_it_stands_in_its_place_once_it_is_complete_and_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with whole(path) as out:
        out.write(b"whole")
        assert not path.exists()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"whole", 0o600)
    write(path, b"anew")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"anew", [path])


def test_who_is_killed_halfway_leaves_nothing_and_the_file_of_before(tmp_path: Path) -> None:
    path = tmp_path / "out"
    for before in (b"", b"of before"):
        if before:
            write(path, before)
        ran = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
        assert ran.returncode == -signal.SIGKILL
        assert [(one, one.read_bytes()) for one in tmp_path.iterdir()] == ([(path, before)] if before else [])


@pytest.mark.parametrize("unnamed", [True, False])
def test_what_breaks_off_leaves_nothing_also_where_every_file_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, unnamed: bool
) -> None:
    if not unnamed:
        answer_unnamed(monkeypatch, errno.EOPNOTSUPP)
    with pytest.raises(KeyboardInterrupt):
        broken(tmp_path / "out")
    assert not list(tmp_path.iterdir())
    write(tmp_path / "out", b"whole")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"whole"]


def test_what_else_is_wrong_with_the_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_unnamed(monkeypatch, errno.ENOSPC)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "out", b"whole")
    assert not list(tmp_path.iterdir())


def test_a_place_that_a_file_cannot_take_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path / "out", b"whole")
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
