"""Local accounts: who may sign in, and in which role."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from psycopg.rows import class_row

from domain.entry import Actor, Role
from domain.errors import Refused
from domain.store.pool import Connection

HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106, low memory


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    id: UUID
    user_name: str
    name: str
    role: Role
    organisation: str = ""
    team: str = ""
    disabled_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))  # a row brings it as text

    @property
    def actor(self) -> Actor:
        """As they stand in the entries they make."""
        return Actor(self.id, self.role, self.name, self.organisation, self.team)


class UserNameTaken(Refused):
    """Somebody has this user name, or this account is there already. Choose another name."""


@dataclass(frozen=True)
class Secret:
    """What a pass phrase is checked against."""

    account: UUID
    passphrase: str


def add_account(
    db: Connection,
    user_name: str,
    passphrase: str | None,
    *,
    name: str,
    role: Role,
    organisation: str = "",
    team: str = "",
    email: str = "",
    id: UUID | None = None,
) -> Account:
    """Make an account. The pass phrase is kept as an argon2 hash only; None: they will choose it themselves.

    To `email` goes the digest. Until one is chosen nothing opens it, and guessing takes as long as ever.
    """
    account = Account(id or uuid4(), user_name.strip().lower(), name, role, organisation, team)
    hashed = HASHER.hash(secrets.token_urlsafe(32) if passphrase is None else passphrase)
    added = db.execute(
        """
        INSERT INTO draad.account (id, user_name, name, role, organisation, team, email, passphrase,
                                   passphrase_at)
        VALUES (%(id)s, %(user_name)s, %(name)s, %(role)s, %(organisation)s, %(team)s, %(email)s,
                %(passphrase)s, CASE WHEN %(chosen)s THEN now() END)
        ON CONFLICT DO NOTHING
        """,
        {**vars(account), "email": email, "passphrase": hashed, "chosen": passphrase is not None},
    )
    if not added.rowcount:
        raise UserNameTaken("user_name")
    return account


def account_of(db: Connection, user_name: str, passphrase: str) -> Account | None:
    """The account these two open, or None. An unknown name takes the same time as a wrong pass phrase."""
    secret = _secret(db, user_name)
    known = secret.passphrase if secret else _of_nobody()
    if not _matches(known, passphrase) or secret is None:
        return None
    if HASHER.check_needs_rehash(known):
        _keep(db, secret.account, passphrase)
    with db.cursor(row_factory=class_row(Account)) as rows:
        return rows.execute(
            """
            SELECT id, user_name, name, role, organisation, team, disabled_at
              FROM draad.account
             WHERE id = %(id)s AND disabled_at IS NULL
            """,
            {"id": secret.account},
        ).fetchone()


def opens(db: Connection, account: Account, passphrase: str) -> bool:
    """Whether this is the pass phrase of this account."""
    return account_of(db, account.user_name, passphrase) is not None


def account_with(db: Connection, id: UUID) -> Account | None:
    """The account with this id, also when it is disabled."""
    with db.cursor(row_factory=class_row(Account)) as rows:
        return rows.execute(
            """
            SELECT id, user_name, name, role, organisation, team, disabled_at
              FROM draad.account
             WHERE id = %(id)s
            """,
            {"id": id},
        ).fetchone()


def account_named(db: Connection, user_name: str) -> Account | None:
    """The account with this user name, also when it is disabled."""
    with db.cursor(row_factory=class_row(Account)) as rows:
        return rows.execute(
            """
            SELECT id, user_name, name, role, organisation, team, disabled_at
              FROM draad.account
             WHERE user_name = %(user_name)s
            """,
            {"user_name": user_name.strip().lower().replace("\0", "")},
        ).fetchone()


def roles_of(db: Connection, ids: Collection[UUID]) -> dict[UUID, Role]:
    """In which roles these accounts are, as far as they exist."""
    found = db.execute("SELECT id, role FROM draad.account WHERE id = ANY(%(ids)s)", {"ids": list(ids)})
    return {account: Role(role) for account, role in found.fetchall()}


def who_can_join(db: Connection) -> list[Account]:
    """The accounts of those who take part in cases, by name."""
    return _in_role(db, Role.COORDINATOR, Role.WORKER, Role.PARTNER)


def reviewers(db: Connection) -> list[Account]:
    """The accounts of those who can be given a mandate, by name."""
    return _in_role(db, Role.REVIEWER)


def _in_role(db: Connection, *roles: Role) -> list[Account]:
    with db.cursor(row_factory=class_row(Account)) as rows:
        return rows.execute(
            """
            SELECT id, user_name, name, role, organisation, team, disabled_at
              FROM draad.account
             WHERE disabled_at IS NULL AND role = ANY(%(roles)s)
             ORDER BY name, user_name
            """,
            {"roles": list(roles)},
        ).fetchall()


def write_to(db: Connection, user_name: str, email: str) -> bool:
    """From now on the digest goes here; nowhere when it is empty. Whether there is such an account."""
    changed = db.execute(
        "UPDATE draad.account SET email = %(email)s WHERE user_name = %(user_name)s",
        {"email": email, "user_name": user_name.strip().lower()},
    )
    return changed.rowcount > 0


def choose_passphrase(db: Connection, id: UUID, passphrase: str) -> None:
    """From now on this one opens the account. Ending its sessions is up to the caller: sessions.end_all."""
    db.execute(
        "UPDATE draad.account SET passphrase = %(hash)s, passphrase_at = now() WHERE id = %(id)s",
        {"id": id, "hash": HASHER.hash(passphrase)},
    )


def came_in(db: Connection, id: UUID) -> None:
    """They signed in just now."""
    db.execute("UPDATE draad.account SET signed_in_at = now() WHERE id = %(id)s", {"id": id})


def _secret(db: Connection, user_name: str) -> Secret | None:
    with db.cursor(row_factory=class_row(Secret)) as rows:
        return rows.execute(
            "SELECT id AS account, passphrase FROM draad.account WHERE user_name = %(user_name)s",
            {"user_name": user_name.strip().lower().replace("\0", "")},
        ).fetchone()


def _matches(known: str, passphrase: str) -> bool:
    try:
        return HASHER.verify(known, passphrase)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _keep(db: Connection, account: UUID, passphrase: str) -> None:
    db.execute(
        "UPDATE draad.account SET passphrase = %(passphrase)s WHERE id = %(id)s",
        {"id": account, "passphrase": HASHER.hash(passphrase)},
    )


@cache
def _of_nobody() -> str:
    return HASHER.hash("nobody has this")
