"""Which records the law lets go of, by the rules of the day. Nothing is destroyed here: people decide that.

The list is made by the job `retention`, once a night. What was erased is off it at once, and a hold that was
placed since is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator
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
LISTED = """
    SELECT case_id, rule, listed.version, starts_on, starts_in, may_go_on, held, kept.closed_on, name,
           case_number
      FROM draad.retention_list AS listed
           JOIN shown.retention AS kept USING (case_id)
           JOIN shown.caseload USING (case_id)
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
class Due:
    """A line of the list. `held`: the entry of the hold that keeps it."""

    case_id: UUID
    rule: str
    version: int
    starts_on: date
    starts_in: int
    may_go_on: date
    held: int | None
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
    with db.cursor(row_factory=class_row(Kept)) as rows:
        found = [(kept, clock) for kept in rows.execute(KEPT) for clock in clocks(kept, today)[-1:]]
    found = [(kept, clock) for kept, clock in found if clock.may_go_on <= today + SOON]
    db.execute(CLEAR)
    with db.cursor() as cursor:
        cursor.executemany(ADD, [_line(kept, clock) for kept, clock in found])
    due = [kept for kept, clock in found if clock.may_go_on <= today]
    held = sum(kept.held is not None for kept in due)
    return {"due": len(due) - held, "held": held, "soon": len(found) - len(due)}


def on_the_list(db: Db) -> list[Due]:
    """The list as it was made last, what may go longest first."""
    with db.cursor(row_factory=class_row(Due)) as rows:
        return rows.execute(LISTED).fetchall()


def _line(kept: Kept, clock: Clock) -> dict[str, object]:
    return {
        "case_id": kept.case_id,
        "rule": clock.rule.id,
        "version": clock.rule.version,
        "starts_on": clock.starts_on,
        "starts_in": clock.starts_in,
        "may_go_on": clock.may_go_on,
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
