"""Local accounts: who may sign in, in which role, and how often they may guess."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from psycopg.rows import class_row

from domain.entry import Actor, Role
from domain.store.pool import Connection

ATTEMPTS, WITHIN = 5, timedelta(minutes=15)
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


@dataclass(frozen=True)
class Secret:
    """What a pass phrase is checked against."""

    account: UUID
    passphrase: str


def add_account(
    db: Connection,
    user_name: str,
    passphrase: str,
    *,
    name: str,
    role: Role,
    organisation: str = "",
    team: str = "",
    email: str = "",
    id: UUID | None = None,
) -> Account:
    """Make an account. The pass phrase is kept as an argon2 hash only. To `email` goes the digest."""
    account = Account(id or uuid4(), user_name.strip().lower(), name, role, organisation, team)
    db.execute(
        """
        INSERT INTO draad.account (id, user_name, name, role, organisation, team, email, passphrase)
        VALUES (%(id)s, %(user_name)s, %(name)s, %(role)s, %(organisation)s, %(team)s, %(email)s,
                %(passphrase)s)
        """,
        {**vars(account), "email": email, "passphrase": HASHER.hash(passphrase)},
    )
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


def who_can_join(db: Connection) -> list[Account]:
    """The accounts of those who take part in cases, by name."""
    with db.cursor(row_factory=class_row(Account)) as rows:
        return rows.execute(
            """
            SELECT id, user_name, name, role, organisation, team, disabled_at
              FROM draad.account
             WHERE disabled_at IS NULL AND role = ANY(%(roles)s)
             ORDER BY name, user_name
            """,
            {"roles": [Role.COORDINATOR, Role.WORKER, Role.PARTNER]},
        ).fetchall()


def write_to(db: Connection, user_name: str, email: str) -> bool:
    """From now on the digest goes here; nowhere when it is empty. Whether there is such an account."""
    changed = db.execute(
        "UPDATE draad.account SET email = %(email)s WHERE user_name = %(user_name)s",
        {"email": email, "user_name": user_name.strip().lower()},
    )
    return changed.rowcount > 0


def disable_account(db: Connection, user_name: str) -> None:
    """From now on nobody gets in with this account; sessions of it end at their next request."""
    db.execute(
        """
        UPDATE draad.account
           SET disabled_at = now()
         WHERE user_name = %(user_name)s AND disabled_at IS NULL
        """,
        {"user_name": user_name.strip().lower()},
    )


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


@dataclass(frozen=True)
class Attempts:
    """The guesses for one name, and from one address. Counted beforehand: many at once do not slip by."""

    name: bytes
    address: bytes

    @classmethod
    def of(cls, key: bytes, user_name: str, address: str) -> Attempts:
        name = user_name.strip().lower()
        return cls(_hidden(key, f"name:{name}"), _hidden(key, f"address:{address}"))

    def allow(self, db: Connection) -> bool:
        """Whether one more may be made; it is counted when so."""
        with db.transaction():
            for what in sorted((self.name, self.address)):
                db.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(encode(%(w)s, 'hex'), 0))", {"w": what}
                )
            if self._most(db) >= ATTEMPTS:
                return False
            db.execute(
                "INSERT INTO draad.sign_in_attempt (what) VALUES (%(name)s), (%(address)s)",
                {"name": self.name, "address": self.address},
            )
            return True

    def succeeded(self, db: Connection) -> None:
        """The name starts afresh. Of the address this attempt alone goes: an own account clears no way."""
        db.execute("DELETE FROM draad.sign_in_attempt WHERE what = %(name)s", {"name": self.name})
        db.execute(
            """
            DELETE FROM draad.sign_in_attempt
             WHERE ctid = (SELECT ctid FROM draad.sign_in_attempt
                            WHERE what = %(address)s ORDER BY at DESC LIMIT 1)
            """,
            {"address": self.address},
        )

    def _most(self, db: Connection) -> int:
        db.execute("DELETE FROM draad.sign_in_attempt WHERE at <= now() - %(within)s", {"within": WITHIN})
        row = db.execute(
            """
            SELECT greatest(count(*) FILTER (WHERE what = %(name)s),
                            count(*) FILTER (WHERE what = %(address)s))
              FROM draad.sign_in_attempt
             WHERE what IN (%(name)s, %(address)s)
            """,
            {"name": self.name, "address": self.address},
        ).fetchone()
        return int(row[0]) if row else 0


def _hidden(key: bytes, what: str) -> bytes:
    return hmac.digest(key, what.encode("utf-8", "replace"), "sha256")
