"""What each job does. It says that it is done in the transaction of what it did, or at the end of it all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from domain.days import local_day
from domain.entry import Actor, Role
from domain.store import digests, drafts, exports, import_runs, jobs
from domain.store.digests import Reader
from domain.store.log.outside import NotPinned
from domain.store.pool import Connection
from domain.store.timetable import Owed
from jobs.digest import letter
from jobs.evidence import NotSigned, RecordChanged, remember, signed_upto, verdicts
from jobs.looks import sent
from jobs.mail import TURNED_DOWN, Send, post_office
from projections.condition import followed
from projections.digest import digest as news_for
from projections.retention import due
from projections.signals import looking, usual
from projections.streams import Decode

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
REMEMBERED = timedelta(days=90)  # how long one can see when a job ran


class NotYet(Exception):
    """The worker has not shown or signed yet what was recorded: this job waits for that."""


@dataclass(frozen=True)
class Means:
    """What the work needs of the installation. `environ`: where mail goes."""

    decode: Decode
    home: Path
    environ: Mapping[str, str]


@dataclass(frozen=True)
class Round:
    """One run of a job. `progress` hears how many of how many, and may end it there."""

    db: Connection
    job: str
    owed: Owed
    now: datetime
    means: Means
    clock: Callable[[], datetime]
    progress: Progress

    def finish(self, **counts: int) -> None:
        """It is done."""
        jobs.finish(self.db, self.job, self.owed.due, self.clock(), counts)


def night_round(at: Round) -> None:
    """Look at every case: with the day, terms pass and signals come up. Safe to repeat.

    What is usual here is counted at the end: who looks from then on compares with that.
    """
    _lists_are_up_to_date(at)
    cases = looking.put_all(at.db)
    looking.drain(at.db, at.means.decode, at.now, at.progress)
    at.finish(cases=cases, **usual.count(at.db))


def clean_up(at: Round) -> None:
    """Take away what has had its time."""
    with at.db.transaction():
        jobs.forget(at.db, at.now - REMEMBERED)
        import_runs.forget(at.db, at.now - REMEMBERED)
        at.finish(drafts=drafts.expire(at.db, at.now), exports=exports.expire(at.db, at.now))


def retention(at: Round) -> None:
    """List the records that the law lets go of. Destroying one is for two people to decide."""
    _lists_are_up_to_date(at)
    with at.db.transaction():
        at.finish(**due.make_list(at.db, local_day(at.now)))


def digest(at: Round) -> None:
    """Mail each coordinator for whom something is new, who did not get theirs today."""
    _lists_are_up_to_date(at)
    counts = Counter(sent=0, turned_down=0)
    readers = digests.readers(at.db)
    with post_office(at.means.home, at.means.environ) as send:
        for done, reader in enumerate(readers, 1):
            if became := _mailed(at, reader, send):
                counts[became] += 1
            at.progress(done, len(readers))
    at.finish(**counts)


def _lists_are_up_to_date(at: Round) -> None:
    """After a standstill the follower comes first. NotYet."""
    if any(one.late for one in followed(at.db, at.means.decode, at.now)):
        raise NotYet


def _mailed(at: Round, reader: Reader, send: Send) -> str:
    """What became of the mail to this reader; nothing when there was none to send."""
    day = local_day(at.now)
    news = news_for(at.db, reader, day)
    if news is None:
        return ""
    mail = letter(reader, news, at.now, at.means.environ)
    if not digests.claim(at.db, reader.account, day, news.told):
        return ""
    to = Actor(reader.account, Role.COORDINATOR, reader.name, team=reader.team)
    sent(at.db, to, (one.case_id for one in news.waits), "digest", at.now)
    try:
        send(mail)
    except TURNED_DOWN:
        digests.take_back(at.db, reader)
        return "turned_down"
    return "sent"


def verify(at: Round) -> None:
    """Hold everything against what was signed, and remember how far it was well. RecordChanged, NotSigned."""
    try:
        found = verdicts(at.db, at.means.home, at.means.environ)
    except NotPinned as error:
        raise NotYet from error
    waits = [verdict for verdict in found if verdict.unsigned]
    for verdict in found:
        if verdict in waits:
            continue
        if not verdict.ok:
            log.error("%s: %s", verdict.log, verdict.first_bad or verdict.findings)
            raise RecordChanged
        if not signed_upto(at.means.home, verdict):
            raise NotSigned
        remember(at.means.home, verdict)
    if waits:
        raise NotYet  # the worker has just begun: when it stays so, this job is late, and that is seen
    at.finish(**{verdict.log: verdict.entries for verdict in found})


WORK = {work.__name__: work for work in (night_round, clean_up, digest, verify, retention)}
