"""What somebody asked to have as a file: until it is made, and for a while after.

Sealed with a key of its own under the client's key, for one account and one case. Files about all cases have
one key in the place of a client's. Made whole or not at all: one statement puts the file there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import class_row

from domain.errors import Refused
from domain.settings import EXPORTS_LAST
from domain.store.pool import Connection
from domain.store.vault import Vault, seal, unseal

WAKES = "exports"  # whoever makes them listens here
TRIES = 3  # a worker that falls over each time is not asked for ever
MOST = 20  # files of one account at a time
ASK = """
    INSERT INTO draad.export (id, account, case_id, asked, asked_at)
    VALUES (%(id)s, %(account)s, %(case)s, %(asked)s, %(now)s)
    ON CONFLICT (id) DO NOTHING"""
OF_ACCOUNT = """
    SELECT id, account, case_id, asked_at, tries, done, steps, failed, made_at, size
      FROM draad.export
     WHERE account = %(account)s AND coalesce(made_at, asked_at) > %(first)s
     ORDER BY asked_at DESC, id"""
BEGIN = """
    UPDATE draad.export SET tries = tries + 1, done = 0
     WHERE id = (SELECT id FROM draad.export
                  WHERE made_at IS NULL AND failed = ''
                  ORDER BY asked_at, id LIMIT 1)
    RETURNING id, account, case_id, asked_at, tries, done, steps, failed, made_at, size"""
OF_ALL = UUID(int=0)  # whose key that is: nobody's
KEEP = """
    UPDATE draad.export
       SET wrapped = %(wrapped)s, sealed = %(sealed)s, size = %(size)s, made_at = %(now)s, done = steps
     WHERE id = %(id)s AND made_at IS NULL AND failed = ''"""


class TooManyExports(Refused):
    """You have 20 files waiting or kept. Wait until the oldest are gone."""


class State(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Export:
    """One file that was asked for."""

    id: UUID
    account: UUID
    case_id: UUID
    asked_at: datetime
    tries: int = 0
    done: int = 0
    steps: int = 0
    failed: str = ""
    made_at: datetime | None = None
    size: int = 0

    @property
    def of_all(self) -> bool:
        """Whether it is about all cases, and not about one."""
        return self.case_id == self.id

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return OF_ALL if self.of_all else self.case_id

    @property
    def state(self) -> State:
        """How far it is."""
        if self.failed:
            return State.FAILED
        return State.DONE if self.made_at else State.MAKING if self.tries else State.WAITING

    @property
    def until(self) -> datetime:
        """The moment from which it is not there any more."""
        return (self.made_at or self.asked_at) + EXPORTS_LAST

    @property
    def place(self) -> bytes:
        """What is sealed is bound to it."""
        return self.account.bytes + self.id.bytes + self.case_id.bytes


def ask(db: Connection, vault: Vault, wanted: Export, asked: bytes) -> None:
    """Put it in the row, and wake who makes it. TooManyExports, KeyGone."""
    if wanted.of_all:
        vault.make_for(OF_ALL, OF_ALL)
    sealed = seal(vault.of(wanted.sealed_for), asked, wanted.place)
    with db.transaction():
        if len(of_account(db, wanted.account, wanted.asked_at)) >= MOST:
            raise TooManyExports
        facts = {"id": wanted.id, "account": wanted.account, "case": wanted.case_id}
        db.execute(ASK, {**facts, "asked": sealed, "now": wanted.asked_at})
        db.execute("SELECT pg_notify(%(wakes)s, '')", {"wakes": WAKES})


def of_account(db: Connection, account: UUID, now: datetime) -> list[Export]:
    """What this account asked for and is still there, the newest first."""
    with db.cursor(row_factory=class_row(Export)) as rows:
        return rows.execute(
            OF_ACCOUNT,
            {"account": account, "first": now - EXPORTS_LAST},
        ).fetchall()


def first_waiting(db: Connection) -> Export | None:
    """What was asked for first and nobody made yet; it begins now."""
    with db.cursor(row_factory=class_row(Export)) as rows:
        return rows.execute(BEGIN).fetchone()


def asked_of(db: Connection, vault: Vault, export: Export) -> bytes:
    """What was asked. KeyGone: the client was forgotten."""
    row = db.execute("SELECT asked FROM draad.export WHERE id = %(id)s", {"id": export.id}).fetchone()
    return unseal(vault.of(export.sealed_for), row[0], export.place) if row else b""


def progress(db: Connection, export: Export, done: int, steps: int) -> None:
    """How far it is, for who waits for it."""
    db.execute(
        "UPDATE draad.export SET done = %(done)s, steps = %(steps)s WHERE id = %(id)s",
        {"id": export.id, "done": done, "steps": steps},
    )


def keep(db: Connection, vault: Vault, export: Export, content: bytes, now: datetime) -> None:
    """The file is made: it is there whole from here on. KeyGone."""
    own = AESGCM.generate_key(256)
    facts = {
        "wrapped": seal(vault.of(export.sealed_for), own, export.place),
        "sealed": seal(AESGCM(own), content, export.place),
    }
    db.execute(KEEP, {**facts, "id": export.id, "size": len(content), "now": now})


def fail(db: Connection, export: Export, why: str) -> None:
    """It cannot be made. Only the kind of error."""
    db.execute("UPDATE draad.export SET failed = %(why)s WHERE id = %(id)s", {"id": export.id, "why": why})


def content_of(db: Connection, vault: Vault, export: Export) -> bytes | None:
    """The file; None while it is not made. KeyGone: the client was forgotten."""
    with db.cursor(binary=True) as rows:
        row = rows.execute(
            "SELECT wrapped, sealed FROM draad.export WHERE id = %(id)s AND sealed IS NOT NULL",
            {"id": export.id},
        ).fetchone()
    if row is None:
        return None
    own = unseal(vault.of(export.sealed_for), row[0], export.place)
    return unseal(AESGCM(own), row[1], export.place)


def expire(db: Connection, now: datetime) -> int:
    """Take away what has had its time; gives how many."""
    return db.execute(
        "DELETE FROM draad.export WHERE coalesce(made_at, asked_at) <= %(last)s", {"last": now - EXPORTS_LAST}
    ).rowcount


def forget(db: Connection, case_id: UUID) -> int:
    """Take away all that was made of one client, who is forgotten, also with others; gives how many."""
    return db.execute(
        "DELETE FROM draad.export WHERE case_id = %(case)s OR case_id = id", {"case": case_id}
    ).rowcount
