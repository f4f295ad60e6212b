"""Which records the law lets go of, by the rules of the day. Nothing is destroyed here: people decide that.

All cases of a client go together, so the one that is kept longest counts, and stands on the list for all.

The list is made by the job `retention`, once a night. What was erased is off it at once, and a hold that was
placed since is seen at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from psycopg.rows import class_row

from projections.read_model import Db
from projections.retention.kept import Kept
from projections.retention.rules import Rule, Starts, rules_on

SOON = timedelta(days=365)  # how far ahead the list looks
KEPT = """
    SELECT case_id, entry, legal_basis, greatest(received, visited) AS received,
           CASE WHEN visited > received THEN 0 ELSE received_in END AS received_in,
           greatest(content, visited) AS content,
           CASE WHEN visited > content THEN 0 ELSE content_in END AS content_in,
           closed_on, closed_in, helped, involuntary, involuntary_in, held
      FROM shown.retention
           LEFT JOIN (SELECT case_id, max((recorded AT TIME ZONE 'Europe/Amsterdam')::date) AS visited
                        FROM shown.contacts
                       GROUP BY case_id) AS contact USING (case_id)"""
CLEAR = "DELETE FROM draad.retention_list"
ADD = """
    INSERT INTO draad.retention_list (case_id, rule, version, starts_on, starts_in, may_go_on)
    VALUES (%(case_id)s, %(rule)s, %(version)s, %(starts_on)s, %(starts_in)s, %(may_go_on)s)"""
WHOSE = "SELECT case_id, client_id FROM shown.counted WHERE what = 'case'"
LISTED = """
    WITH whose AS (SELECT case_id, client_id FROM shown.counted WHERE what = 'case'),
         hold AS (SELECT DISTINCT ON (client_id) client_id, case_id AS held_in, held
                    FROM shown.retention JOIN whose USING (case_id)
                   WHERE held IS NOT NULL
                   ORDER BY client_id, case_id)
    SELECT case_id, rule, listed.version, starts_on, starts_in, may_go_on, hold.held, held_in,
           kept.closed_on, name, case_number
      FROM draad.retention_list AS listed
           JOIN shown.retention AS kept USING (case_id)
           JOIN shown.caseload USING (case_id)
           JOIN whose USING (case_id)
           LEFT JOIN hold USING (client_id)
     ORDER BY may_go_on, sort_name, case_id"""


@dataclass(frozen=True)
class Clock:
    """A law that counts in this case: from a day, which an entry set (0: a contact), to when it may go."""

    rule: Rule
    starts_on: date
    starts_in: int

    @property
    def may_go_on(self) -> date:
        """The day after the last of the term."""
        last = self.rule.term.last_day(self.starts_on) if self.rule.term else date.max
        return last if last == date.max else last + timedelta(days=1)


@dataclass(frozen=True)
class Going:
    """All that is kept of a client, by the case that is kept longest. `held`: one of their cases is."""

    case_id: UUID
    clock: Clock
    held: bool


@dataclass(frozen=True)
class Due:
    """A line of the list. `held`: the entry of a hold that keeps it, and in which of the client's cases."""

    case_id: UUID
    rule: str
    version: int
    starts_on: date
    starts_in: int
    may_go_on: date
    held: int | None
    held_in: UUID | None
    closed_on: date | None
    name: str
    case_number: str


def clocks(kept: Kept, today: date) -> list[Clock]:
    """All laws that keep this case, the one that keeps it longest last. Without one nothing may go."""
    running = [
        clock for rule in rules_on(today) if rule.is_for(kept.legal_basis) for clock in _clock(rule, kept)
    ]
    instead = {clock.rule.instead_of for clock in running}
    return sorted((c for c in running if c.rule.id not in instead), key=lambda clock: clock.may_go_on)


def make_list(db: Db, today: date) -> dict[str, int]:
    """Make the list anew, in the caller's transaction; gives how many stand on it."""
    going = [one for cases in _by_client(db) for one in _going(cases, today)]
    found = [one for one in going if one.clock.may_go_on <= today + SOON]
    db.execute(CLEAR)
    with db.cursor() as cursor:
        cursor.executemany(ADD, map(_line, found))
    due = [one for one in found if one.clock.may_go_on <= today]
    held = sum(one.held for one in due)
    return {"due": len(due) - held, "held": held, "soon": len(found) - len(due)}


def on_the_list(db: Db) -> list[Due]:
    """The list as it was made last, what may go longest first."""
    with db.cursor(row_factory=class_row(Due)) as rows:
        return rows.execute(LISTED).fetchall()


def _by_client(db: Db) -> Collection[list[Kept]]:
    whose = dict(db.execute(WHOSE).fetchall())
    found: dict[UUID, list[Kept]] = defaultdict(list)
    with db.cursor(row_factory=class_row(Kept)) as rows:
        for kept in rows.execute(KEPT):
            found[whose[kept.case_id]].append(kept)
    return found.values()


def _going(cases: Sequence[Kept], today: date) -> Iterator[Going]:
    """Nothing, when there is a case among them that no law lets go."""
    last = [(clock, kept.case_id) for kept in cases for clock in clocks(kept, today)[-1:]]
    if len(last) == len(cases):
        clock, case_id = max(last, key=lambda one: one[0].may_go_on)
        yield Going(case_id, clock, any(kept.held is not None for kept in cases))


def _line(going: Going) -> dict[str, object]:
    return {
        "case_id": going.case_id,
        "rule": going.clock.rule.id,
        "version": going.clock.rule.version,
        "starts_on": going.clock.starts_on,
        "starts_in": going.clock.starts_in,
        "may_go_on": going.clock.may_go_on,
    }


def _clock(rule: Rule, kept: Kept) -> Iterator[Clock]:
    match rule.starts:
        case Starts.CONTENT:
            yield Clock(rule, kept.content, kept.content_in)
        case Starts.RECEIVED:
            yield Clock(rule, kept.received, kept.received_in)
        case Starts.CLOSED_WITHOUT_HELP if kept.closed_on and not kept.helped:
            yield Clock(rule, kept.closed_on, kept.closed_in or kept.entry)
        case Starts.INVOLUNTARY_CARE_ENDED if kept.involuntary:
            yield Clock(rule, kept.involuntary, kept.involuntary_in or kept.entry)
