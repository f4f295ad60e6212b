"""The monthly review of who looked: what to go through, what was found, and which months still wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from domain.days import local_day
from domain.store.access_log import Review, reviews
from projections.access import Period
from projections.read_model import Db

SAMPLE = 20  # looks
IN_TIME = timedelta(days=14)  # after the end of the month
KINDS = {
    "emergency": "authorisation_protocol = 'emergency'",
    "purpose": "authorisation_protocol = 'purpose'",
    "other_team": "log.team <> '' AND of.team <> '' AND log.team <> of.team",
    "objection": "event_code = 'object_to_look'",
}
GROUPED = """
    SELECT user_id, user_name, user_role, object_id, coalesce(case_number, '') AS case_number,
           count(*) AS times, max(occurred_at) AS last, max(log.id) AS id
      FROM draad.access_log AS log
      LEFT JOIN shown.caseload AS of ON case_id = object_id
     WHERE occurred_at >= %(since)s AND occurred_at < %(until)s AND object_id_type = 'case' AND outcome = 'ok'
       AND event_code NOT IN ('list', 'search', 'send', 'read_log', 'export_log')
       AND """
BY_WHOM = """
     GROUP BY user_id, user_name, user_role, object_id, case_number
     ORDER BY max(occurred_at) DESC, max(log.id) DESC"""
# The same lines whenever it is opened, and nobody can tell beforehand which they will be.
SAMPLED = """authorisation_protocol <> 'own' AND log.id IN (
           SELECT id
             FROM draad.access_log
            WHERE occurred_at >= %(since)s AND occurred_at < %(until)s AND object_id_type = 'case'
              AND outcome = 'ok' AND authorisation_protocol NOT IN ('own', 'role')
            ORDER BY sha256(convert_to(%(seed)s || id::text, 'UTF8'))
            LIMIT %(sample)s)"""
FIRST = "SELECT min(occurred_at) FROM draad.access_log"


@dataclass(frozen=True)
class ToSee:
    """What somebody looked at, in this month and for one reason to look into it."""

    user_id: UUID
    user_name: str
    user_role: str
    object_id: UUID
    case_number: str
    times: int
    last: datetime
    id: int


@dataclass(frozen=True)
class Month:
    """One month, and what was found when somebody went through it."""

    first: date
    found: list[Review]
    overdue: bool

    @property
    def done(self) -> bool:
        return bool(self.found)


def months(db: Db, today: date) -> list[Month]:
    """Every month that is over, since the first look; the newest first."""
    row = db.execute(FIRST).fetchone()
    oldest = local_day(row[0]).replace(day=1) if row and row[0] else today
    done: dict[date, list[Review]] = {}
    for review in reviews(db):
        done.setdefault(review.month, []).append(review)
    over: list[Month] = []
    month = _before(today.replace(day=1))
    while month >= oldest:
        late = month not in done and today > _after(month) + IN_TIME
        over.append(Month(month, done.get(month, []), late))
        month = _before(month)
    return over


def to_see(db: Db, month: date, seed: str) -> dict[str, list[ToSee]]:
    """What to go through: by reason, each person and record once; and a sample of all other looks."""
    asked = {**whole(month).moments, "seed": f"{seed} {month}", "sample": SAMPLE}
    reasons = {**KINDS, "sample": SAMPLED}
    with db.cursor(row_factory=class_row(ToSee)) as cursor:
        return {
            name: cursor.execute((GROUPED + condition + BY_WHOM).encode(), asked).fetchall()
            for name, condition in reasons.items()
        }


def whole(month: date) -> Period:
    """From the first to the last day of it."""
    return Period(month, _after(month) - timedelta(days=1))


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
