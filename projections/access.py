"""Who looked at whose record, told in two ways: to the client, and to the log manager line by line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from psycopg.rows import class_row

from domain.days import HERE, local_day
from domain.store.access_log import Code
from projections.read_model import Db

ROWS = 25  # a page
MOST = 20 * ROWS  # lines of the log that are joined on a page
LATELY = timedelta(days=62)
MOST_LATELY = 5  # people
# What stood on a list is apart: nobody opened the record. What came to nothing shows nothing.
OF_LISTS = [Code.LIST, Code.SEARCH, Code.EXPORT, Code.SEND, Code.READ_LOG, Code.EXPORT_LOG]
OF_THE_CLIENT = """
    WITH looks AS NOT MATERIALIZED (
        SELECT id, (occurred_at AT TIME ZONE 'Europe/Amsterdam')::date AS day, occurred_at, user_id,
               user_name, user_role, organisation, authorisation_protocol AS ground, event_code, detail,
               why, request_id,
               event_code = ANY(%(of_lists)s) AS in_list
          FROM draad.access_log
         WHERE object_id = %(case_id)s AND object_id_type = 'case' AND outcome = 'ok'
           AND authorisation_protocol <> 'own'
           AND occurred_at >= %(since)s AND occurred_at < %(until)s
    )"""
FOLDED = """
    SELECT day, user_id, user_name, user_role, organisation, ground, in_list, count(*) AS times,
           min(occurred_at) AS first, max(occurred_at) AS last, min(id) AS id,
           array_agg(DISTINCT detail) AS parts, array_agg(DISTINCT event_code) AS codes,
           coalesce(array_agg(why ORDER BY id) FILTER (WHERE why IS NOT NULL), '{}') AS whys,
           coalesce(array_agg(request_id ORDER BY id) FILTER (WHERE why IS NOT NULL), '{}') AS requests,
           count(*) OVER () AS found
      FROM looks
     WHERE in_list = %(in_list)s AND (%(id)s::bigint IS NULL OR id = %(id)s)
     GROUP BY day, user_id, user_name, user_role, organisation, ground, in_list
     ORDER BY day DESC, max(occurred_at) DESC, min(id) DESC
     LIMIT %(limit)s OFFSET %(skip)s"""
RECENT = """
    , told AS NOT MATERIALIZED (
        SELECT looks.*, date_trunc('month', day)::date AS month,
               max(occurred_at) OVER (PARTITION BY user_id) AS latest
          FROM looks
         WHERE NOT in_list
    )
    SELECT user_id, (array_agg(user_name ORDER BY id DESC))[1] AS user_name,
           (array_agg(user_role ORDER BY id DESC))[1] AS user_role,
           (array_agg(organisation ORDER BY id DESC))[1] AS organisation,
           (array_agg(ground ORDER BY id DESC))[1] AS ground, month, count(DISTINCT day) AS days,
           max(day) AS last
      FROM told
     WHERE month = date_trunc('month', latest AT TIME ZONE 'Europe/Amsterdam')::date
     GROUP BY user_id, month
     ORDER BY max(occurred_at) DESC
     LIMIT %(limit)s"""
LINES = """
    SELECT log.id, event_code, action, occurred_at, user_id, user_name, user_role, log.organisation, log.team,
           object_id, object_id_type, coalesce(case_number, '') AS case_number,
           authorisation_protocol AS ground, why, detail, log.entry, request_id,
           access_point_type AS point, outcome, on_behalf_of_id, source_id
      FROM draad.access_log AS log
      LEFT JOIN shown.caseload ON case_id = object_id
     WHERE occurred_at >= %(since)s AND occurred_at < %(until)s
       AND (%(cases)s::uuid[] IS NULL OR object_id = ANY(%(cases)s))
       AND (%(user)s = '' OR starts_with(lower(user_name), lower(%(user)s)))
       AND (%(ground)s = '' OR authorisation_protocol = %(ground)s)
       AND (%(in_list)s::boolean IS NULL OR event_code = ANY(%(of_lists)s) = %(in_list)s)
       AND (%(before)s::bigint IS NULL OR log.id < %(before)s)
     ORDER BY log.id DESC
     LIMIT %(limit)s"""


@dataclass(frozen=True)
class Looks:
    """The looks of one person on one day, on one ground: folded into one. `id`: the first of them."""

    day: date
    user_id: UUID
    user_name: str
    user_role: str
    organisation: str
    ground: str
    in_list: bool
    times: int
    first: datetime
    last: datetime
    id: int
    parts: list[str]
    codes: list[str]
    whys: list[bytes]
    requests: list[UUID]
    found: int  # of all that is asked for, not only on this page


@dataclass(frozen=True)
class Recent:
    """Somebody who looked: on how many days of the month in which they looked last. One visit is many pages:
    their number says nothing.
    """

    user_id: UUID
    user_name: str
    user_role: str
    organisation: str
    ground: str
    month: date
    days: int
    last: date


@dataclass(frozen=True)
class Line:
    """One line of the log, as the log manager reads it."""

    id: int
    event_code: str
    action: str
    occurred_at: datetime
    user_id: UUID
    user_name: str
    user_role: str
    organisation: str
    team: str
    object_id: UUID
    object_id_type: str
    case_number: str
    ground: str
    why: bytes | None
    detail: str
    entry: int | None
    request_id: UUID
    point: str
    outcome: str
    on_behalf_of_id: UUID | None
    source_id: str


@dataclass(frozen=True)
class Page:
    """Lines of one person on one day, on one ground, joined: the newest first. What was opened is joined for
    each record; lists are about many. `before`: where the next page goes on; None: there is none.
    """

    joined: list[list[Line]]
    before: int | None


@dataclass(frozen=True)
class Period:
    """From a day up to and including a day, as they are here; and not after the moment `known`."""

    since: date | None = None
    until: date | None = None
    known: datetime | None = None

    @property
    def moments(self) -> dict[str, datetime]:
        """From the one moment until before the other."""
        first, last = self.since or date(1970, 1, 1), self.until or date(9000, 1, 1)
        before = _midnight(last + timedelta(days=1))
        if self.known and self.known < before:
            before = self.known + timedelta.resolution
        return {"since": _midnight(first), "until": before}


@dataclass(frozen=True)
class Asked:
    """What the log manager looks for. `cases`: of these only; None: of all. `in_list`: only what stood on a
    list, or only what was opened; None: both.
    """

    period: Period = Period()
    cases: list[UUID] | None = None
    user: str = ""
    ground: str = ""
    in_list: bool | None = None


def of_client(
    db: Db, case_id: UUID, period: Period = Period(), page: int = 1, *, in_list: bool = False
) -> list[Looks]:
    """Who looked at this record, by day, the newest first. What stood on a list is asked for apart."""
    return _folded(db, case_id, period, in_list=in_list, limit=ROWS, skip=(page - 1) * ROWS)


def one_look(db: Db, case_id: UUID, id: int) -> Looks | None:
    """The line that somebody asks about, if it is about this record."""
    found = [
        look
        for in_list in (False, True)
        for look in _folded(db, case_id, Period(), in_list=in_list, id=id, limit=1, skip=0)
    ]
    return found[0] if found else None


def lately(db: Db, case_id: UUID, today: date) -> list[Recent]:
    """For a short block: the last who looked, on how many days of that month, and when last."""
    asked = {"case_id": case_id, "of_lists": OF_LISTS, "limit": MOST_LATELY, **Period(today - LATELY).moments}
    with db.cursor(row_factory=class_row(Recent)) as cursor:
        return cursor.execute((OF_THE_CLIENT + RECENT).encode(), asked).fetchall()


def lines(db: Db, asked: Asked, before: int | None = None, limit: int | None = ROWS) -> list[Line]:
    """The lines that answer what is asked, the newest first; those before this one."""
    with db.cursor(row_factory=class_row(Line)) as cursor:
        return cursor.execute(
            LINES,
            {**asdict(asked), **asked.period.moments, "of_lists": OF_LISTS, "before": before, "limit": limit},
        ).fetchall()


def a_page(db: Db, asked: Asked, before: int | None = None) -> Page:
    """So many joined lines. What is earlier than the page is joined anew on the next."""
    found: dict[tuple[object, ...], list[Line]] = {}
    newest = lines(db, asked, before, MOST)
    for line in newest:
        what = line.object_id_type if asked.in_list else line.object_id
        alike = (local_day(line.occurred_at), line.user_id, what, line.ground, line.outcome)
        if alike not in found and len(found) == ROWS:
            return Page(list(found.values()), line.id + 1)
        found.setdefault(alike, []).append(line)
    return Page(list(found.values()), newest[-1].id if len(newest) == MOST else None)


def _folded(
    db: Db, case_id: UUID, period: Period, *, in_list: bool, limit: int, skip: int, id: int | None = None
) -> list[Looks]:
    asked = {
        "case_id": case_id,
        "in_list": in_list,
        "of_lists": OF_LISTS,
        "limit": limit,
        "skip": skip,
        "id": id,
    }
    with db.cursor(row_factory=class_row(Looks)) as cursor:
        return cursor.execute((OF_THE_CLIENT + FOLDED).encode(), asked | period.moments).fetchall()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, HERE)
