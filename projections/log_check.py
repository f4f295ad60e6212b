"""What is known of the log of the record now: when it was held against what was signed, and how that went.

Nothing is checked here: the job `verify` does that. "It is as it was signed" is only said when the last time
was well and not long ago, and what was signed last was signed by our key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.store import jobs
from domain.store.jobs import FAILED, Run
from domain.store.log.checkpoint import Checkpoint, NoCheckpoint, Verifier
from projections.read_model import Db

JOB, LOG = "verify", "record"
CHANGED = "RecordChanged"  # the kind of error with which the job says so
GOOD_FOR = timedelta(days=1)


class Found(StrEnum):
    """How the last check went."""

    WELL = "well"
    CHANGED = "changed"
    FAILED = "failed"  # it found nothing: it could not do its work
    UNFINISHED = "unfinished"  # it runs now, or was cut off
    OLD = "old"
    NEVER = "never"
    NOT_SIGNED = "not_signed"
    SIGNED_BY_ANOTHER = "signed_by_another"


@dataclass(frozen=True)
class LogCheck:
    """The last run of the check, and the last checkpoint if our key signed it. `note`: as it lies there;
    `key`: the public one, none before anything was signed.
    """

    now: datetime
    run: Run | None
    note: str | None
    signed: Checkpoint | None
    key: Verifier | None

    @property
    def found(self) -> Found:
        """The worst that is known."""
        run = self.run
        if run and run.outcome == FAILED:
            return Found.CHANGED if run.why == CHANGED else Found.FAILED
        if self.signed is None:
            return Found.SIGNED_BY_ANOTHER if self.note else Found.NOT_SIGNED
        if run is None:
            return Found.NEVER
        if run.outcome is None:
            return Found.UNFINISHED
        return Found.WELL if self.now - run.started_at <= GOOD_FOR else Found.OLD

    @property
    def signed_at(self) -> datetime | None:
        """When the checkpoint was signed, by the clock of who signed."""
        lines = self.signed.extra if self.signed else ()
        told = next((line.removeprefix("time ") for line in lines if line.startswith("time ")), None)
        return datetime.fromisoformat(told) if told else None

    @property
    def root(self) -> str:
        """In groups of four, as somebody reads it out."""
        return self.signed.root.hex(" ", 2) if self.signed else ""


def log_check(db: Db, key: Verifier | None, now: datetime) -> LogCheck:
    """As the database has it at this moment."""
    row: Any = db.execute("SELECT note FROM draad.log_head WHERE log = %(log)s", {"log": LOG}).fetchone()
    note = str(row[0]) if row else None
    return LogCheck(now, jobs.last(db, now).get(JOB), note, _opened(key, note), key)


def _opened(key: Verifier | None, note: str | None) -> Checkpoint | None:
    try:
        return key.opens(note) if key and note else None
    except NoCheckpoint:
        return None
