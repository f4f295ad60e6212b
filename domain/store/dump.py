"""A database as one file, and a file as a database again, by pg_dump and pg_restore.

Read models are left out: they hold names in clear, and are made again from the record. So are sessions, that
were perhaps ended since, sign-ins that failed, and files that were made for somebody.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from domain.store.programs import Programs

LEFT_OUT = ("shown.*", "draad.session", "draad.sign_in_attempt", "draad.export")
CHUNK = 1 << 20  # bytes
Progress = Callable[[int, int], None]


class NotCopied(Exception):
    """PostgreSQL's own program did not finish. It said why last."""


@contextmanager
def moment(dsn: str) -> Iterator[str]:
    """This database as it is now: for as long as you stay, it can be dumped as it was."""
    with psycopg.connect(dsn) as db:
        row: Any = db.execute("SELECT pg_export_snapshot()").fetchone()
        yield row[0]


def dump(dsn: str, at: str, file: Path, progress: Progress) -> None:
    """Write this database to a file, as it is at one moment; on the disk before this returns."""
    of, left_out = _size(dsn), (f"--exclude-table-data={name}" for name in LEFT_OUT)
    command = ("pg_dump", dsn, "-Fc", "-Z1", f"--snapshot={at}", *left_out)
    with file.open("xb") as out, _running(*command, stdin=DEVNULL, stdout=PIPE) as program:
        for chunk in _chunks(program.stdout):
            out.write(chunk)
            progress(min(out.tell(), of), of)
        os.fsync(out.fileno())


def load(dsn: str, file: Path, progress: Progress) -> None:
    """Fill this empty database from the file: all of it, or nothing."""
    of, name = file.stat().st_size, str(conninfo_to_dict(dsn)["dbname"])
    command = ("pg_restore", dsn, "--dbname", name, "--single-transaction", "--exit-on-error")
    with file.open("rb") as given, _running(*command, stdin=PIPE, stdout=DEVNULL) as program:
        for chunk in _chunks(given):
            program.stdin.write(chunk)  # type: ignore[union-attr]  # it is a pipe
            progress(given.tell(), of)


def hash_of(file: Path) -> str:
    """By which one sees that a file is still the same."""
    digest = sha256()
    with file.open("rb") as opened:
        for chunk in _chunks(opened):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _running(name: str, dsn: str, *args: str, **pipes: int) -> Iterator[Popen[bytes]]:
    """NotCopied, when it did not end well. It does not outlive us."""
    with tempfile.TemporaryFile() as said:
        program = Programs().piped(name, dsn, *args, stderr=said, **pipes)
        try:
            yield program
            program.communicate()
        except BrokenPipeError:  # it ended before us, and says why
            program.wait()
        finally:
            program.kill()
            program.wait()
        if program.returncode:
            said.seek(0)
            raise NotCopied(f"{name}: {said.read().decode(errors='replace').strip()[-500:]}")


def _chunks(opened: IO[bytes] | None) -> Iterator[bytes]:
    while opened and (chunk := opened.read(CHUNK)):
        yield chunk


def _size(dsn: str) -> int:
    """About as many bytes as it will take, to show how far it is."""
    with psycopg.connect(dsn, autocommit=True) as db:
        row: Any = db.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0])
