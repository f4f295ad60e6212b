"""The looker: what signals notice becomes rows, for each case that changed and each night for every case.

Who changes a case asks to look at it; the looker takes it from the queue. The follower asks in the
transaction that moves its own position, and the looker answers in one too: no change is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from domain.case import CaseOpened
from domain.days import local_day
from domain.store import settings
from domain.store.recorder import NumberedEntry
from projections.contacts import Contact, of_cases
from projections.read_model import Db, Poison, Told, poisonous, quarantine
from projections.report import familiar
from projections.signals.rows import Row, clear, observed, rows, write
from projections.signals.signal import Observed, signals
from projections.signals.state import raised
from projections.signals.usual import with_usual
from projections.streams import Decode, whole

WHO = "signals"  # its position in the record, and its name where a case is left out
BATCH = 20  # cases in one transaction
Limits = dict[str, dict[str, int]]
PUT = """
    INSERT INTO shown.to_look_at AS waits (case_id, position)
    SELECT case_id, %(position)s
      FROM unnest(%(cases)s::uuid[]) AS case_id
     ORDER BY case_id
        ON CONFLICT (case_id) DO UPDATE SET position = least(waits.position, EXCLUDED.position)"""
# What waits already is written again: who is looking at it now, and may not know the news, lets it wait on.
PUT_ALL = """
    INSERT INTO shown.to_look_at AS waits (case_id)
    SELECT case_id
      FROM shown.caseload
     ORDER BY case_id
        ON CONFLICT (case_id) DO UPDATE SET position = waits.position"""
# Ours until the transaction ends. The rows stay free: whoever changes such a case meanwhile waits for nobody.
TAKE = """
    SELECT case_id, written
      FROM (SELECT case_id, xmin::text AS written
              FROM shown.to_look_at
             ORDER BY position NULLS LAST, case_id
             LIMIT 10 * %(most)s) AS first
     WHERE pg_try_advisory_xact_lock(hashtextextended('look ' || case_id, 0))
     LIMIT %(most)s"""
DONE = """
    DELETE FROM shown.to_look_at
     WHERE case_id IN (SELECT case_id
                         FROM shown.to_look_at AS waits
                         JOIN unnest(%(cases)s::uuid[], %(written)s::text[]) AS taken (case_id, written)
                        USING (case_id)
                        WHERE waits.xmin::text = taken.written
                          FOR UPDATE OF waits SKIP LOCKED)"""
STORED = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id = ANY(%(cases)s)
     ORDER BY originator_id, originator_version"""
MOVE = """
    UPDATE shown.position
       SET notification_id = upto.position
      FROM (SELECT coalesce((SELECT min(position) - 1 FROM shown.to_look_at),
                            (SELECT notification_id FROM shown.position WHERE follower = 'shown')) AS position
           ) AS upto
     WHERE follower = %(who)s AND notification_id < upto.position
    RETURNING pg_notify('position', follower || ' ' || notification_id)"""


def put(db: Db, cases: set[UUID], position: int) -> None:
    """Ask to look at these cases, for what is told in the record from this position on. Once a transaction,
    in the order of their ids: two who put the same cases do not wait for each other.
    """
    db.execute(PUT, {"cases": list(cases), "position": position})


def put_all(db: Db) -> int:
    """Ask to look at every case, after those that changed; gives how many wait."""
    db.execute(PUT_ALL)
    return waiting(db)


def waiting(db: Db) -> int:
    """How many cases wait."""
    row: Any = db.execute("SELECT count(*) FROM shown.to_look_at").fetchone()
    return int(row[0])


def look(db: Db, decode: Decode, now: datetime, most: int = BATCH) -> int:
    """Look at the next cases that wait; gives how many. A case that fails is left out, the rest goes on."""
    with db.transaction():
        taken = db.execute(TAKE, {"most": most}).fetchall()
        due = [case_id for case_id, _ in taken]
        if due:
            _look_at(db, decode, due, now)
            db.execute(DONE, {"cases": due, "written": [written for _, written in taken]})
        move(db)
    return len(due)


def move(db: Db) -> None:
    """Up to where nothing waits that was told: what waits for the night only holds nobody up."""
    db.execute("INSERT INTO shown.position VALUES (%(who)s, 0) ON CONFLICT DO NOTHING", {"who": WHO})
    db.execute(MOVE, {"who": WHO})


def drain(
    db: Db, decode: Decode, now: datetime, progress: Callable[[int, int], None] = lambda *_: None
) -> int:
    """Look until nothing waits; gives how many were looked at. `progress` hears how many of how many."""
    total, done = waiting(db), 0
    while looked := look(db, decode, now):
        done += looked
        progress(done, max(total, done))
    return done


def limits(db: Db) -> Limits:
    """The limits that hold here where they are not the default; none of a signal that is no more."""
    known = {(name, limit.name) for name, one in signals().items() for limit in one.thresholds}
    chosen = {
        name: {limit: value for limit, value in chosen.items() if (name, limit) in known}
        for name, chosen in settings.chosen(db).items()
    }
    return with_usual(db, chosen)


def _look_at(db: Db, decode: Decode, due: list[UUID], now: datetime) -> None:
    """The rows of these cases, in the place of those they had."""
    chosen, contacts, before = limits(db), of_cases(db, due), clear(db, due)
    familiar.keep(db, due, contacts)
    found: list[Row] = []
    poison: list[Poison] = []
    for told in _told(db, decode, due):
        try:
            seen = _seen(told, contacts.get(told.stream, []), now)
            found += rows(told, seen, raised(seen, chosen), before, now) if seen else ()
        except Exception as error:
            if not poisonous(error):
                raise
            poison.append(Poison(told.stream, WHO, told.position, type(error).__name__))
    write(db, found)
    _leave_out(db, due, poison)


def _seen(told: Told, contacts: Sequence[Contact], now: datetime) -> Observed | None:
    """What there is to see; nothing of a client who was forgotten."""
    if told.broken:
        raise told.broken
    if told.gone or not isinstance(told.events[0], CaseOpened):
        return None
    return observed(told.events, contacts, local_day(now))


def _told(db: Db, decode: Decode, cases: list[UUID]) -> list[Told]:
    with db.cursor(binary=True, row_factory=class_row(NumberedEntry)) as stored:
        return list(whole(decode, stored.execute(STORED, {"cases": cases}, prepare=True)))


def _leave_out(db: Db, cases: list[UUID], poison: list[Poison]) -> None:
    """What failed is counted as missing, until a later look at it goes well."""
    gone = {"cases": cases, "who": WHO}
    db.execute("DELETE FROM shown.poison WHERE originator_id = ANY(%(cases)s) AND read_model = %(who)s", gone)
    quarantine(db, poison)
