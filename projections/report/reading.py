"""What a report is counted from, in whole calendar years: how many of what, and of how many clients."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from projections.read_model import Db
from projections.report.blocks import LEAST
from projections.report.counted import ENTRY, RETOLD
from projections.report.months import Period, plus

Cell = tuple[str, date, str]  # what is counted, in a month, by a team
ENTRIES = [ENTRY, RETOLD]
AS_A_RULE = 20  # cases a team
NAMES = (
    "goal",
    "talk",
    "refusal_heard",
    "refusal_alternative",
    "refusal_door",
    "proposal",
    "evaluation_due",
    "fit_client",
    "fit_worker",
    "disagreement",
    ENTRY,
)
# `bits`: each client sets one of 64, so ten bits that are set are ten clients or more, without any sorting.
# Of what has fewer, the clients are asked for afterwards. What is asked of decisions is read in one round.
DECISIONS = """
    WITH decided AS (
        SELECT date_trunc('month', decided_on::timestamp)::date AS month, team, stance, means, initiative,
               topic = 'support_scaled_down' AS less, seen, count(*) AS many,
               bit_or(1::bigint << (uuid_hash(client_id) & 63)) AS bits
          FROM shown.say
         WHERE decided_on BETWEEN %(first)s AND %(last)s AND client_id IS NOT NULL
         GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    SELECT of.what, month, team, of.kind, sum(many)::bigint AS many, bit_or(bits) AS bits
      FROM decided
     CROSS JOIN LATERAL (VALUES ('decision', ''),
                                ('stance', stance),
                                ('means', means),
                                ('initiative', initiative),
                                (CASE WHEN seen IS NULL THEN 'no text' ELSE 'text' END,
                                 CASE WHEN seen THEN 'yes' ELSE 'no' END),
                                (CASE WHEN less THEN 'less' ELSE 'no less' END,
                                 initiative)) AS of (what, kind)
     GROUP BY 1, 2, 3, 4"""
# Of entries there are many kinds, of which nothing is asked here.
NOUNS = """
    SELECT what, date_trunc('month', day::timestamp)::date AS month, team,
           CASE WHEN what = 'entry' THEN '' ELSE kind END AS kind, count(*) AS many,
           bit_or(1::bigint << (uuid_hash(client_id) & 63)) AS bits
      FROM shown.counted
     WHERE what = ANY(%(things)s) AND day BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4"""
# Some events each apart, also those that were told again here.
EVENTS = """
    SELECT 'event ' || kind AS what, date_trunc('month', day::timestamp)::date AS month, team, kind,
           count(*) AS many, bit_or(1::bigint << (uuid_hash(client_id) & 63)) AS bits
      FROM shown.counted
     WHERE what = ANY(%(entries)s) AND kind = ANY(%(things)s) AND day BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4"""
# A contact counts in the team that opened the case.
CONTACTS = """
    SELECT came.what, month, team, came.kind, sum(came.many)::bigint AS many,
           bit_or(1::bigint << (uuid_hash(client_id) & 63)) AS bits
      FROM shown.contact_months
      JOIN shown.counted AS opened ON opened.case_id = contact_months.case_id AND opened.what = 'case'
     CROSS JOIN LATERAL (VALUES ('contact', '', contacts),
                                ('faces', 'yes', by_two),
                                ('faces', 'no', told - by_two)) AS came (what, kind, many)
     WHERE month BETWEEN %(first)s AND %(last)s AND (came.what = 'contact' OR told > 0)
     GROUP BY 1, 2, 3, 4"""
# Whose case is open now, and whether they can sign in to read it. Each once: in the team of the newest case.
SCREENS = """
    WITH newest AS (
        SELECT DISTINCT ON (client_id) client_id, opened.team
          FROM shown.counted AS opened
          JOIN shown.caseload USING (case_id)
         WHERE what = 'case' AND coalesce(closed_on > %(today)s, true)
         ORDER BY client_id, day DESC, case_id
    )
    SELECT 'screen' AS what, %(month)s::date AS month, newest.team,
           CASE WHEN account.id IS NULL THEN 'no' ELSE 'yes' END AS kind, count(*) AS many,
           bit_or(1::bigint << (uuid_hash(client_id) & 63)) AS bits
      FROM newest
      LEFT JOIN draad.account ON account.id = client_id AND role = 'client' AND disabled_at IS NULL
     GROUP BY 3, 4"""
# Teams of so few clients in a year that they never stand apart. Not asked where teams are large as a rule.
SMALL = """
    WITH seen AS (
        SELECT team, client_id
          FROM shown.counted
         WHERE day BETWEEN %(first)s AND %(last)s
         UNION
        SELECT team, client_id
          FROM shown.say
         WHERE decided_on BETWEEN %(first)s AND %(last)s
         UNION
        SELECT team, client_id
          FROM shown.contact_months
          JOIN shown.counted AS opened USING (case_id)
         WHERE what = 'case' AND month BETWEEN %(first)s AND %(last)s
    )
    SELECT team
      FROM seen
     WHERE (SELECT count(*) < %(as_a_rule)s * count(DISTINCT team) FROM shown.caseload)
     GROUP BY team
    HAVING count(*) < %(least)s"""
# The clients of what has few: in a month, by a team. Months are compared as months: a range cannot be hashed.
CELLS = """
    WITH cell AS (
        SELECT what, held, month, team
          FROM unnest(%(whats)s::text[], %(held)s::text[], %(months)s::date[], %(teams)s::text[])
               AS of (what, held, month, team)
    )
    SELECT DISTINCT cell.what, month, cell.team, client_id
      FROM cell
      JOIN shown.say ON say.team = cell.team AND date_trunc('month', decided_on::timestamp)::date = month
     WHERE CASE cell.what WHEN 'decision' THEN true
                          WHEN 'text' THEN seen IS NOT NULL
                          WHEN 'no text' THEN seen IS NULL
                          WHEN 'less' THEN topic = 'support_scaled_down'
                          WHEN 'no less' THEN topic <> 'support_scaled_down'
                          ELSE false
           END
     UNION ALL
    SELECT DISTINCT cell.what, month, cell.team, client_id
      FROM cell
      JOIN shown.counted ON counted.what = held
                        AND counted.team = cell.team
                        AND date_trunc('month', day::timestamp)::date = month
     WHERE counted.what = ANY(%(things)s) AND day >= %(first)s AND day < %(end)s
       AND (cell.what NOT LIKE 'event %%' OR kind = substr(cell.what, 7))
     UNION ALL
    SELECT DISTINCT cell.what, cell.month, cell.team, client_id
      FROM cell
      JOIN shown.counted AS opened ON opened.what = 'case' AND opened.team = cell.team
      JOIN shown.contact_months AS came ON came.case_id = opened.case_id AND came.month = cell.month
     WHERE cell.what = 'contact' OR (cell.what = 'faces' AND told > 0)
     UNION ALL
    SELECT cell.what, month, cell.team, client_id
      FROM cell
      JOIN (SELECT DISTINCT ON (client_id) client_id, opened.team
              FROM shown.counted AS opened
              JOIN shown.caseload USING (case_id)
             WHERE what = 'case' AND coalesce(closed_on > %(today)s, true)
             ORDER BY client_id, day DESC, case_id) AS newest ON newest.team = cell.team
     WHERE cell.what = 'screen'"""


class Count(NamedTuple):
    """So many of one kind, in a month, by a team; and the bits of their clients.

    A tuple, in the order of the columns: there are a hundred thousand of them.
    """

    what: str
    month: date
    team: str
    kind: str
    many: int
    bits: int


def counts(db: Db, years: Iterable[Period], events: Sequence[str] = ()) -> Iterator[Count]:
    """Everything that was decided, told and done in these years; of these events each apart.

    The database counts the next while what it found is taken in here.
    """
    with ThreadPoolExecutor(1) as ahead:
        asked = [
            ahead.submit(
                db.cursor(binary=True, row_factory=args_row(Count)).execute, what, _asked(year, things)
            )
            for year in years
            for what, things in ((DECISIONS, ()), (NOUNS, NAMES), (CONTACTS, ()), (EVENTS, events))
            if things or what is not EVENTS
        ]
        for found in asked:
            yield from found.result()


def small(db: Db, years: Period) -> frozenset[str]:
    """The teams that are too small to stand apart, where there may be many of them."""
    asked = {**_asked(years), "as_a_rule": AS_A_RULE, "least": LEAST}
    return frozenset(team for (team,) in db.execute(SMALL, asked))


def screens(db: Db, today: date, month: date) -> list[Count]:
    """Who can read their own plan on a screen, today; as if it was counted in this month."""
    with db.cursor(binary=True, row_factory=args_row(Count)) as rows:
        return rows.execute(SCREENS, {"today": today, "month": month}).fetchall()


def clients(
    db: Db, cells: Collection[tuple[str, date, str]], today: date
) -> dict[tuple[str, date, str], set[UUID]]:
    """Who they are of whom something was counted: what, in which month, by which team."""
    months = [month for _, month, _ in cells]
    asks = [(what, held, month, team) for what, month, team in cells for held in _held(what)]
    asked = {
        **{name: [one[nr] for one in asks] for nr, name in enumerate(("whats", "held", "months", "teams"))},
        "things": sorted({held for _, held, _, _ in asks}),  # each once: it tells how much will be read
        "today": today,
        "first": min(months, default=today),
        "end": plus(max(months, default=today), 1),
    }
    found: dict[Cell, set[UUID]] = {}
    for what, month, team, client in db.cursor(binary=True).execute(CELLS, asked):
        found.setdefault((what, month, team), set()).add(client)
    return found


def _held(what: str) -> Sequence[str]:
    """As what it stands in the table."""
    return ENTRIES if what.startswith("event ") else [what]


def _asked(years: Period, things: Sequence[str] = ()) -> dict[str, Any]:
    last = years.end - timedelta(days=1)
    return {"first": years.first, "last": last, "things": list(things), "entries": ENTRIES}
