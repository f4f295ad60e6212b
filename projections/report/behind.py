"""The cases behind a figure, for those who may see them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from psycopg.rows import class_row

from projections.caseload import THEIRS, Who
from projections.read_model import Db
from projections.report.figures import Figure, kinds_of
from projections.report.months import Period

WITHOUT = {"screen", "entry", "faces"}  # of today, or of nearly every case: there is no list of these
BEHIND = """
    , fact AS (
        SELECT case_id, decided_on AS day, team,
               CASE %(of)s WHEN 'stance' THEN stance
                           WHEN 'means' THEN means
                           WHEN 'text' THEN CASE WHEN seen THEN 'yes' ELSE 'no' END
                           ELSE initiative
               END AS kind
          FROM shown.say
         WHERE %(of)s IN ('stance', 'means', 'initiative', 'text', 'less')
           AND decided_on BETWEEN %(first)s AND %(last)s
           AND (%(of)s <> 'text' OR seen IS NOT NULL)
           AND (%(of)s <> 'less' OR topic = 'support_scaled_down')
         UNION ALL
        SELECT case_id, day, team, kind
          FROM shown.counted
         WHERE what = %(of)s AND day BETWEEN %(first)s AND %(last)s
    )
    SELECT case_id, name, case_number, count(*) AS many, max(day) AS latest
      FROM fact
      JOIN theirs USING (case_id)
     WHERE (%(in_team)s::text IS NULL OR fact.team = %(in_team)s)
       AND (kind = ANY(%(kinds)s::text[])) = %(are)s
     GROUP BY case_id, name, case_number, sort_name
     ORDER BY sort_name, case_id"""


@dataclass(frozen=True)
class Behind:
    """A case in which something was counted: how often, and when last."""

    case_id: UUID
    name: str
    case_number: str
    many: int
    latest: date


def cases(
    db: Db, who: Who, figure: Figure, part: str = "", *, period: Period, team: str | None
) -> list[Behind]:
    """The cases in which this part of it counts, of those that they may see."""
    kinds, are = kinds_of(figure, part)
    asked = {
        **asdict(who),
        "of": figure.of,
        "kinds": sorted(kinds),
        "are": are,
        "first": period.first,
        "last": period.end - timedelta(days=1),
        "in_team": team,
    }
    with db.cursor(row_factory=class_row(Behind)) as rows:
        return rows.execute((THEIRS + BEHIND).encode(), asked).fetchall()


def has_list(figure: Figure) -> bool:
    """Whether there is a list of the cases behind it."""
    return figure.of not in WITHOUT
