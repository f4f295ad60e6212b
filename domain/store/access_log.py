"""The log of who looked (NEN 7513): lines that are only ever added, one for each client a request is about.

A line names the part of the record that was shown, never what it said. What a manager or reviewer looked for
is in words, so it is sealed under the client's key, and forgotten with it.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from psycopg.rows import class_row

from domain.days import HERE
from domain.entry import Actor
from domain.history import said
from domain.store.pool import Connection
from domain.store.vault import KeyGone, KeysBehind, Vault, seal, unseal

THE_LOG = UUID("9d0f7a52-52a4-5c5b-b0a9-7a8d1b1f6c11")  # what is looked at when the log itself is read
OBJECTION = "object_to_look"  # the command by which a client says so
ELSEWHERE = "elsewhere"  # the ground of a look that another system tells of: which one, its line says
BY_ROLE = "role"  # the ground of a list: which cases stand on it is settled by the role


class NotWritten(Exception):
    """Who looked could not be written down."""


class Code(StrEnum):
    """What happened. A command is a code of its own: take_stance."""

    READ = "read"
    LIST = "list"
    SEARCH = "search"
    SEARCH_IN = "search_in"  # in the words of one case
    EXPORT = "export"
    DOWNLOAD = "download"
    RECORD = "record"
    IMPORT = "import"
    SEND = "send"
    READ_LOG = "read_log"
    EXPORT_LOG = "export_log"
    REVIEW_LOG = "review_log"


# As DICOM has them, where the norm comes from: a query is executed, an export is a read.
ACTIONS: dict[str, str] = {
    **dict.fromkeys(map(str, Code), "R"),
    Code.SEARCH: "E",
    Code.SEARCH_IN: "E",
    Code.RECORD: "C",
    Code.IMPORT: "C",
    Code.REVIEW_LOG: "C",
}


class Point(StrEnum):
    """Where somebody came in."""

    WEB = "web"
    API = "api"
    COMMAND_LINE = "command_line"
    JOB = "job"


@dataclass(frozen=True)
class Visit:
    """Who is here, when, and by which door: the same for all lines of one request."""

    by: Actor
    at: datetime
    point: Point
    detail: str
    request_id: UUID
    shown: bool = True
    system: str = ""  # the system that tells of it; this one, when it is none

    @property
    def columns(self) -> dict[str, object]:
        """What stands in each of its lines."""
        return {
            "at": self.at,
            "utc_offset": (self.at.astimezone(HERE).utcoffset() or timedelta()).total_seconds() // 60,
            "user_id": self.by.user,
            "user_role": self.by.role.value,
            "user_name": self.by.name,
            "organisation": self.by.organisation,
            "team": self.by.team,
            "point": self.point.value,
            "detail": self.detail,
            "request_id": self.request_id,
            "outcome": "ok" if self.shown else "not_shown",
            "source": self.system or source_id(),
        }


@dataclass(frozen=True)
class Look:
    """What was looked at: a case, or the log itself."""

    of: UUID
    ground: str
    code: str = Code.READ
    why: str = ""
    entry: int | None = None
    on_behalf_of: UUID | None = None  # the client that a representative speaks for

    @property
    def action(self) -> str:
        """What is not named is a command: it adds something."""
        return ACTIONS.get(self.code, "C")


WRITE = """
    INSERT INTO draad.access_log (
           event_code, action, occurred_at, utc_offset, user_id, user_role, object_id_type, object_id,
           authorisation_protocol, source_id, user_name, organisation, team, on_behalf_of_id,
           on_behalf_of_role, why, detail, entry, request_id, access_point_type, outcome)
    SELECT code, action, %(at)s, %(utc_offset)s, %(user_id)s, %(user_role)s,
           CASE WHEN object = %(the_log)s THEN 'access_log' ELSE 'case' END, object, ground, %(source)s,
           %(user_name)s, %(organisation)s, %(team)s, behalf, CASE WHEN behalf IS NOT NULL THEN 'client' END,
           why, %(detail)s, entry, %(request_id)s, %(point)s, %(outcome)s
      FROM unnest(%(codes)s::text[], %(actions)s::text[], %(objects)s::uuid[], %(grounds)s::text[],
                  %(behalf)s::uuid[], %(whys)s::bytea[], %(entries)s::bigint[])
           WITH ORDINALITY AS look (code, action, object, ground, behalf, why, entry, nr)
     ORDER BY nr"""


def write(db: Connection, vault: Vault | None, visit: Visit, looks: Sequence[Look]) -> None:
    """All lines of one request in one statement: they stand there together, or none does. NotWritten."""
    facts: dict[str, object] = {
        **visit.columns,
        "the_log": THE_LOG,
        "codes": [str(look.code) for look in looks],
        "actions": [look.action for look in looks],
        "objects": [look.of for look in looks],
        "grounds": [str(look.ground) for look in looks],
        "behalf": [look.on_behalf_of for look in looks],
        "whys": [_sealed(vault, visit, look) for look in looks],
        "entries": [look.entry for look in looks],
    }
    try:
        db.execute(WRITE, facts)
    except psycopg.Error as error:
        raise NotWritten from error


@dataclass(frozen=True)
class Review:
    """What somebody found who went through the looks of a month."""

    month: date  # its first day
    posted: UUID
    finding: str
    by_user: UUID
    by_name: str
    done_at: datetime


def review(db: Connection, done: Review) -> None:
    """Write down what was found. The same form twice is one review."""
    said("finding", done.finding)
    db.execute(
        """
        INSERT INTO draad.access_review (month, posted, finding, by_user, by_name, done_at)
        VALUES (%(month)s, %(posted)s, %(finding)s, %(by_user)s, %(by_name)s, %(done_at)s)
        ON CONFLICT (posted) DO NOTHING""",
        vars(done),
    )


def reviews(db: Connection) -> list[Review]:
    """What was found, the newest first."""
    with db.cursor(row_factory=class_row(Review)) as rows:
        return rows.execute(
            """
            SELECT month, posted, finding, by_user, by_name, done_at
              FROM draad.access_review
             ORDER BY month DESC, id DESC"""
        ).fetchall()


def words_of(vault: Vault, case_id: UUID, request_id: UUID, why: bytes | None) -> str:
    """What somebody looked for, in their words; nothing when the client was forgotten."""
    if why is None:
        return ""
    try:
        return unseal(vault.of(case_id), why, case_id.bytes + request_id.bytes).decode()
    except (KeyGone, KeysBehind, InvalidTag):
        return ""


def _sealed(vault: Vault | None, visit: Visit, look: Look) -> bytes | None:
    if vault is None or not look.why:
        return None
    place = look.of.bytes + visit.request_id.bytes
    with suppress(KeyGone):  # forgotten a moment ago: that somebody looked is written down all the same
        return seal(vault.of(look.of), look.why.encode(), place)
    return None


@cache
def source_id() -> str:
    """Which installation wrote the line."""
    return f"draad@{socket.gethostname()}"
