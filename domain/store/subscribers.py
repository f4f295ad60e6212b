"""Who is told elsewhere that something was recorded: where they are, how far, and what did not arrive."""

from __future__ import annotations

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import class_row

from domain.entry import Role
from domain.errors.refused import Refused
from domain.store.pool import Connection
from domain.store.vault import seal, unseal

MOST = 20  # each has a thread of its own when it is told something: a slow one holds up no other
KEY = "secrets of subscribers"  # the key that their secrets are sealed under
READERS = (Role.COORDINATOR, Role.WORKER, Role.PARTNER, Role.REVIEWER)  # a manager says each time what for
EVERY = """
    SELECT s.id, s.name, s.url, s.account, a.user_name, s.position, s.made_at, s.stopped_at, s.arrived_at,
           s.tries, s.failing_since, s.again_at, s.why, s.agreed_at, s.declined_at, s.a_minute,
           a.disabled_at IS NOT NULL OR a.role <> ALL(%(readers)s) AS closed,
           s.position < (SELECT coalesce(max(notification_id), 0) FROM draad.stored_events) AS more,
           EXISTS (SELECT FROM draad.dead_letter d WHERE d.subscriber = s.id AND d.asked_again) AS asked
      FROM draad.subscriber s JOIN draad.account a ON a.id = s.account
     ORDER BY s.name"""
ADD = """
    INSERT INTO draad.subscriber (id, name, url, account, secret, position, made_at)
    SELECT %(id)s, %(name)s, %(url)s, id, %(secret)s,
           (SELECT coalesce(max(notification_id), 0) FROM draad.stored_events), %(now)s
      FROM draad.account
     WHERE user_name = %(user_name)s AND disabled_at IS NULL AND role = ANY(%(readers)s)"""


class NoReader(Refused):
    """No account with this user name may read cases by itself. A manager says each time what for."""

    field = "user_name"


class NameIsTaken(Refused):
    """There is a subscriber with this name already."""

    field = "name"


class TooManySubscribers(Refused):
    """There are 20 subscribers. Take one away first."""


@dataclass(frozen=True)
class Wanted:
    """A subscriber to be: what it is called, where it is, and in whose name it is told."""

    name: str
    url: str
    user_name: str


@dataclass(frozen=True)
class Subscriber:
    """One program elsewhere."""

    id: UUID
    name: str
    url: str
    account: UUID
    user_name: str
    position: int
    made_at: datetime
    stopped_at: datetime | None
    arrived_at: datetime | None
    tries: int
    failing_since: datetime | None
    again_at: datetime | None
    why: str
    agreed_at: datetime | None  # when it said that it wants our notices
    declined_at: datetime | None  # when it did not, or not any more: then `why` is what it said
    a_minute: int | None  # as many notices at most
    closed: bool  # its account may not read any more, so it is told nothing
    more: bool  # something was recorded after its position
    asked: bool  # somebody asked to send again what was given up

    def due(self, now: datetime) -> bool:
        """Whether it can be asked now what it wants, or something waits that can be sent now."""
        if self.stopped_at or self.closed or self.declined_at:
            return False
        waited = not self.again_at or self.again_at <= now
        return waited if not self.agreed_at else self.asked or (self.more and waited)


def add(db: Connection, key: bytes, wanted: Wanted, now: datetime) -> tuple[UUID, str]:
    """It is told what comes from now on; its id and secret. NoReader, NameIsTaken, TooManySubscribers."""
    made, secret = uuid4(), _new_secret()
    with db.transaction():
        db.execute("LOCK TABLE draad.subscriber IN SHARE ROW EXCLUSIVE MODE")  # so that 20 is 20
        there = every(db)
        if len(there) >= MOST:
            raise TooManySubscribers
        if wanted.name in {one.name for one in there}:
            raise NameIsTaken
        facts = {**vars(wanted), "id": made, "now": now, "readers": list(READERS)}
        if not db.execute(ADD, {**facts, "secret": seal(AESGCM(key), secret, made.bytes)}).rowcount:
            raise NoReader
    return made, _shown(secret)


def every(db: Connection) -> list[Subscriber]:
    """All of them, by name."""
    with db.cursor(row_factory=class_row(Subscriber)) as rows:
        return rows.execute(EVERY, {"readers": list(READERS)}).fetchall()


def one(db: Connection, id: UUID) -> Subscriber | None:
    """This one, if it is there."""
    return next((found for found in every(db) if found.id == id), None)


