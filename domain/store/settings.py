"""What the organisation chose for itself: the limits of signals. Each choice stays; the last one counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from domain.entry import Actor
from domain.errors import Refused
from domain.history import said
from domain.store.pool import Connection

LEAST, MOST = 0, 10_000
CHOOSE = """
    INSERT INTO draad.setting (signal, threshold, version, value, changed_at, by_user, by_name, why)
    VALUES (%(signal)s, %(threshold)s, %(version)s, %(value)s, %(changed_at)s, %(by_user)s, %(by_name)s,
            %(why)s)"""


class OutOfBounds(Refused):
    """Choose a whole number from 0 to 10,000."""


class SettingChangedMeanwhile(Refused):
    """Somebody else changed this meanwhile. See what they chose, and choose again if you still want to."""


@dataclass(frozen=True)
class Setting:
    """One choice: the `version` of one limit of one signal."""

    signal: str
    threshold: str
    version: int
    value: int
    changed_at: datetime
    by_user: UUID
    by_name: str
    why: str


def choose(
    db: Connection, signal: str, threshold: str, value: int, *, seen: int, by: Actor, why: str, now: datetime
) -> None:
    """Choose a limit, for a reason. `seen` is the version that was looked at; 0: nobody chose before."""
    if not LEAST <= value <= MOST:
        raise OutOfBounds("value")
    said("why", why)
    chosen = Setting(signal, threshold, seen + 1, value, now, by.user, by.name, why)
    try:
        with db.transaction():
            db.execute(CHOOSE, vars(chosen))
    except psycopg.errors.UniqueViolation as error:
        raise SettingChangedMeanwhile from error


def history(db: Connection) -> list[Setting]:
    """All choices, the newest first."""
    with db.cursor(row_factory=class_row(Setting)) as rows:
        return rows.execute(
            """
            SELECT signal, threshold, version, value, changed_at, by_user, by_name, why
              FROM draad.setting
             ORDER BY changed_at DESC, signal, threshold, version DESC"""
        ).fetchall()


def chosen(db: Connection) -> dict[str, dict[str, int]]:
    """What counts now: by signal, its limits. What nobody chose is not in it."""
    found: dict[str, dict[str, int]] = {}
    for signal, threshold, value in db.execute(
        """
        SELECT DISTINCT ON (signal, threshold) signal, threshold, value
          FROM draad.setting
         ORDER BY signal, threshold, version DESC"""
    ):
        found.setdefault(signal, {})[threshold] = value
    return found
