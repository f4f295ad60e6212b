"""Who reviews what: one row a case of a mandate, to find reviews by; what they say is read in their streams.

Whether a mandate holds now is never judged from these rows: they may be a moment old.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.casework import Casework
from domain.days import local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.review import FindingNoted, MandateEnded, MandateGiven, QuestionAnswered, QuestionAsked, Review
from projections.read_model import Db, ReadModel, Told


@dataclass(frozen=True)
class ReviewRow:
    """One case of a mandate. `entry` is the last of its review; `waits_since` of a question to answer."""

    stream: UUID
    case_id: UUID
    entry: int
    mandate_id: UUID
    reviewer: UUID
    given_at: datetime
    until: date
    ended_at: datetime | None
    findings: int
    questions: int
    unanswered: int
    waits_since: date | None

    def over(self, now: datetime) -> bool:
        """Whether it was over, as far as these rows know: to show, never to let somebody in."""
        return self.ended_at is not None or local_day(now) > self.until


def rows(told: Told) -> Iterator[ReviewRow]:
    """The row of one review."""
    given = told.events[0]
    if not isinstance(given, MandateGiven):
        return
    answered = {e.question for e in told.events if isinstance(e, QuestionAnswered)}
    asked = [e for e in told.events if isinstance(e, QuestionAsked)]
    waiting = [local_day(e.timestamp) for e in asked if e.number not in answered]
    yield ReviewRow(
        told.stream,
        given.case_id,
        told.events[-1].number,
        given.mandate_id,
        given.reviewer.user,
        given.timestamp,
        given.until,
        next((e.timestamp for e in told.events if isinstance(e, MandateEnded)), None),
        sum(isinstance(e, FindingNoted) for e in told.events),
        len(asked),
        len(waiting),
        min(waiting, default=None),
    )


REVIEWS = ReadModel("reviews", ReviewRow, MandateGiven, rows, key="stream")


def found(
    db: Db, *, reviewer: UUID | None = None, case_id: UUID | None = None, mandate_id: UUID | None = None
) -> list[ReviewRow]:
    """The rows of which all of this is so, the mandate that was given last first."""
    return (
        db.cursor(row_factory=class_row(ReviewRow))
        .execute(
            """
            SELECT stream, case_id, entry, mandate_id, reviewer, given_at, until, ended_at, findings,
                   questions, unanswered, waits_since
              FROM shown.reviews
             WHERE (%(reviewer)s::uuid IS NULL OR reviewer = %(reviewer)s)
               AND (%(case)s::uuid IS NULL OR case_id = %(case)s)
               AND (%(mandate)s::uuid IS NULL OR mandate_id = %(mandate)s)
             ORDER BY given_at DESC, mandate_id, stream""",
            {"reviewer": reviewer, "case": case_id, "mandate": mandate_id},
        )
        .fetchall()
    )


def waiting(db: Db, cases: Sequence[UUID], today: date) -> dict[UUID, date]:
    """In which of these cases a question of a reviewer waits for an answer, and since when the first does."""
    found = db.execute(
        """
        SELECT case_id, min(waits_since)
          FROM shown.reviews
         WHERE case_id = ANY(%(cases)s) AND unanswered > 0 AND ended_at IS NULL AND until >= %(today)s
         GROUP BY case_id""",
        {"cases": list(cases), "today": today},
    )
    return dict(found.fetchall())


def read(casework: Casework, rows: Sequence[ReviewRow]) -> list[Review]:
    """Their reviews, as they are at this moment; not those of who was forgotten."""
    return list(_read(casework, [(row.mandate_id, row.case_id) for row in rows]))


def about(db: Db, casework: Casework, case_id: UUID) -> list[Review]:
    """Who reviews this case or did, for whom, why and until when: what its client is told."""
    return read(casework, found(db, case_id=case_id))


def live_for(db: Db, casework: Casework, reviewer: UUID, case_id: UUID, now: datetime) -> Review | None:
    """A review that lets this reviewer see this case now: the rows say where to look, the stream decides."""
    reviews = read(casework, found(db, reviewer=reviewer, case_id=case_id))
    return next((one for one in reviews if one.reviewer.user == reviewer and one.live(now)), None)


def mandate(db: Db, casework: Casework, mandate_id: UUID) -> list[Review]:
    """All of a mandate, each case as it is now, also one whose row is missing; empty when there is none."""
    rows = found(db, mandate_id=mandate_id)
    reviews = read(casework, rows)
    missing = set(reviews[0].cases).difference(row.case_id for row in rows) if reviews else set()
    return [*reviews, *_read(casework, [(mandate_id, case_id) for case_id in missing])]


def one_of(casework: Casework, rows: Sequence[ReviewRow]) -> Review | None:
    """The first of these that was not forgotten: it says what all of its mandate have in common."""
    return next(_read(casework, [(row.mandate_id, row.case_id) for row in rows]), None)


def _read(casework: Casework, which: Sequence[tuple[UUID, UUID]]) -> Iterator[Review]:
    for mandate_id, case_id in which:
        try:
            yield casework.review(mandate_id, case_id)
        except (NoSuchCase, CaseIsErased):
            continue


@dataclass(frozen=True)
class Named:
    """A case by the name of its client and its number, for a list."""

    case_id: UUID
    name: str
    case_number: str


def named(db: Db, cases: Sequence[UUID]) -> dict[UUID, Named]:
    """These cases by id, in the order of their names."""
    found = db.cursor(row_factory=class_row(Named)).execute(
        """
        SELECT case_id, name, case_number
          FROM shown.caseload
         WHERE case_id = ANY(%(cases)s)
         ORDER BY sort_name, case_id""",
        {"cases": list(cases)},
    )
    return {one.case_id: one for one in found}
