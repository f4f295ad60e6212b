"""Links that open one thing, once: to choose a pass phrase, or to answer one question without an account."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import LiteralString
from uuid import UUID, uuid4

from psycopg.rows import class_row

from domain.entry import Subject
from domain.store.pool import Connection

LINK = """
    SELECT id, purpose, who, case_id, subject, entry, made_by, made_at, expires_at, used_at, revoked_at
      FROM draad.link
     WHERE """
OPENS = "expires_at > now() AND used_at IS NULL AND revoked_at IS NULL"
MADE = """
    SELECT l.id, coalesce(a.name, '') AS by, l.made_at AS at
      FROM draad.link l
      LEFT JOIN draad.account a ON a.id = l.made_by
     WHERE """


class Purpose(StrEnum):
    """What a link opens."""

    PASSPHRASE = "passphrase"  # noqa: S105  # what it is for: an invitation, or a forgotten one
    ANSWER = "answer"


@dataclass(frozen=True)
class Link:
    """A link that was made. `who`: an account, or the client.

    To answer: the question that `entry` asks about `subject`, as text; one entry can ask several. Links of
    before this was known have no subject: what they ask is the only question of its entry.
    """

    id: UUID
    purpose: Purpose
    who: UUID
    case_id: UUID | None
    subject: str | None
    entry: int | None
    made_by: UUID
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it opens something still."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


def make_link(
    db: Connection,
    purpose: Purpose,
    who: UUID,
    *,
    by: UUID,
    valid: timedelta,
    case_id: UUID | None = None,
    subject: Subject | None = None,
    entry: int | None = None,
) -> str:
    """What goes into the address. Nobody can find it back. One that was made before for the same is over."""
    made = secrets.token_urlsafe(32)
    about = None if subject is None else str(subject)
    facts = {"purpose": purpose, "who": who, "case_id": case_id, "subject": about, "entry": entry}
    with db.transaction():
        db.execute(
            """
            UPDATE draad.link SET revoked_at = now()
             WHERE purpose = %(purpose)s AND who = %(who)s
               AND case_id IS NOT DISTINCT FROM %(case_id)s AND entry IS NOT DISTINCT FROM %(entry)s
               AND (subject IS NULL OR subject = %(subject)s)
               AND used_at IS NULL AND revoked_at IS NULL
            """,
            facts,
        )
        db.execute(
            """
            INSERT INTO draad.link
                   (id, hash, purpose, who, case_id, subject, entry, made_by, expires_at)
            VALUES (%(id)s, %(hash)s, %(purpose)s, %(who)s, %(case_id)s, %(subject)s, %(entry)s, %(by)s,
                    now() + %(valid)s)
            """,
            {**facts, "id": uuid4(), "hash": _hash(made), "by": by, "valid": valid},
        )
    return made


def find_link(db: Connection, made: str, purpose: Purpose) -> Link | None:
    """The link, while it opens something. Looking does not use it: mail programs look too."""
    return _one(
        db, "hash = %(hash)s AND purpose = %(purpose)s AND " + OPENS, hash=_hash(made), purpose=purpose
    )


def link_with(db: Connection, id: UUID, purpose: Purpose) -> Link | None:
    """The link with this id, while it opens something: for whoever found it before."""
    return _one(db, "id = %(id)s AND purpose = %(purpose)s AND " + OPENS, id=id, purpose=purpose)


def used_link(db: Connection, made: str, purpose: Purpose) -> Link | None:
    """The link, when it was used: to give the same answer to the same form, sent twice. It opens nothing."""
    used = "hash = %(hash)s AND purpose = %(purpose)s AND used_at IS NOT NULL"
    return _one(db, used, hash=_hash(made), purpose=purpose)


def links_of(db: Connection, case_id: UUID) -> list[Link]:
    """All that were made in a case, the newest first."""
    of_the_case = "case_id = %(case_id)s ORDER BY made_at DESC, id"
    with db.cursor(row_factory=class_row(Link)) as rows:
        return rows.execute(LINK + of_the_case, {"case_id": case_id}).fetchall()


def use_link(db: Connection, id: UUID) -> bool:
    """Use it up; False when somebody was first, also at the same moment."""
    used = db.execute(
        """
        UPDATE draad.link SET used_at = now()
         WHERE id = %(id)s AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()
        """,
        {"id": id},
    )
    return used.rowcount > 0


@dataclass(frozen=True)
class Made:
    """Who made a link, and when. `by`: empty when it was made from the command line."""

    id: UUID
    by: str
    at: datetime


def answer_links(db: Connection, case_id: UUID) -> dict[UUID, Made]:
    """Who made the links to answer that there were in a case, by their id."""
    to_answer = "l.case_id = %(case_id)s AND l.purpose = 'answer'"
    with db.cursor(row_factory=class_row(Made)) as rows:
        return {made.id: made for made in rows.execute(MADE + to_answer, {"case_id": case_id})}


def sign_in_links(db: Connection, who: UUID) -> list[Made]:
    """Who made the last links with which somebody could choose the pass phrase of this account."""
    last = "l.who = %(who)s AND l.purpose = 'passphrase' ORDER BY l.made_at DESC, l.id LIMIT 5"
    with db.cursor(row_factory=class_row(Made)) as rows:
        return rows.execute(MADE + last, {"who": who}).fetchall()


def revoke_link(db: Connection, id: UUID, case_id: UUID) -> bool:
    """This one opens nothing any more; False when there was nothing to revoke in this case."""
    revoked = db.execute(
        """
        UPDATE draad.link SET revoked_at = now()
         WHERE id = %(id)s AND case_id = %(case_id)s AND used_at IS NULL AND revoked_at IS NULL
        """,
        {"id": id, "case_id": case_id},
    )
    return revoked.rowcount > 0


def revoke_links(db: Connection, who: UUID) -> None:
    """Whatever was made for them opens nothing any more."""
    db.execute(
        """
        UPDATE draad.link SET revoked_at = now()
         WHERE who = %(who)s AND used_at IS NULL AND revoked_at IS NULL
        """,
        {"who": who},
    )


def _one(db: Connection, which: LiteralString, **facts: object) -> Link | None:
    with db.cursor(row_factory=class_row(Link)) as rows:
        return rows.execute(LINK + which, facts).fetchone()


def _hash(made: str) -> bytes:
    return hashlib.sha256(made.encode("utf-8", "replace")).digest()
