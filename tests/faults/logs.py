"""A log with a few cases on it, signed, and a superuser who can do anything to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from domain.entry import Actor, Role
from domain.store import access_log
from domain.store.access_log import Look, Point, Visit
from domain.store.database import APP, Database
from domain.store.log.checkpoint import Signer
from domain.store.log.logs import LOOKS, RECORD, Log
from domain.store.log.outside import Folder, signer
from domain.store.log.sequencer import Sequencer
from domain.store.log.verify import Verdict, verify
from domain.store.pool import Connection, connect

STREAM = UUID(int=11), UUID(int=12)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Clock:
    """One second later each time it is asked."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def append(db: Connection, stream: UUID, *versions: int) -> None:
    """Entries of one stream, in one save."""
    db.execute(
        """
        SELECT draad.append(%(streams)s::uuid[], %(versions)s::bigint[], %(topics)s::text[],
                            %(states)s::bytea[], %(keys)s::bytea[])""",
        {
            "streams": [stream] * len(versions),
            "versions": list(versions),
            "topics": ["case.opened" if one == 1 else "action.taken" for one in versions],
            "states": [b"\1\1" + f"state {stream.int} {one}".encode() for one in versions],
            "keys": [b"key"] * len(versions),
        },
    )


def look(db: Connection, of: UUID, detail: str = "case") -> None:
    """Somebody looks."""
    noor = Actor(UUID(int=7), Role.COORDINATOR, "Noor", organisation="De Brug", team="Noord")
    visit = Visit(noor, NOON, Point.WEB, detail, uuid4())
    access_log.write(db, None, visit, [Look(of, "team")])


@dataclass
class Logged:
    """What a test asks of a log: put on what is new, do something to the database, verify."""

    database: Database
    db: Connection
    home: Folder
    of: Log
    clock: Clock
    witnesses: tuple[Folder, ...] = ()

    @property
    def signer(self) -> Signer:
        return signer(self.database.secrets, self.of.name)

    def sequencer(self, db: Connection | None = None) -> Sequencer:
        return Sequencer(
            db or self.db, self.of, self.signer, self.home, witnesses=self.witnesses, clock=self.clock
        )

    def sequence(self) -> None:
        """As a worker that starts, works, and stops."""
        with connect(self.database) as db:
            sequencer = self.sequencer(db)
            while sequencer.step():
                pass

    def verify(self, *more: Folder, **how: Any) -> Verdict:
        folders = [self.home, *self.witnesses, *more]
        return verify(self.db, self.of, self.signer.verifier, folders, **how)

    def tamper(self, *statements: str, **facts: Any) -> None:
        """As the superuser, past every trigger."""
        with psycopg.connect(self.database.admin("draad"), autocommit=True) as db:
            db.execute("SET session_replication_role = replica")
            for statement in statements:
                db.execute(statement.encode(), facts or None)

    def rewrite_the_list(self) -> None:
        """As somebody who has the code: the list in the database follows from the rows again."""
        self.tamper(f"DELETE FROM draad.log_leaf WHERE log = '{self.of.name}'")  # noqa: S608 - our own name
        self.tamper(f"DELETE FROM draad.log_block WHERE log = '{self.of.name}'")  # noqa: S608
        with TemporaryHome() as home, connect(self.database) as db:
            forger = Sequencer(db, self.of, Signer("forger", bytes(32)), home, witnesses=(), clock=self.clock)
            while forger.step():
                pass


@contextmanager
def TemporaryHome() -> Iterator[Folder]:  # noqa: N802
    """Where a forger leaves what would betray them."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        yield Folder(Path(folder))


@contextmanager
def logged(database: Database, folder: Path, of: Log) -> Iterator[Logged]:
    """Ten entries or looks, signed after the sixth and after the tenth."""
    with closing(psycopg.connect(database.dsn(APP), autocommit=True)) as db:
        log = Logged(database, db, Folder(folder / "checkpoints"), of, Clock())
        if of is RECORD:
            append(db, STREAM[0], 1, 2, 3)
            append(db, STREAM[1], 1, 2, 3)
            log.sequence()
            append(db, STREAM[0], 4, 5)
            append(db, STREAM[1], 4, 5)
        elif of is LOOKS:
            for nr in range(6):
                look(db, STREAM[nr % 2], f"page {nr}")
            log.sequence()
            for nr in range(4):
                look(db, STREAM[nr % 2], f"page {nr}")
        log.sequence()
        yield log
