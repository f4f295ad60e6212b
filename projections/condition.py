"""In what condition the installation is: whether what happens by itself happens, and the lists keep up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.store import drafts, jobs
from domain.store.jobs import Run
from domain.store.recorder import read_after
from domain.store.timetable import JOBS, Job
from projections import follower
from projections.position import newest
from projections.read_model import Db
from projections.signals import looking
from projections.streams import Decode

FOLLOWERS = (follower.WHO, looking.WHO)
PATIENCE = 60  # seconds that a list may be behind the record
A_LOOK = 100  # entries to find one in that is not forgotten: the others tell no time


@dataclass(frozen=True)
class Standing:
    """How it stands with one job. `done`: the last moment of which it is done."""

    job: Job
    last: Run | None
    done: datetime | None
    next: datetime
    late: bool


@dataclass(frozen=True)
class Followed:
    """How far one follower is. `seconds` behind, by the first entry not shown; None: it cannot be read."""

    who: str
    position: int
    newest: int
    seconds: int | None

    @property
    def late(self) -> bool:
        return self.seconds is None or self.seconds > PATIENCE


@dataclass(frozen=True)
class LeftOut:
    """A case that is missing from a read model, since when, and by what kind of error."""

    read_model: str
    stream: UUID
    why: str
    since: datetime


@dataclass(frozen=True)
class Condition:
    """All of it at one moment. `waiting` cases are to be looked at for signals."""

    jobs: list[Standing]
    followed: list[Followed]
    left_out: list[LeftOut]
    waiting: int
    drafts: int

    def wrong(self) -> Iterator[str]:
        """A sentence for everything that somebody has to look at."""
        for one in self.jobs:
            if one.late:
                since = f"since {one.done:%Y-%m-%d %H:%M} UTC" if one.done else "ever"
                yield f"{one.job.name} did not run {since}: is the worker running?"
        for follows in self.followed:
            if follows.late:
                behind = f"{follows.seconds} s behind" if follows.seconds else "at an entry it cannot read"
                yield f"{follows.who} is {behind}: is the worker running?"
        if self.left_out:
            yield f"{len(self.left_out)} in quarantine: after an update, `draad rebuild` brings them back."


def condition(db: Db, decode: Decode, now: datetime) -> Condition:
    """As it is now."""
    return Condition(
        standings(db, now),
        followed(db, decode, now),
        _left_out(db),
        looking.waiting(db),
        drafts.how_many(db),
    )


def followed(db: Db, decode: Decode, now: datetime) -> list[Followed]:
    """How far the lists are, and the signals."""
    return [_followed(db, decode, who, now) for who in FOLLOWERS]


def standings(db: Db, now: datetime) -> list[Standing]:
    """Of each job how it stands."""
    last, done = jobs.last(db, now), jobs.done(db, now)
    return [
        Standing(
            job,
            last.get(job.name),
            done.get(job.name),
            job.moments.next(now),
            job.late(done.get(job.name), now),
        )
        for job in JOBS
    ]


def _followed(db: Db, decode: Decode, who: str, now: datetime) -> Followed:
    upto = newest(db)
    row = db.execute(
        "SELECT notification_id FROM shown.position WHERE follower = %(who)s", {"who": who}
    ).fetchone()
    position = int(row[0]) if row else 0
    return Followed(who, position, upto, _seconds(db, decode, position, now) if position < upto else 0)


def _seconds(db: Db, decode: Decode, position: int, now: datetime) -> int | None:
    try:
        told = (getattr(decode(entry), "timestamp", None) for entry in read_after(db, position, A_LOOK))
        first = next((moment for moment in told if moment), now)
    except Exception:  # noqa: BLE001 - what stops the follower does not stop who asks about it
        return None
    return max(0, int((now - first).total_seconds()))


def _left_out(db: Db) -> list[LeftOut]:
    with db.cursor(row_factory=class_row(LeftOut)) as rows:
        return rows.execute(
            """
            SELECT read_model, originator_id AS stream, why, since
              FROM shown.poison
             ORDER BY since, read_model, originator_id"""
        ).fetchall()