def secret_of(db: Connection, key: bytes, id: UUID) -> bytes:
    """What it and we sign with."""
    row = db.execute("SELECT secret FROM draad.subscriber WHERE id = %(id)s", {"id": id}).fetchone()
    return unseal(AESGCM(key), row[0], id.bytes) if row else b""


def new_secret(db: Connection, key: bytes, id: UUID) -> str:
    """Another secret from now on; gives it as it is handed over."""
    secret = _new_secret()
    db.execute(
        "UPDATE draad.subscriber SET secret = %(secret)s WHERE id = %(id)s",
        {"secret": seal(AESGCM(key), secret, id.bytes), "id": id},
    )
    return _shown(secret)


def stop(db: Connection, id: UUID, now: datetime) -> None:
    """Tell it nothing until somebody starts it again; what comes meanwhile waits."""
    db.execute(
        "UPDATE draad.subscriber SET stopped_at = coalesce(stopped_at, %(now)s) WHERE id = %(id)s",
        {"now": now, "id": id},
    )


def start(db: Connection, id: UUID) -> None:
    """Tell it again, now, from where it was, if it still wants that."""
    db.execute(
        """
        UPDATE draad.subscriber
           SET stopped_at = NULL, tries = 0, failing_since = NULL, again_at = NULL, agreed_at = NULL,
               declined_at = NULL
         WHERE id = %(id)s""",
        {"id": id},
    )


def agreed(db: Connection, to: Subscriber, now: datetime, a_minute: int | None) -> None:
    """It wants our notices, as many a minute at most."""
    db.execute(
        """
        UPDATE draad.subscriber
           SET agreed_at = %(now)s, a_minute = %(a_minute)s, tries = 0, failing_since = NULL, again_at = NULL,
               why = ''
         WHERE id = %(id)s AND declined_at IS NULL""",
        {"id": to.id, "now": now, "a_minute": a_minute},
    )


def declined(db: Connection, to: Subscriber, now: datetime) -> None:
    """It does not: nothing is sent until somebody starts it again."""
    db.execute(
        """
        UPDATE draad.subscriber
           SET declined_at = %(now)s, tries = 0, failing_since = NULL, again_at = NULL, why = ''
         WHERE id = %(id)s AND agreed_at IS NULL""",
        {"id": to.id, "now": now},
    )


def gone(db: Connection, to: Subscriber, why: str, now: datetime) -> None:
    """It wants no more notices. `why` is what it said: nothing is sent until somebody starts it again."""
    db.execute(
        """
        UPDATE draad.subscriber
           SET agreed_at = NULL, declined_at = %(now)s, tries = 0, failing_since = NULL, again_at = NULL,
               why = %(why)s
         WHERE id = %(id)s AND agreed_at = %(agreed_at)s""",
        {"id": to.id, "agreed_at": to.agreed_at, "now": now, "why": why},
    )


def take_away(db: Connection, id: UUID) -> None:
    """It is told nothing any more, and how far it was is forgotten."""
    db.execute("DELETE FROM draad.subscriber WHERE id = %(id)s", {"id": id})


def passed(db: Connection, to: Subscriber, position: int, arrived_at: datetime | None = None) -> None:
    """All up to here arrived, was given up, or is not theirs."""
    db.execute(
        """
        UPDATE draad.subscriber
           SET position = %(position)s, arrived_at = coalesce(%(arrived_at)s, arrived_at), tries = 0,
               failing_since = NULL, again_at = NULL, why = ''
         WHERE id = %(id)s AND position = %(was)s""",
        {"position": position, "arrived_at": arrived_at, "id": to.id, "was": to.position},
    )


def failed(db: Connection, to: Subscriber, why: str, now: datetime, again_at: datetime) -> None:
    """It did not arrive. It is tried again."""
    db.execute(
        """
        UPDATE draad.subscriber
           SET tries = tries + 1, failing_since = coalesce(failing_since, %(now)s), again_at = %(again_at)s,
               why = %(why)s
         WHERE id = %(id)s AND position = %(was)s""",
        {"now": now, "again_at": again_at, "why": why, "id": to.id, "was": to.position},
    )


def _new_secret() -> bytes:
    return secrets.token_bytes(32)


def _shown(secret: bytes) -> str:
    """As Standard Webhooks hands it over."""
    return f"whsec_{b64encode(secret).decode()}"
