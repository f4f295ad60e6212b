"""Who gets a digest by e-mail, and what the last one told them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg.rows import class_row

from domain.entry import Role
from domain.store.pool import Connection

CLAIM = """
    INSERT INTO draad.digest AS held (account, day, told)
    VALUES (%(account)s, %(day)s, %(told)s)
    ON CONFLICT (account) DO UPDATE SET day = EXCLUDED.day, told = EXCLUDED.told
     WHERE held.day < EXCLUDED.day
    RETURNING account"""


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a digest. `told` is of the last one."""

    account: UUID
    email: str
    team: str
    told: list[str]
    name: str = ""


def readers(db: Connection) -> list[Reader]:
    """The coordinators who can sign in and have an address."""
    with db.cursor(row_factory=class_row(Reader)) as rows:
        return rows.execute(
            """
            SELECT account.id AS account, email, team, name, coalesce(told, '{}') AS told
              FROM draad.account LEFT JOIN draad.digest ON digest.account = account.id
             WHERE role = %(role)s AND email <> '' AND disabled_at IS NULL
             ORDER BY account.id
            """,
            {"role": Role.COORDINATOR},
        ).fetchall()


def claim(db: Connection, account: UUID, day: date, told: list[str]) -> bool:
    """Whether today's mail to this account is ours to send. Written down before it is sent.

    So a mail is sent at most once: one that is lost when we are killed in between tells nothing that the
    lists do not show, while mail that comes twice is soon not read any more.
    """
    return db.execute(CLAIM, {"account": account, "day": day, "told": told}).fetchone() is not None


def take_back(db: Connection, reader: Reader) -> None:
    """Today's mail was turned down: what it would have told is still to tell, tomorrow."""
    db.execute(
        "UPDATE draad.digest SET told = %(told)s WHERE account = %(account)s",
        {"account": reader.account, "told": reader.told},
    )
