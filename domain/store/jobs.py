"""What ran by itself: a row a job and moment, and one runner at a time.

A job says that it is done in the transaction of what it did. Work of many transactions says so at the end,
and must be safe to repeat: who is killed halfway has no row that says `ok`, and the next takes it up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from domain.store.pool import Connection
from domain.store.timetable import GRACE, Owed

OK, FAILED = "ok", "failed"
BEGIN = """
    INSERT INTO draad.job (job, due, missed, started_at)
    VALUES (%(job)s, %(due)s, %(missed)s, %(now)s)
    ON CONFLICT (job, due) DO UPDATE
       SET started_at = EXCLUDED.started_at, finished_at = NULL, outcome = NULL, why = ''"""
END = """
    UPDATE draad.job
       SET finished_at = %(now)s, outcome = %(outcome)s, counts = %(counts)s, why = %(why)s
     WHERE job = %(job)s AND due = %(due)s"""
LAST = """
    SELECT DISTINCT ON (job) job, due, missed, started_at, finished_at, outcome, counts, why
      FROM draad.job
     WHERE due <= %(now)s
     ORDER BY job, due DESC"""
COUNTED = """
    SELECT (counts ->> %(what)s)::integer
      FROM draad.job
     WHERE job = %(job)s AND outcome = %(ok)s
     ORDER BY due DESC
     LIMIT 1"""


@dataclass(frozen=True)
class Run:
    """One run of a job. Without an outcome it runs now, or was cut off."""

    job: str
    due: datetime
    missed: int
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    counts: dict[str, int]
    why: str

    @property
    def made_up_for(self) -> bool:
        """Whether nobody ran at its moment."""
        return self.started_at > self.due + GRACE


def claim(db: Connection, job: str) -> bool:
    """Whether this job is ours until the connection closes, however it closes."""
    taken: Any = db.execute(
        "SELECT pg_try_advisory_lock(hashtextextended('job ' || %(job)s, 0))", {"job": job}
    ).fetchone()
    return bool(taken[0])


def begin(db: Connection, job: str, owed: Owed, now: datetime) -> None:
    """Write down that it starts. Of the same moment it can start again, after it failed or was cut off."""
    db.execute(BEGIN, {"job": job, "due": owed.due, "missed": owed.missed, "now": now})


def finish(db: Connection, job: str, due: datetime, now: datetime, counts: dict[str, int]) -> None:
    """Write down that it is done, in the transaction of what it did."""
    db.execute(END, {**_run(job, due, now), "outcome": OK, "counts": Jsonb(counts), "why": ""})


def fail(db: Connection, job: str, due: datetime, now: datetime, error: Exception) -> None:
    """Write down that it did not go well. Only the kind of error: its words may be a client's."""
    why = type(error).__name__
    db.execute(END, {**_run(job, due, now), "outcome": FAILED, "counts": Jsonb({}), "why": why})


def done(db: Connection, now: datetime) -> dict[str, datetime]:
    """Of each job the last moment of which it is done; not one to come, of a clock that was wrong."""
    return dict(
        db.execute(
            "SELECT job, max(due) FROM draad.job WHERE outcome = 'ok' AND due <= %(now)s GROUP BY job",
            {"now": now},
        ).fetchall()
    )


def last(db: Connection, now: datetime) -> dict[str, Run]:
    """Of each job the last run."""
    with db.cursor(row_factory=class_row(Run)) as rows:
        return {run.job: run for run in rows.execute(LAST, {"now": now})}


def counted(db: Connection, job: str, what: str) -> int | None:
    """What a job counted when it was last done; None when it did not, or was never done."""
    row = db.execute(COUNTED, {"job": job, "what": what, "ok": OK}).fetchone()
    return row[0] if row else None


def forget(db: Connection, before: datetime) -> int:
    """Take away the rows of long ago, but not the last of a job; gives how many."""
    return db.execute(
        """
        DELETE FROM draad.job AS old
         WHERE due < %(before)s
           AND EXISTS (SELECT FROM draad.job AS later
                        WHERE later.job = old.job AND later.due > old.due AND later.outcome = 'ok')
        """,
        {"before": before},
    ).rowcount


def _run(job: str, due: datetime, now: datetime) -> dict[str, object]:
    return {"job": job, "due": due, "now": now}
