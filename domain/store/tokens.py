"""Tokens: what opens the API for a program. We hold the hash; the token itself is shown once, when made."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from psycopg.rows import class_row

from domain.entry import Role
from domain.store.accounts import Account
from domain.store.pool import Connection

PREFIX = "draad_"  # so that programs that look for secrets in texts find it


class Scope(StrEnum):
    """How far a token opens what its account may see and do."""

    READ = "read"
    RECORD = "record"


class NoSuchAccount(Exception):
    """Nobody has this user name, or the account is disabled."""


@dataclass(frozen=True)
class Token:
    """A token as it is listed: everything but what opens."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def __str__(self) -> str:
        used = f"used {self.last_used_at:%Y-%m-%d}" if self.last_used_at else "never used"
        until = (
            f"revoked {self.revoked_at:%Y-%m-%d}" if self.revoked_at else f"until {self.expires_at:%Y-%m-%d}"
        )
        return f"{self.id}  {'+'.join(self.scopes):<11}  {until}  {used}  {self.name}".rstrip()


@dataclass(frozen=True)
class Bearer:
    """Who a token stands for, and how far it opens."""

    token: UUID
    scopes: list[str]
    account_id: UUID
    user_name: str
    name: str
    role: str
    organisation: str
    team: str

    @property
    def account(self) -> Account:
        return Account(
            self.account_id, self.user_name, self.name, Role(self.role), self.organisation, self.team
        )


def make_token(
    db: Connection, user_name: str, name: str, scopes: Iterable[Scope], valid: timedelta
) -> tuple[UUID, str]:
    """A new token: its id, and the token itself, which nobody can find back."""
    number, made = uuid4(), PREFIX + secrets.token_urlsafe(32)
    added = db.execute(
        """
        INSERT INTO draad.token (id, account, name, hash, scopes, expires_at)
        SELECT %(id)s, id, %(name)s, %(hash)s, %(scopes)s, now() + %(valid)s
          FROM draad.account
         WHERE user_name = %(user_name)s AND disabled_at IS NULL
        """,
        {
            "id": number,
            "name": name,
            "hash": _hash(made),
            "scopes": sorted(set(scopes)),
            "valid": valid,
            "user_name": user_name.strip().lower(),
        },
    )
    if not added.rowcount:
        raise NoSuchAccount
    return number, made


def tokens_of(db: Connection, user_name: str) -> list[Token]:
    """The tokens of an account, the newest first; also those that open nothing any more."""
    with db.cursor(row_factory=class_row(Token)) as rows:
        return rows.execute(
            """
            SELECT t.id, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
              FROM draad.token t JOIN draad.account a ON a.id = t.account
             WHERE a.user_name = %(user_name)s
             ORDER BY t.created_at DESC, t.id
            """,
            {"user_name": user_name.strip().lower()},
        ).fetchall()


def revoke(db: Connection, id: UUID) -> bool:
    """From now on it opens nothing; False when there is no such token."""
    revoked = db.execute(
        "UPDATE draad.token SET revoked_at = coalesce(revoked_at, now()) WHERE id = %(id)s", {"id": id}
    )
    return revoked.rowcount > 0


def opened_by(db: Connection, token: str) -> Bearer | None:
    """Who this token stands for. Wrong, expired, revoked or of a disabled account: one look, and None.

    It is looked up by its hash, so that how long it takes tells nothing about the tokens there are.
    """
    with db.cursor(row_factory=class_row(Bearer)) as rows:
        return rows.execute(
            """
            SELECT t.id AS token, t.scopes, a.id AS account_id, a.user_name, a.name, a.role, a.organisation,
                   a.team
              FROM draad.token t JOIN draad.account a ON a.id = t.account
             WHERE t.hash = %(hash)s
               AND t.expires_at > now()
               AND t.revoked_at IS NULL
               AND a.disabled_at IS NULL
            """,
            {"hash": _hash(token)},
        ).fetchone()


def mark_used(db: Connection, bearer: Bearer) -> None:
    """It was used just now; written down once a minute."""
    db.execute(
        """
        UPDATE draad.token SET last_used_at = now()
         WHERE id = %(id)s AND coalesce(last_used_at < now() - interval '1 minute', true)
        """,
        {"id": bearer.token},
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
