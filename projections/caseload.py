"""The caseload: whose cases somebody sees, which of them they ask for, and in which order.

Pages go by number and not by the last row seen: "urgent first" depends on the day, people see which page they
are on, and a team has some hundreds of cases at most.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from psycopg.rows import class_row

from domain.case import CaseOpened
from projections.case_row import CaseRow, rows
from projections.names import folded, sort_name
from projections.read_model import Db, ReadModel

CASELOAD = ReadModel("caseload", CaseRow, CaseOpened, rows)
ROWS = 25  # a page


@dataclass(frozen=True)
class Who:
    """Who looks. `team`: its cases and those of no team are theirs; None: only where they take part."""

    user: UUID
    team: str | None
    sees_all: bool = False


@dataclass(frozen=True)
class Filters:
    """What is asked for: cases of which all of this is so."""

    text: str = ""  # parts of a name or number
    waiting: bool = False  # something the client asked or proposed waits for us
    without_say: bool = False  # something was decided without asking
    late: bool = False  # an evaluation is
    refused: bool = False  # a refusal, and nobody wrote down what was done with it
    signals: bool = False  # a signal is new: nobody looked into it or put it off
    worker: str = ""  # a usual one, by name
    evaluation_before: date | None = None
    closed: bool = False  # the closed cases instead of the open ones


class Sort(StrEnum):
    """In which order. Urgency: refusals and signals of now, then decisions without say, what the client waits
    for, late evaluations, lighter signals; among those in which the client waits, the longest waiting.
    """

    URGENCY = "urgency"
    NAME = "name"
    EVALUATION = "evaluation"
    CHANGED = "changed"


@dataclass(frozen=True)
class Counts:
    """What there is to see, whatever is asked for, and how many cases answer what is asked (`found`).

    `cases`: those of the page, in order.
    """

    total: int
    waiting: int
    without_say: int
    late: int
    refused: int
    signals: int
    found: int
    workers: list[str]
    cases: list[UUID]


@dataclass(frozen=True)
class Page:
    """One page of the caseload; `number` counts from 1."""

    rows: list[CaseRow]
    counts: Counts
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return _last(self.counts.found)


THEIRS = """
    WITH theirs AS NOT MATERIALIZED (
        SELECT *
          FROM shown.caseload
         WHERE (%(sees_all)s OR %(user)s = ANY(people_users)
                OR %(team)s::text IS NOT NULL AND team IN (%(team)s, ''))
    )"""
SEEN = """
    , worst AS NOT MATERIALIZED (
        SELECT case_id, max(weight) AS weight
          FROM shown.signals
         WHERE state = 'new' AND for_managers <= %(sees_all)s
         GROUP BY case_id
    ), seen AS MATERIALIZED ( -- once: all below is counted in it
        SELECT case_id, sort_name, search_name, workers, next_evaluation, last_changed_on, recorded_at,
               proposals + requests + complaints + talks + yeses > 0 AS is_waiting,
               least(proposals_since, requests_since, complaints_since, talks_since,
                     yeses_since) AS waits_since,
               without_say > 0 AS is_without_say, refusals > 0 AS is_refused,
               coalesce(next_evaluation < %(today)s, false) AS is_late,
               coalesce(weight, 0) AS weight -- of the heaviest signal that is new; 3 is now
          FROM theirs
          LEFT JOIN worst USING (case_id)
         WHERE coalesce(closed_on <= %(today)s, false) = %(closed)s
    ), found AS NOT MATERIALIZED (
        SELECT *
          FROM seen
         WHERE search_name LIKE ALL(%(parts)s::text[])
           -- true is more than false: what is not asked for lets every case through
           AND is_waiting >= %(waiting)s
           AND is_without_say >= %(without_say)s
           AND is_late >= %(late)s
           AND is_refused >= %(refused)s
           AND (NOT %(signals)s OR weight > 0)
           AND (%(worker)s = '' OR %(worker)s = ANY(workers))
           AND (%(evaluation_before)s::date IS NULL OR next_evaluation < %(evaluation_before)s)
    )"""
COUNTS = """
    SELECT count(*) AS total,
           count(*) FILTER (WHERE is_waiting) AS waiting,
           count(*) FILTER (WHERE is_without_say) AS without_say,
           count(*) FILTER (WHERE is_late) AS late,
           count(*) FILTER (WHERE is_refused) AS refused,
           count(*) FILTER (WHERE weight > 0) AS signals,
           (SELECT count(*) FROM found) AS found,
           ARRAY(SELECT DISTINCT worker FROM seen, unnest(workers) AS worker ORDER BY worker) AS workers,
           ARRAY(SELECT case_id FROM found ORDER BY """
PART = """
                  LIMIT %(limit)s -- past the last page is the last
                 OFFSET (SELECT least(%(skip)s, greatest(count(*) - 1, 0) / %(limit)s * %(limit)s)
                           FROM found)) AS cases
      FROM seen"""
COLUMNS = """
    SELECT case_id, entry, position, case_number, name, called, sort_name, search_name, team, lead, workers,
           people_users, own_users, opened_on, closed_on, version, version_on, goals, goals_agreed,
           goals_disagreed, goals_not_yet, goals_not_asked, goals_unknown, goals_unanswered,
           goals_contradictory, supports, supports_agreed, supports_disagreed, supports_not_yet,
           supports_not_asked, supports_unknown, supports_unanswered, supports_contradictory,
           without_say, proposals, proposals_since, requests, requests_since,
           complaints, complaints_since, talks, talks_since, yeses, yeses_since, questions, refusals,
           next_evaluation, last_changed_on, recorded_at, imported"""
IN_ORDER = """
      FROM unnest(%(cases)s::uuid[]) WITH ORDINALITY AS asked (case_id, place)
      JOIN shown.caseload USING (case_id)
     ORDER BY place"""
BY_ID = """
      FROM theirs
     WHERE %(after)s::uuid IS NULL OR case_id > %(after)s
     ORDER BY case_id
     LIMIT %(limit)s"""
ORDER = {
    Sort.URGENCY: "CASE WHEN %(waiting)s THEN waits_since END, "
    "32 * (is_refused OR weight = 3)::int + 16 * is_without_say::int + 8 * is_waiting::int "
    "+ 4 * is_late::int + weight DESC, "
    "least(waits_since, next_evaluation), sort_name, case_id",
    Sort.NAME: "sort_name, case_id",
    Sort.EVALUATION: "next_evaluation, sort_name, case_id",
    Sort.CHANGED: "last_changed_on DESC, recorded_at DESC, case_id",
}


def page(
    db: Db, who: Who, filters: Filters = Filters(), sort: Sort = Sort.URGENCY, number: int = 1, *, today: date
) -> Page:
    """A page of the cases that somebody may see, in two queries. Past the last page is the last page."""
    asked = {**_asked(who, filters, today), "limit": ROWS, "skip": (number - 1) * ROWS}
    counts = _counted(db, sort, asked)
    return Page(_read(db, counts.cases), counts, max(1, min(number, _last(counts.found))))


def every(
    db: Db, who: Who, filters: Filters = Filters(), sort: Sort = Sort.NAME, *, today: date
) -> list[CaseRow]:
    """All cases that answer what is asked, for a list to keep."""
    asked = {**_asked(who, filters, today), "limit": None, "skip": 0}
    return _read(db, _counted(db, sort, asked).cases)


def after(db: Db, who: Who, case_id: UUID | None, limit: int) -> list[CaseRow]:
    """Cases that somebody may see, open and closed, by id; those after this one."""
    with db.cursor(row_factory=class_row(CaseRow)) as cursor:
        asked = {**asdict(who), "after": case_id, "limit": limit}
        return cursor.execute((THEIRS + COLUMNS + BY_ID).encode(), asked).fetchall()


def of_number(db: Db, number: str) -> list[UUID]:
    """The cases with this number, as somebody elsewhere wrote it."""
    found = db.execute(
        "SELECT case_id FROM shown.caseload WHERE case_number = %(number)s", {"number": number}
    ).fetchall()
    return [case_id for (case_id,) in found]


def of_name(db: Db, name: str) -> list[UUID]:
    """The cases of clients with this full name, however it is written."""
    found = db.execute(
        "SELECT case_id FROM shown.caseload WHERE name <> '' AND sort_name = %(name)s",
        {"name": sort_name(name)},
    ).fetchall()
    return [case_id for (case_id,) in found]


def _counted(db: Db, sort: Sort, asked: dict[str, object]) -> Counts:
    with db.cursor(row_factory=class_row(Counts)) as cursor:
        counts = cursor.execute((THEIRS + SEEN + COUNTS + ORDER[sort] + PART).encode(), asked).fetchone()
    assert counts  # noqa: S101 - counting always answers
    return counts


def _read(db: Db, cases: list[UUID]) -> list[CaseRow]:
    with db.cursor(row_factory=class_row(CaseRow)) as cursor:
        return cursor.execute((COLUMNS + IN_ORDER).encode(), {"cases": cases}).fetchall()


def _asked(who: Who, filters: Filters, today: date) -> dict[str, object]:
    return {**asdict(who), **asdict(filters), "parts": _parts(filters.text), "today": today}


def _parts(text: str) -> list[str]:
    """Every part may stand anywhere in the name or number; what LIKE reads as a sign is a letter here."""
    escaped = folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [f"%{part}%" for part in escaped.split()]


def _last(found: int) -> int:
    return max(1, -(-found // ROWS))
