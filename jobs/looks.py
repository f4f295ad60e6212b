"""What a job or a command hands out of clients is a look too: a line for each of them, before it goes out.

The follower and the night round hand nothing to anybody, and leave none. An import makes entries, and these
say themselves who brought them in, when and from where.
"""

from __future__ import annotations

import getpass
import socket
from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_DNS, UUID, uuid4, uuid5

from domain.entry import Actor, Role
from domain.store.access_log import BY_ROLE, Code, Look, Point, Visit, write
from domain.store.pool import Connection


def exported(db: Connection, cases: Iterable[UUID], what: str, at: datetime, to: Actor | None = None) -> None:
    """These cases are in a file. `to`: for whom the worker made it; else somebody on the command line did."""
    visit = Visit(to or operator(), at, Point.JOB if to else Point.COMMAND_LINE, what, uuid4())
    write(db, None, visit, [Look(case_id, BY_ROLE, Code.EXPORT) for case_id in cases])


def taken_over(db: Connection, case_id: UUID, at: datetime) -> None:
    """This case came from another organisation, on the command line."""
    visit = Visit(operator(), at, Point.COMMAND_LINE, "dossier", uuid4())
    write(db, None, visit, [Look(case_id, BY_ROLE, Code.IMPORT)])


def told_by(db: Connection, who: Actor, case_id: UUID, command: str, at: datetime) -> None:
    """Somebody did this to the case, at the command line of who runs this."""
    visit = Visit(who, at, Point.COMMAND_LINE, operator().name, uuid4())
    write(db, None, visit, [Look(case_id, BY_ROLE, command)])


def sent(db: Connection, to: Actor, cases: Iterable[UUID], what: str, at: datetime) -> None:
    """These cases are named in a mail."""
    visit = Visit(to, at, Point.JOB, what, uuid4())
    write(db, None, visit, [Look(case_id, BY_ROLE, Code.SEND) for case_id in dict.fromkeys(cases)])


def operator() -> Actor:
    """Who is at the command line: known by their name on that computer, with no account here."""
    user, host = getpass.getuser(), socket.gethostname()
    return Actor(uuid5(NAMESPACE_DNS, f"{user}@{host}"), Role.ADMINISTRATOR, user, host)
