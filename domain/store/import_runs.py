"""What was imported, when and by whom, what became of it, and what did not come in: which, and why.

Which one it was in the other system is sealed, and nothing that it says is here. Who runs an import holds a
lock until it ends, however it ends: so it is seen at once when one was cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import class_row

from domain.store import jobs
from domain.store.pool import Connection
from domain.store.vault import seal, unseal

KEY = "ids of what was put aside"  # the key that these are sealed under
BEGIN = """
    INSERT INTO draad.import_run (id, started_at, kind, files, system, by_name, at_host)
    VALUES (%(id)s, %(started_at)s, %(kind)s, %(files)s, %(system)s, %(by_name)s, %(at_host)s)"""
END = """
    UPDATE draad.import_run
       SET finished_at = %(now)s, why = %(why)s, found = %(found)s, imported = %(imported)s,
           unchanged = %(unchanged)s, held = %(held)s, skipped = %(skipped)s, rejected = %(rejected)s,
           cases = %(cases)s, entries = %(entries)s, contacts = %(contacts)s
     WHERE id = %(id)s"""
SHOWN = """
    SELECT id, started_at, kind, files, system, by_name, at_host, step, done, of_all, finished_at, why, found,
           imported, unchanged, held, skipped, rejected, cases, entries, contacts,
           finished_at IS NULL AND NOT pg_try_advisory_xact_lock_shared(
               hashtextextended('job import ' || id::text, 0)
           ) AS running
      FROM draad.import_run
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(before)s::uuid IS NULL
            OR (started_at, id) < (SELECT started_at, id FROM draad.import_run WHERE id = %(before)s))
     ORDER BY started_at DESC, id DESC
     LIMIT %(limit)s"""
PUT_ASIDE = """
    INSERT INTO draad.import_aside (run, number, fate, kind, named, case_id, why)
    VALUES (%(run)s, %(number)s, %(fate)s, %(kind)s, %(named)s, %(case_id)s, %(why)s)"""
ASIDE = """
    SELECT number, fate, kind, named, case_id, why
      FROM draad.import_aside
     WHERE run = %(run)s
       AND number > %(after)s
       AND (%(why)s = '' OR why = %(why)s)
     ORDER BY number
     LIMIT %(limit)s"""
REASONS = """
    SELECT fate, why, count(*) AS many
      FROM draad.import_aside
     WHERE run = %(run)s
     GROUP BY fate, why
     ORDER BY fate, many DESC, why"""


class Ended(StrEnum):
    """How far an import is."""

    RUNNING = "running"
    CUT_OFF = "cut_off"
    FAILED = "failed"
    DONE = "done"


class Aside(StrEnum):
    """Why something did not come in: not understood, no place for it, or not to be read at all."""

    HELD = "held"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Begun:
    """An import that begins: of what, and who does it."""

    id: UUID
    started_at: datetime
    kind: str
    files: list[str]
    system: str
    by_name: str
    at_host: str


@dataclass(frozen=True)
class Figures:
    """What was found, and what became of it: together that is all of it. And what that made here."""

    found: int = 0
    imported: int = 0
    unchanged: int = 0
    held: int = 0
    skipped: int = 0
    rejected: int = 0
    cases: int = 0
    entries: int = 0
    contacts: int = 0


@dataclass(frozen=True)
class ImportRun(Figures, Begun):
    """One import, as far as it is."""

    step: str = ""
    done: int = 0
    of_all: int = 0
    finished_at: datetime | None = None
    why: str = ""
    running: bool = False

    @property
    def ended(self) -> Ended:
        """How far it is."""
        if self.finished_at is None:
            return Ended.RUNNING if self.running else Ended.CUT_OFF
        return Ended.FAILED if self.why else Ended.DONE


@dataclass(frozen=True)
class Left:
    """Something that did not come in: what became of it, what it is, which one there, and why."""

    fate: Aside
    kind: str
    named: str
    why: str
    case_id: UUID | None = None
    number: int = 0


@dataclass(frozen=True)
class Reason:
    """Why things did not come in, and how many."""

    fate: Aside
    why: str
    many: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "fate", Aside(self.fate))  # a row brings it as text


@dataclass(frozen=True)
class _Sealed:
    number: int
    fate: str
    kind: str
    named: bytes
    case_id: UUID | None
    why: str


def begin(db: Connection, run: Begun) -> None:
    """It runs until the connection closes, however it closes."""
    jobs.claim(db, f"import {run.id}")
    db.execute(BEGIN, asdict(run))


def went_on(db: Connection, id: UUID, done: int, of_all: int, step: str) -> None:
    """How much of how much is done, and of what."""
    db.execute(
        """
        UPDATE draad.import_run SET done = %(done)s, of_all = %(of_all)s, step = %(step)s
         WHERE id = %(id)s""",
        {"id": id, "done": done, "of_all": of_all, "step": step},
    )


def end(db: Connection, id: UUID, now: datetime, figures: Figures, why: str = "") -> None:
    """It is done. `why`: the kind of error that ended it."""
    db.execute(END, {"id": id, "now": now, "why": why, **asdict(figures)})


def put_aside(db: Connection, key: bytes, run: UUID, left: Sequence[Left]) -> None:
    """Note what did not come in; each knows its own number."""
    seals = AESGCM(key)
    rows = ({**vars(one), "run": run, "named": seal(seals, one.named.encode(), run.bytes)} for one in left)
    with db.transaction(), db.cursor() as cursor:
        cursor.executemany(PUT_ASIDE, rows)


def page(db: Connection, before: UUID | None = None, *, limit: int) -> list[ImportRun]:
    """The imports, the last first; those that began before this one."""
    with db.cursor(row_factory=class_row(ImportRun)) as rows:
        return rows.execute(SHOWN, {"id": None, "before": before, "limit": limit}).fetchall()


def one(db: Connection, id: UUID) -> ImportRun | None:
    """This one, if it is there."""
    with db.cursor(row_factory=class_row(ImportRun)) as rows:
        return rows.execute(SHOWN, {"id": id, "before": None, "limit": 1}).fetchone()


def aside(db: Connection, key: bytes, run: UUID, why: str = "", after: int = 0, *, limit: int) -> list[Left]:
    """What did not come in, for this reason or for any, after a number."""
    asked = {"run": run, "why": why, "after": after, "limit": limit}
    with db.cursor(row_factory=class_row(_Sealed)) as rows:
        found = rows.execute(ASIDE, asked).fetchall()
    return [_opened(AESGCM(key), run, one) for one in found]


def _opened(key: AESGCM, run: UUID, one: _Sealed) -> Left:
    named = unseal(key, one.named, run.bytes).decode()
    return Left(Aside(one.fate), one.kind, named, one.why, one.case_id, one.number)


def reasons(db: Connection, run: UUID) -> list[Reason]:
    """Why things did not come in, the most frequent first."""
    with db.cursor(row_factory=class_row(Reason)) as rows:
        return rows.execute(REASONS, {"run": run}).fetchall()


def forget(db: Connection, before: datetime) -> int:
    """Take away the runs of long ago with what they put aside; gives how many."""
    return db.execute(
        "DELETE FROM draad.import_run WHERE started_at < %(before)s", {"before": before}
    ).rowcount
