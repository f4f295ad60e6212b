"""What somebody was writing and did not record yet: kept for them alone, sealed, and for a while.

A draft opens at its own place only: of this form, this writer and this client. Who can write in the database
cannot show it to anybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from psycopg.rows import class_row

from domain.errors import Refused
from domain.settings import DRAFTS_LAST
from domain.store.pool import Connection
from domain.store.vault import KeyGone, Vault, seal, unseal

MOST, LONGEST = 200, 200_000  # drafts of one person; bytes of one draft
Text = list[tuple[str, str]]  # names and what was typed, as a page sends it
KEEP = """
    INSERT INTO draad.draft (account, id, case_id, page, sealed, changed_at)
    VALUES (%(account)s, %(id)s, %(case)s, %(page)s, %(sealed)s, %(now)s)
    ON CONFLICT (account, id) DO UPDATE
       SET case_id = EXCLUDED.case_id, page = EXCLUDED.page, sealed = EXCLUDED.sealed,
           changed_at = EXCLUDED.changed_at"""


class TooManyDrafts(Refused):
    """You have 200 drafts: more are not kept. Record one first, or throw one away."""


class DraftTooLong(Refused):
    """This is too long to keep as a draft. Record a part of it first."""


@dataclass(frozen=True)
class Draft:
    """Something that is not recorded yet. `id` is that of its form, `page` its place below the case."""

    account: UUID
    id: UUID
    case_id: UUID
    page: str
    changed_at: datetime

    @property
    def until(self) -> datetime:
        """The moment from which it is not there any more."""
        return self.changed_at + DRAFTS_LAST

    @property
    def place(self) -> bytes:
        """What the sealed text is bound to."""
        return self.account.bytes + self.id.bytes + self.case_id.bytes


def keep(db: Connection, vault: Vault, draft: Draft, text: Iterable[tuple[str, str]]) -> None:
    """Keep it, in the place of what was kept of this form before. TooManyDrafts, DraftTooLong, KeyGone."""
    packed = msgspec.json.encode(list(text))
    if len(packed) > LONGEST:
        raise DraftTooLong
    sealed = seal(vault.of(draft.case_id), packed, draft.place)
    with db.transaction():
        if _others(db, draft) >= MOST:
            raise TooManyDrafts
        facts = {"account": draft.account, "id": draft.id, "case": draft.case_id, "page": draft.page}
        db.execute(KEEP, {**facts, "sealed": sealed, "now": draft.changed_at})


def _others(db: Connection, draft: Draft) -> int:
    """How many others this writer has, until the end of the transaction."""
    writer = {"account": draft.account}
    db.execute("SELECT 1 FROM draad.account WHERE id = %(account)s FOR UPDATE", writer)
    return sum(other.id != draft.id for other in drafts_of(db, draft.account, draft.changed_at))


def drafts_of(db: Connection, account: UUID, now: datetime) -> list[Draft]:
    """What this person has not recorded yet, the newest first."""
    with db.cursor(row_factory=class_row(Draft)) as rows:
        return rows.execute(
            """
            SELECT account, id, case_id, page, changed_at
              FROM draad.draft
             WHERE account = %(account)s
               AND changed_at > %(first)s
             ORDER BY changed_at DESC, id
            """,
            {"account": account, "first": now - DRAFTS_LAST},
        ).fetchall()


def text_of(db: Connection, vault: Vault, draft: Draft) -> Text:
    """What was typed; nothing when it is gone. KeyGone: the client was forgotten."""
    row = db.execute(
        "SELECT sealed FROM draad.draft WHERE account = %(account)s AND id = %(id)s",
        {"account": draft.account, "id": draft.id},
    ).fetchone()
    if row is None:
        return []
    return msgspec.json.decode(unseal(vault.of(draft.case_id), row[0], draft.place), type=Text)


def drop(db: Connection, account: UUID, id: UUID) -> bool:
    """Throw it away. Whether it was there."""
    found = db.execute(
        "DELETE FROM draad.draft WHERE account = %(account)s AND id = %(id)s",
        {"account": account, "id": id},
    )
    return found.rowcount > 0


def drop_shut(db: Connection, vault: Vault) -> None:
    """Throw away those that nobody can read: changed, older than their key, or of who was forgotten."""
    with db.cursor(row_factory=class_row(Draft)) as rows:
        found = rows.execute("SELECT account, id, case_id, page, changed_at FROM draad.draft").fetchall()
    for draft in found:
        try:
            text_of(db, vault, draft)
        except (InvalidTag, KeyGone):
            drop(db, draft.account, draft.id)


def expire(db: Connection, now: datetime) -> int:
    """Take away what has had its time; gives how many."""
    return db.execute(
        "DELETE FROM draad.draft WHERE changed_at <= %(last)s", {"last": now - DRAFTS_LAST}
    ).rowcount


def how_many(db: Connection) -> int:
    """How many are kept, of everybody."""
    row = db.execute("SELECT count(*) FROM draad.draft").fetchone()
    return int(row[0]) if row else 0
