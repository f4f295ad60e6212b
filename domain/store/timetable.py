"""What has to happen by itself, and when: at times of the day, as the clock here shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.days import HERE, local_day

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
GRACE = HOUR  # after the moment it should have run again: then somebody has to look


@dataclass(frozen=True)
class Daily:
    """Once a local day, also on the days of 23 and of 25 hours."""

    at: time

    def last(self, now: datetime) -> datetime:
        """The last moment that has come."""
        today = self._on(local_day(now))
        return today if today <= now else self._on(local_day(now) - DAY)

    def next(self, after: datetime) -> datetime:
        """The first moment later than this."""
        today = self._on(local_day(after))
        return today if today > after else self._on(local_day(after) + DAY)

    def _on(self, day: date) -> datetime:
        """A time that the clock skips comes an hour later; one that it shows twice, the first time."""
        return datetime.combine(day, self.at, HERE).astimezone(UTC)


@dataclass(frozen=True)
class Hourly:
    """At every whole hour."""

    def last(self, now: datetime) -> datetime:
        """The last moment that has come."""
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

    def next(self, after: datetime) -> datetime:
        """The first moment later than this."""
        return self.last(after) + HOUR


@dataclass(frozen=True)
class Owed:
    """Work that waits: of the moment `due`, and of the moments before it that passed while nobody ran."""

    due: datetime
    missed: int


@dataclass(frozen=True)
class Job:
    """Something that happens by itself. `done` is the moment of which it was done last; None: never."""

    name: str
    moments: Daily | Hourly
    does: str

    def owed(self, done: datetime | None, now: datetime) -> Owed | None:
        """What has to be done now, if anything. Many missed moments are made up for once."""
        due = self.moments.last(now)
        if done is None:
            return Owed(due, 0)
        missed, moment = 0, self.moments.next(done)
        while moment < due:
            missed, moment = missed + 1, self.moments.next(moment)
        return Owed(due, missed) if done < due else None

    def late(self, done: datetime | None, now: datetime) -> bool:
        """Whether somebody has to look: it should have run again more than an hour ago, or never ran."""
        return done is None or self.moments.next(done) + GRACE < now


JOBS = (
    Job(
        "night_round",
        Daily(time(2, 30)),
        "Looks at every case: terms pass, and signals come up, also when nobody records anything.",
    ),
    Job(
        "digest",
        Daily(time(7)),
        "Mails each coordinator how much is new. Without an address, or without news, there is no mail.",
    ),
    Job("clean_up", Hourly(), "Takes away drafts and files that have had their time."),
    Job("verify", Hourly(), "Looks whether anything that was recorded was changed or taken out since."),
    Job(
        "retention",
        Daily(time(3)),
        "Looks which records the law lets go of, and puts them on a list. It destroys nothing.",
    ),
)
