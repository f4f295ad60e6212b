"""Accounts as those see them who look after them: everything but what opens. And what they change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from psycopg.rows import class_row

from domain.entry import Role
from domain.history import said
from domain.store import sessions
from domain.store.links import revoke_links
from domain.store.pool import Connection

A_PAGE = 50
INVITATION, RESET = timedelta(days=7), timedelta(hours=1)  # how long a link to choose a pass phrase opens
GIVEN_BY_THE_CASE = (Role.CLIENT, Role.REPRESENTATIVE)  # their names are a client's: not for this list


class AccountState(StrEnum):
    """What one can do with an account now."""

    OPEN = "open"
    INVITED = "invited"
    INVITATION_OVER = "invitation_over"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Listed:
    """One account in the list. `link_until`: a link to choose a pass phrase lies open until then."""

    id: UUID
    user_name: str
    name: str
    role: Role
    team: str
    organisation: str
    email: str
    disabled_at: datetime | None
    signed_in_at: datetime | None
    has_passphrase: bool
    has_second_factor: bool
    link_until: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))  # a row brings it as text

    @property
    def state(self) -> AccountState:
        if self.disabled_at:
            return AccountState.DISABLED
        if self.has_passphrase:
            return AccountState.OPEN
        return AccountState.INVITED if self.link_until else AccountState.INVITATION_OVER


def staff(db: Connection, text: str = "", page: int = 1) -> tuple[list[Listed], int]:
    """One page of those who work here or look along, and how many there are in all."""
    looked_for = {
        "text": f"%{_plainly(text.strip())}%",
        "others": list(GIVEN_BY_THE_CASE),
        "skip": (page - 1) * A_PAGE,
        "each": A_PAGE,
    }
    with db.cursor(row_factory=class_row(Listed)) as rows:
        found = rows.execute(
            """
            SELECT id, user_name, name, role, team, organisation, email, disabled_at, signed_in_at,
                   has_passphrase, has_second_factor, link_until
              FROM draad.listed_account
             WHERE NOT role = ANY(%(others)s)
               AND (name ILIKE %(text)s OR user_name ILIKE %(text)s OR team ILIKE %(text)s)
             ORDER BY lower(name), user_name
             LIMIT %(each)s OFFSET %(skip)s
            """,
            looked_for,
        ).fetchall()
    count = db.execute(
        """
        SELECT count(*)
          FROM draad.account
         WHERE NOT role = ANY(%(others)s)
           AND (name ILIKE %(text)s OR user_name ILIKE %(text)s OR team ILIKE %(text)s)
        """,
        looked_for,
    ).fetchone()
    return found, int(count[0]) if count else 0


def teams(db: Connection) -> list[str]:
    """The teams of those who work here, by name."""
    found = db.execute(
        """
        SELECT DISTINCT team
          FROM draad.account
         WHERE team <> '' AND NOT role = ANY(%(others)s)
         ORDER BY team
        """,
        {"others": list(GIVEN_BY_THE_CASE)},
    )
    return [team for (team,) in found]


def of_staff(db: Connection, id: UUID) -> Listed | None:
    """One of them. Not the account of a client, nor of who speaks for one."""
    found = listed(db, id)
    return None if found is None or found.role in GIVEN_BY_THE_CASE else found


def listed(db: Connection, id: UUID) -> Listed | None:
    """The account with this id, as it is listed."""
    with db.cursor(row_factory=class_row(Listed)) as rows:
        return rows.execute(
            """
            SELECT id, user_name, name, role, team, organisation, email, disabled_at, signed_in_at,
                   has_passphrase, has_second_factor, link_until
              FROM draad.listed_account
             WHERE id = %(id)s
            """,
            {"id": id},
        ).fetchone()


def change_account(
    db: Connection,
    id: UUID,
    *,
    name: str,
    role: Role,
    team: str,
    email: str,
    organisation: str | None = None,
) -> None:
    """What is told of somebody. In another role one signs in anew: what was open in the old one ends.

    `organisation`: None leaves it as it is.
    """
    said("name", name)
    with db.transaction():
        changed = db.execute(
            """
            UPDATE draad.account AS a
               SET name = %(name)s, role = %(role)s, team = %(team)s, email = %(email)s,
                   organisation = coalesce(%(organisation)s, a.organisation)
              FROM (SELECT id, role FROM draad.account WHERE id = %(id)s FOR UPDATE) AS before
             WHERE a.id = before.id
            RETURNING before.role <> %(role)s
            """,
            {
                "id": id,
                "name": name,
                "role": role,
                "team": team,
                "email": email,
                "organisation": organisation,
            },
        ).fetchone()
        if changed and changed[0]:
            sessions.end_all(db, id)


def take_access_away(db: Connection, id: UUID) -> None:
    """From now on nobody gets in with this account, nor with a link that was made for it."""
    with db.transaction():
        db.execute(
            "UPDATE draad.account SET disabled_at = coalesce(disabled_at, now()) WHERE id = %(id)s",
            {"id": id},
        )
        sessions.end_all(db, id)
        revoke_links(db, id)


def give_access_back(db: Connection, id: UUID) -> None:
    """They may come in again, with the pass phrase they had."""
    db.execute("UPDATE draad.account SET disabled_at = NULL WHERE id = %(id)s", {"id": id})


def _plainly(text: str) -> str:
    """Without the signs that LIKE reads otherwise."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")
