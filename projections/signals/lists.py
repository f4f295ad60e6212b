"""Signals over all cases that somebody may see: how many, in which cases, and who did not look yet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from projections.caseload import THEIRS, Who
from projections.read_model import Db
from projections.signals.state import State

ROWS = 25  # a page
TAGS = 2  # signals of one client in the caseload
UNSEEN = timedelta(days=14)  # nobody handled it or put it off: then it is the manager's to ask
NOTICED = """
    , noticed AS NOT MATERIALIZED (
        SELECT theirs.case_id, name, sort_name, case_number, lead, theirs.team, signal, since, weight, state,
               until, first_seen, (facts ->> 'last_day')::date AS last_day
          FROM theirs JOIN shown.signals USING (case_id)
         WHERE for_managers <= %(sees_all)s
    )"""
TEAM_NAMES = """
    SELECT DISTINCT team
      FROM theirs
     WHERE team <> ''
     ORDER BY team"""
COUNTS = """
    SELECT signal, max(weight) AS weight,
           count(*) FILTER (WHERE state = 'new') AS new,
           count(*) FILTER (WHERE state = 'postponed') AS postponed,
           count(*) FILTER (WHERE state = 'handled') AS handled
      FROM noticed
     GROUP BY signal
     ORDER BY max(weight) DESC, new DESC, signal"""
FOUND = """
      FROM noticed
     WHERE signal = %(signal)s AND state = %(state)s AND (%(of_team)s = '' OR team = %(of_team)s)"""
HOW_MANY = """
    SELECT count(*)"""
CASES = """
    SELECT case_id, name, case_number, lead, team, since, weight, state, until, first_seen, last_day"""
WORST_FIRST = " ORDER BY weight DESC, since, sort_name, case_id LIMIT %(limit)s OFFSET %(skip)s"
WORST = """
    SELECT case_id, signal, weight
      FROM shown.signals
     WHERE case_id = ANY(%(cases)s) AND state = 'new' AND for_managers <= %(sees_all)s
       AND NOT signal = ANY(%(told)s)
     ORDER BY weight DESC, since, signal"""
TEAMS = """
    SELECT team, signal, count(*) FILTER (WHERE state = 'new') AS new,
           count(*) FILTER (WHERE state = 'postponed') AS postponed,
           count(*) FILTER (WHERE state = 'handled') AS handled
      FROM noticed
     GROUP BY team, signal
     ORDER BY team, new DESC, signal"""
UNATTENDED = """
    SELECT case_id, name, case_number, lead, team, count(*) AS signals, min(first_seen) AS first_seen
      FROM noticed
     WHERE state = 'new' AND first_seen <= %(before)s AND (lead = '' OR NOT %(without_lead)s)
     GROUP BY case_id, name, sort_name, case_number, lead, team
     ORDER BY min(first_seen), sort_name, case_id"""


@dataclass(frozen=True)
class Count:
    """One signal over all cases: in how many it is new, put off, and handled."""

    signal: str
    weight: int
    new: int
    postponed: int
    handled: int


@dataclass(frozen=True)
class TeamCount:
    """One signal in the cases of one team."""

    team: str
    signal: str
    new: int
    postponed: int
    handled: int


@dataclass(frozen=True)
class Case:
    """One case in which a signal is noticed. `last_day`: of a term of the law that is over, or nearly."""

    case_id: UUID
    name: str
    case_number: str
    lead: str
    team: str
    since: date
    weight: int
    state: str
    until: date | None
    first_seen: datetime
    last_day: date | None


@dataclass(frozen=True)
class Unattended:
    """A case with signals that wait for somebody."""

    case_id: UUID
    name: str
    case_number: str
    lead: str
    team: str
    signals: int
    first_seen: datetime


@dataclass(frozen=True)
class Tag:
    """One signal of one case, as the caseload shows it."""

    case_id: UUID
    signal: str
    weight: int


@dataclass(frozen=True)
class Asked:
    """What is asked of one signal: in which state, of which team."""

    signal: str
    state: State = State.NEW
    team: str = ""


def counts(db: Db, who: Who) -> list[Count]:
    """Every signal that is noticed somewhere, the heaviest first."""
    with db.cursor(row_factory=class_row(Count)) as cursor:
        return cursor.execute((THEIRS + NOTICED + COUNTS).encode(), asdict(who)).fetchall()


def how_many(db: Db, who: Who, asked: Asked) -> int:
    """In how many cases."""
    row = db.execute((THEIRS + NOTICED + HOW_MANY + FOUND).encode(), _asked(who, asked)).fetchone()
    return int(row[0]) if row else 0


def cases(db: Db, who: Who, asked: Asked, page: int | None = None) -> list[Case]:
    """The cases of one page, the worst and longest first; all of them without a page."""
    part = {"limit": ROWS, "skip": (page - 1) * ROWS} if page else {"limit": None, "skip": 0}
    with db.cursor(row_factory=class_row(Case)) as cursor:
        query = THEIRS + NOTICED + CASES + FOUND + WORST_FIRST
        return cursor.execute(query.encode(), {**_asked(who, asked), **part}).fetchall()


def teams(db: Db, who: Who) -> list[str]:
    """The teams of the cases that somebody may see."""
    return [team for (team,) in db.execute((THEIRS + TEAM_NAMES).encode(), asdict(who))]


def by_team(db: Db, who: Who) -> list[TeamCount]:
    """Every signal a team."""
    with db.cursor(row_factory=class_row(TeamCount)) as cursor:
        return cursor.execute((THEIRS + NOTICED + TEAMS).encode(), asdict(who)).fetchall()


def unattended(db: Db, who: Who, now: datetime) -> list[Unattended]:
    """The cases in which a signal is new for 14 days: nobody handled it or put it off. The oldest first."""
    return _unattended(db, who, now - UNSEEN, without_lead=False)


def without_lead(db: Db, who: Who, now: datetime) -> list[Unattended]:
    """The cases with new signals in which nobody holds the lead: then the signals are the manager's."""
    return _unattended(db, who, now, without_lead=True)


def worst(db: Db, who: Who, of: list[UUID], told: list[str]) -> dict[UUID, list[Tag]]:
    """Of each of these cases the worst new signals, but not those that are told there already."""
    found: dict[UUID, list[Tag]] = {}
    with db.cursor(row_factory=class_row(Tag)) as cursor:
        for tag in cursor.execute(WORST, {"cases": of, "sees_all": who.sees_all, "told": told}):
            if len(tags := found.setdefault(tag.case_id, [])) < TAGS:
                tags.append(tag)
    return found


def _unattended(db: Db, who: Who, before: datetime, *, without_lead: bool) -> list[Unattended]:
    with db.cursor(row_factory=class_row(Unattended)) as cursor:
        asked = {**asdict(who), "before": before, "without_lead": without_lead}
        return cursor.execute((THEIRS + NOTICED + UNATTENDED).encode(), asked).fetchall()


def _asked(who: Who, asked: Asked) -> dict[str, object]:
    return {**asdict(who), "signal": asked.signal, "state": asked.state.value, "of_team": asked.team}
