"""What is new for one coordinator since the last mail: counts and cases, and nobody's words or names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from uuid import UUID

from psycopg.rows import class_row

from domain.store.digests import Reader
from projections.read_model import Db

WEEK = timedelta(days=7)
# Theirs to act on: where they take part, and in their team where nobody holds the lead. How long a proposal
# waits is told by itself, and not as a signal too.
WAITING = """
    WITH theirs AS NOT MATERIALIZED (
        SELECT case_id, proposals, proposals_since, requests, requests_since, complaints, complaints_since,
               talks, talks_since, yeses, yeses_since, next_evaluation
          FROM shown.caseload
         WHERE (%(account)s = ANY(people_users) OR (lead = '' AND team IN (%(team)s, '')))
           AND coalesce(closed_on > %(today)s, true)
    )
    SELECT 'signal' AS kind, case_id, 1 AS count, signals.since, signal AS what, first_seen
      FROM theirs JOIN shown.signals USING (case_id)
     WHERE state = 'new' AND NOT for_managers AND signal <> 'unanswered_proposal'
     UNION ALL
    SELECT kind, case_id, count, since, '', NULL
      FROM theirs CROSS JOIN LATERAL (VALUES
               ('proposal', proposals, proposals_since),
               ('request', requests, requests_since),
               ('complaint', complaints, complaints_since),
               ('talk', talks, talks_since),
               ('yes', yeses, yeses_since),
               ('evaluation', (next_evaluation >= %(today)s AND next_evaluation < %(until)s)::int,
                next_evaluation)
           ) AS waits (kind, count, since)
     WHERE count > 0
     UNION ALL
    SELECT 'review', case_id, unanswered, waits_since, '', NULL
      FROM theirs JOIN shown.reviews USING (case_id)
     WHERE unanswered > 0 AND ended_at IS NULL AND until >= %(today)s
     ORDER BY kind, since, case_id, what"""


class Kind(StrEnum):
    """What can wait for somebody."""

    SIGNAL = "signal"
    PROPOSAL = "proposal"
    REQUEST = "request"
    COMPLAINT = "complaint"
    TALK = "talk"
    YES = "yes"
    REVIEW = "review"
    EVALUATION = "evaluation"


@dataclass(frozen=True)
class Waits:
    """Something that waits in a case, since a day; an evaluation, on a day. `count`: how many."""

    kind: str
    case_id: UUID
    count: int
    since: date
    what: str
    first_seen: datetime | None

    @property
    def fingerprint(self) -> str:
        """The same as long as nothing changed about it. It tells nothing of what it is."""
        seen = self.first_seen.timestamp() if self.first_seen else ""
        text = f"{self.kind} {self.case_id} {self.count} {self.since} {self.what} {seen}"
        return blake2b(text.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Digest:
    """What a mail tells: new signals, and all that waits or comes. `told`: all that was there to tell."""

    waits: list[Waits]
    told: list[str]

    def of(self, kind: Kind) -> list[Waits]:
        """The longest waiting first."""
        return [one for one in self.waits if one.kind == kind]


def digest(db: Db, reader: Reader, today: date) -> Digest | None:
    """What to tell this reader today; None when nothing changed since what was told last."""
    asked = {"account": reader.account, "team": reader.team, "today": today, "until": today + WEEK}
    with db.cursor(row_factory=class_row(Waits)) as rows:
        found = rows.execute(WAITING, asked).fetchall()
    told = {one.fingerprint for one in found}
    new = told - set(reader.told)
    shown = [one for one in found if one.kind != Kind.SIGNAL or one.fingerprint in new]
    return Digest(shown, sorted(told)) if new else None
