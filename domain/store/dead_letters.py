"""Notices that did not arrive for days and were given up: laid aside, and sent again when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.store import subscribers
from domain.store.pool import Connection
from domain.store.subscribers import Subscriber

ALL = """
    SELECT d.subscriber, d.position, e.topic, d.given_up_at, d.why, d.asked_again
      FROM draad.dead_letter d JOIN draad.stored_events e ON e.notification_id = d.position
     ORDER BY d.position"""


@dataclass(frozen=True)
class DeadLetter:
    """A notice that was given up, by the place of its entry among all entries."""

    subscriber: UUID
    position: int
    topic: str
    given_up_at: datetime
    why: str
    asked_again: bool


def all_of(db: Connection) -> list[DeadLetter]:
    """All that were given up, the first first."""
    with db.cursor(row_factory=class_row(DeadLetter)) as rows:
        return rows.execute(ALL).fetchall()


def give_up(db: Connection, to: Subscriber, position: int, why: str, now: datetime) -> None:
    """It did not arrive for too long: it is laid aside, and the next is tried."""
    with db.transaction():
        db.execute(
            """
            INSERT INTO draad.dead_letter (subscriber, position, given_up_at, why)
            VALUES (%(id)s, %(position)s, %(now)s, %(why)s)
            ON CONFLICT DO NOTHING""",
            {"id": to.id, "position": position, "now": now, "why": why},
        )
        subscribers.passed(db, to, position)


def ask_again(db: Connection, subscriber: UUID) -> int:
    """Send all of this subscriber again; gives how many."""
    return db.execute(
        "UPDATE draad.dead_letter SET asked_again = true WHERE subscriber = %(id)s", {"id": subscriber}
    ).rowcount


def arrived(db: Connection, letter: DeadLetter) -> None:
    """It did arrive, or is not theirs any more."""
    db.execute(
        "DELETE FROM draad.dead_letter WHERE subscriber = %(subscriber)s AND position = %(position)s",
        vars(letter),
    )


def failed_again(db: Connection, letter: DeadLetter, why: str) -> None:
    """It did not arrive this time either: it stays until somebody asks again."""
    db.execute(
        """
        UPDATE draad.dead_letter SET asked_again = false, why = %(now)s
         WHERE subscriber = %(subscriber)s AND position = %(position)s""",
        {**vars(letter), "now": why},
    )
