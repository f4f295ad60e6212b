"""Sessions, kept on the server. The visitor holds a random id, we hold its hash and what goes with it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from domain.entry import Role
from domain.store.accounts import Account
from domain.store.pool import Connection


@dataclass(frozen=True)
class Limits:
    """When a session ends by itself, and how long after that a form that was typed in it is still kept.

    `half_way`: how long one may take for the code, after the pass phrase.
    """

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)
    half_way: timedelta = timedelta(minutes=5)
    late: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class Session:
    """What is kept with a session. `unmarked`: its last use was written down some time ago.

    `half_way`: the pass phrase was right, and the code is still to come. Nobody is signed in with it.
    """

    kept: str
    unmarked: bool
    half_way: bool
    ends_at: datetime
    account: UUID | None
    user_name: str | None
    name: str | None
    role: str | None
    organisation: str | None
    team: str | None

    @property
    def signed_in(self) -> Account | None:
        """Whose session it is; None when nobody is signed in with it (yet)."""
        return None if self.half_way else self.whose

    @property
    def whose(self) -> Account | None:
        """Who gave the pass phrase."""
        if self.account is None or self.role is None:
            return None
        return Account(
            self.account,
            self.user_name or "",
            self.name or "",
            Role(self.role),
            self.organisation or "",
            self.team or "",
        )


def find(db: Connection, id: str, limits: Limits) -> Session | None:
    """The session with this id, unless it has ended or its account is disabled."""
    with db.cursor(row_factory=class_row(Session)) as rows:
        return rows.execute(
            """
            SELECT s.kept, s.used_at < now() - interval '1 minute' AS unmarked, s.half_way,
                   least(now() + %(idle)s, s.started_at + %(absolute)s) AS ends_at,
                   s.account, a.user_name, a.name, a.role, a.organisation, a.team
              FROM draad.session s
              LEFT JOIN draad.account a ON a.id = s.account
             WHERE s.id_hash = %(id)s
               AND s.used_at > now() - %(idle)s
               AND s.started_at > now() - CASE WHEN s.half_way THEN %(half_way)s ELSE %(absolute)s END
               AND a.disabled_at IS NULL
            """,
            {"id": _hash(id), **_times(limits)},
        ).fetchone()


def ended(db: Connection, id: str, limits: Limits) -> Session | None:
    """The session with this id that ended by itself, not long ago. It opens nothing any more."""
    with db.cursor(row_factory=class_row(Session)) as rows:
        return rows.execute(
            """
            SELECT s.kept, false AS unmarked, s.half_way, s.used_at + %(idle)s AS ends_at,
                   s.account, a.user_name, a.name, a.role, a.organisation, a.team
              FROM draad.session s
              JOIN draad.account a ON a.id = s.account
             WHERE s.id_hash = %(id)s
               AND (s.used_at <= now() - %(idle)s OR s.started_at <= now() - %(absolute)s)
               AND s.used_at > now() - %(idle)s - %(late)s
               AND s.started_at > now() - %(absolute)s - %(late)s
               AND NOT s.half_way
               AND a.disabled_at IS NULL
            """,
            {"id": _hash(id), **_times(limits)},
        ).fetchone()


def begin(db: Connection, kept: str, account: UUID | None, *, half_way: bool = False) -> str:
    """A new session; gives its id, which we made ourselves and nobody could have planted."""
    made = secrets.token_urlsafe(32)
    db.execute(
        """
        INSERT INTO draad.session (id_hash, account, kept, half_way)
        VALUES (%(id)s, %(account)s, %(kept)s, %(half_way)s)
        """,
        {"id": _hash(made), "account": account, "kept": kept, "half_way": half_way},
    )
    return made


def keep(db: Connection, id: str, kept: str) -> None:
    """What goes with the session from now on."""
    db.execute(
        "UPDATE draad.session SET kept = %(kept)s, used_at = now() WHERE id_hash = %(id)s",
        {"id": _hash(id), "kept": kept},
    )


def mark_used(db: Connection, id: str) -> None:
    """It was used just now."""
    db.execute("UPDATE draad.session SET used_at = now() WHERE id_hash = %(id)s", {"id": _hash(id)})


def end(db: Connection, id: str) -> None:
    """This session opens nothing any more."""
    db.execute("DELETE FROM draad.session WHERE id_hash = %(id)s", {"id": _hash(id)})


def end_all(db: Connection, account: UUID, but: str = "") -> None:
    """All sessions of this account open nothing any more, on no machine; except this one."""
    db.execute(
        "DELETE FROM draad.session WHERE account = %(account)s AND id_hash <> %(but)s",
        {"account": account, "but": _hash(but)},
    )


def sweep(db: Connection, limits: Limits) -> None:
    """Take away the sessions that ended by themselves some time ago, with what they remembered."""
    db.execute(
        """
        DELETE FROM draad.session
         WHERE used_at <= now() - %(idle)s - %(late)s
            OR started_at <= now() - %(absolute)s - %(late)s
        """,
        _times(limits),
    )


def _times(limits: Limits) -> dict[str, timedelta]:
    return vars(limits)


def _hash(id: str) -> bytes:
    return hashlib.sha256(id.encode("utf-8", "replace")).digest()
