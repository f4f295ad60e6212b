"""Identities: who somebody is for an identity provider, and which account here that opens.

An identity is an issuer and a subject. Never an e-mail address: whoever gets an address later would get in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.errors import Refused
from domain.store import sessions
from domain.store.accounts import Account
from domain.store.pool import Connection
from domain.store.tokens import NoSuchAccount


class IdentityIsTaken(Refused):
    """This identity opens another account already."""

    field = "subject"


class NotAnIdentity(Refused):
    """An identity is an issuer, as the provider names itself (https://…), and a subject; no e-mail."""

    field = "subject"


@dataclass(frozen=True)
class Identity:
    account: UUID
    issuer: str
    subject: str
    made_at: datetime


def account_of(db: Connection, issuer: str, subject: str) -> Account | None:
    """The account that this identity opens, also when it is disabled."""
    with db.cursor(row_factory=class_row(Account)) as rows:
        return rows.execute(
            """
            SELECT a.id, a.user_name, a.name, a.role, a.organisation, a.team, a.disabled_at
              FROM draad.identity i JOIN draad.account a ON a.id = i.account
             WHERE i.issuer = %(issuer)s AND i.subject = %(subject)s
            """,
            {"issuer": issuer, "subject": subject},
        ).fetchone()


def identities_of(db: Connection, user_name: str) -> list[Identity]:
    """By which identities this account is opened, the oldest first."""
    with db.cursor(row_factory=class_row(Identity)) as rows:
        return rows.execute(
            """
            SELECT i.account, i.issuer, i.subject, i.made_at
              FROM draad.identity i JOIN draad.account a ON a.id = i.account
             WHERE a.user_name = %(user_name)s
             ORDER BY i.made_at, i.issuer, i.subject
            """,
            {"user_name": user_name.strip().lower()},
        ).fetchall()


def link(db: Connection, user_name: str, issuer: str, subject: str) -> Identity:
    """From now on this identity opens this account. The same once more changes nothing."""
    issuer, subject = issuer.strip(), subject.strip()
    if not issuer.startswith(("https://", "http://")) or not (subject.isascii() and subject.isprintable()):
        raise NotAnIdentity
    if not 0 < len(subject) <= 255:  # noqa: PLR2004 - as OpenID Connect says
        raise NotAnIdentity
    with db.transaction(), db.cursor(row_factory=class_row(Identity)) as rows:
        facts = {"user_name": user_name.strip().lower(), "issuer": issuer, "subject": subject}
        account = rows.connection.execute(
            "SELECT id FROM draad.account WHERE user_name = %(user_name)s AND disabled_at IS NULL", facts
        ).fetchone()
        if account is None:
            raise NoSuchAccount
        db.execute(
            """
            INSERT INTO draad.identity (issuer, subject, account)
            VALUES (%(issuer)s, %(subject)s, %(account)s)
            ON CONFLICT (issuer, subject) DO NOTHING
            """,
            {**facts, "account": account[0]},
        )
        linked = rows.execute(
            """
            SELECT account, issuer, subject, made_at
              FROM draad.identity
             WHERE issuer = %(issuer)s AND subject = %(subject)s
            """,
            facts,
        ).fetchone()
    if linked is None or linked.account != account[0]:
        raise IdentityIsTaken
    return linked


def unlink(db: Connection, user_name: str, issuer: str, subject: str) -> bool:
    """From now on it opens nothing, and the sessions of the account end. Whether it was there."""
    with db.transaction():
        gone = db.execute(
            """
            DELETE FROM draad.identity i
             USING draad.account a
             WHERE a.id = i.account AND a.user_name = %(user_name)s
               AND i.issuer = %(issuer)s AND i.subject = %(subject)s
            RETURNING i.account
            """,
            {
                "user_name": user_name.strip().lower(),
                "issuer": issuer.replace("\0", "").strip(),
                "subject": subject.replace("\0", "").strip(),
            },
        ).fetchone()
        if gone:
            sessions.end_all(db, gone[0])
    return gone is not None
