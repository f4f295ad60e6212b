"""Who looked into a record up to a moment: each person once for each ground, however often they looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from projections.access import OF_LISTS, OF_THE_CLIENT, Period
from projections.read_model import Db

EVERYBODY = """
    SELECT (array_agg(user_name ORDER BY id DESC))[1] AS name, user_role AS role,
           max(organisation) AS organisation, ground, in_list, count(*) AS times,
           min(occurred_at) AS first, max(occurred_at) AS last
      FROM looks
     GROUP BY user_id, user_role, ground, in_list
     ORDER BY in_list, min(occurred_at), min(id)"""


@dataclass(frozen=True)
class Looker:
    """Somebody who opened the record, or saw it stand on a list."""

    name: str
    role: str
    organisation: str
    ground: str
    in_list: bool
    times: int
    first: datetime
    last: datetime


def who_looked(db: Db, case_id: UUID, until: datetime) -> list[Looker]:
    """Everybody who looked by this moment, in the order in which they first did."""
    before = until + timedelta.resolution
    since = Period().moments["since"]
    asked = {"case_id": case_id, "of_lists": OF_LISTS, "since": since, "until": before}
    with db.cursor(row_factory=class_row(Looker)) as cursor:
        return cursor.execute((OF_THE_CLIENT + EVERYBODY).encode(), asked).fetchall()
