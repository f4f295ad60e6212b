"""Append by one function call in the database; read entries together with their wrapped data keys.

The library's own way of writing holds its lock while a pipeline fills, repeats what was answered with no,
and calls our own stored event a conflict when the answer got lost. This one asks once, and then looks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    IntegrityError,
    InterfaceError,
    Notification,
    OperationalError,
    PersistenceError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import BaseRowFactory, class_row, scalar_row, tuple_row
from psycopg_pool import PoolTimeout

from domain.store import documents
from domain.store.appending import append
from domain.store.documents import SealedFile
from domain.store.group import Group

STORED = """
    SELECT notification_id
      FROM draad.stored_events
     WHERE originator_id = %(stream)s AND originator_version = %(version)s
       AND topic = %(topic)s AND state = %(state)s"""
STREAM = """
    SELECT originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id = %(stream)s
       AND (%(gt)s::bigint IS NULL OR originator_version > %(gt)s)
       AND (%(lte)s::bigint IS NULL OR originator_version <= %(lte)s)
     ORDER BY originator_version"""
AFTER = """
    SELECT originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id = %(stream)s AND originator_version > %(after)s
     ORDER BY originator_version"""
FORWARD, BACKWARD = STREAM + " LIMIT %(limit)s", STREAM + " DESC LIMIT %(limit)s"
FOLLOWING = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE notification_id > %(after)s
       AND (%(stop)s::bigint IS NULL OR notification_id <= %(stop)s)
       AND (%(topics)s::text[] IS NULL OR topic = ANY(%(topics)s))
     ORDER BY notification_id
     LIMIT %(limit)s"""
# A commit that waits for the standby, and so for all that was written before it.
THERE_TOO = "SELECT pg_logical_emit_message(true, 'draad', '')"
ATTEMPTS, PAUSE = 10, 0.2

Row = tuple[int, str, bytes, bytes | None]  # an entry within its stream: version, topic, state, wrapped key


class OutcomeUnknown(PersistenceError):
    """It is not known whether this was kept: the answer or the standby was lost. Look before repeating."""


@dataclass(frozen=True)
class StoredEntry(StoredEvent):
    """An entry as it lies in the database, with its wrapped data key: none when plain, or forgotten."""

    wrapped: bytes | None = None


@dataclass(frozen=True)
class NumberedEntry(Notification):
    """A stored entry with its place in the order of all entries (`id`)."""

    wrapped: bytes | None = None


class Recorder(PostgresApplicationRecorder):
    """The library's recorder, writing through draad.append() and reading with the data keys."""

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        datastore.db_type_names.clear()  # arrays, no composite type: nothing to look up at each connect
        self.group = Group(self._write)

    def create_table(self) -> None:
        """Migrations do that, as the owner."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, files: list[SealedFile] | None = None, **kwargs: Any
    ) -> Sequence[int]:
        """Store all, with their files, or nothing; gives their numbers in the order of all entries."""
        if kwargs.get("tracking") is not None:  # the library passes it always
            raise TypeError("positions belong to the follower")
        attempts = 0

        def save() -> list[int]:
            nonlocal attempts
            attempts += 1
            try:
                return self._append(stored_events, files or [])
            except IntegrityError:
                ours = self._ours(stored_events) if attempts > 1 else []
                if not ours:
                    raise
                return ours

        try:
            return self._patiently(save) if stored_events else []
        except (InterfaceError, OperationalError) as error:
            if attempts > 1 or lost(error):
                raise OutcomeUnknown(str(error)) from error
            raise

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        asked = {"stream": originator_id, "gt": gt, "lte": lte, "limit": limit}
        found: list[StoredEntry] = self._read(class_row(StoredEntry), BACKWARD if desc else FORWARD, asked)
        return found

    def read_stream(self, stream: UUID, after: int = 0) -> list[Row]:
        """The entries of a stream after this one. As bare rows: making something of each costs more than
        reading them.
        """
        return self._read(tuple_row, AFTER, {"stream": stream, "after": after})

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = 0 if start is None else start - inclusive_of_start
        asked = {"after": after, "stop": stop, "topics": list(topics) or None, "limit": limit}
        found: list[NumberedEntry] = self._read(class_row(NumberedEntry), FOLLOWING, asked)
        return found

    def _append(self, events: Sequence[StoredEvent], files: list[SealedFile]) -> list[int]:
        """Together with what other threads save now. With files by itself: nobody waits for those."""
        return self._write(events, files) if files else self.group.save(events)

    def _write(self, events: Sequence[StoredEvent], files: Sequence[SealedFile] = ()) -> list[int]:
        """One transaction, and without files one round trip. Files come first, before anything is locked."""
        keys = [e.wrapped if isinstance(e, StoredEntry) else None for e in events]
        with (
            self.datastore.get_connection() as db,
            _replicated(db),
            db.transaction() if files else nullcontext(),
        ):
            documents.keep(db, files)
            return append(db, events, keys)

    def _ours(self, events: Sequence[StoredEvent]) -> list[int]:
        """The numbers of these very events if all are stored, byte for byte. Sealing makes no two alike.

        A server that came back after a crash may hold them alone: then this waits, as the save did.
        """
        with (
            self.datastore.get_connection() as db,
            _replicated(db),
            db.cursor(row_factory=scalar_row) as rows,
        ):
            found: list[Any] = [
                rows.execute(
                    STORED,
                    {
                        "stream": e.originator_id,
                        "version": e.originator_version,
                        "topic": e.topic,
                        "state": e.state,
                    },
                ).fetchone()
                for e in events
            ]
            if None in found:
                return []
            rows.execute(THERE_TOO)
        return found

    def _read(self, rows_as: BaseRowFactory[Any], query: str, asked: dict[str, Any]) -> list[Any]:
        def ask() -> list[Any]:
            with self.datastore.get_connection() as db, db.cursor(binary=True, row_factory=rows_as) as rows:
                return rows.execute(query.encode(), asked, prepare=True).fetchall()

        return self._patiently(ask)

    def _patiently(self, ask: Callable[[], list[Any]]) -> list[Any]:
        """Ask again while connections are lost. Anything else is an answer, however much we dislike it."""
        for _ in range(ATTEMPTS - 1):
            try:
                return ask()
            except (InterfaceError, OperationalError) as error:
                if not lost(error):
                    raise
                time.sleep(PAUSE)
                self.datastore.pool.check()  # those beside it are likely lost as well
        return ask()


def read_after(db: psycopg.Connection[Any], position: int, limit: int) -> list[NumberedEntry]:
    """The next entries of all streams, in the reader's own transaction: a follower's way to read."""
    asked = {"after": position, "stop": None, "topics": None, "limit": limit}
    with db.cursor(binary=True, row_factory=class_row(NumberedEntry)) as rows:
        return rows.execute(FOLLOWING, asked, prepare=True).fetchall()


def lost(error: Exception) -> bool:
    """Whether the server could not answer, rather than answered no."""
    if isinstance(error.__cause__, PoolTimeout):
        return False  # nothing was asked, and we waited long enough for a connection
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] == "08" or state in {"57P01", "57P02", "57P03"}


@contextmanager
def _replicated(db: psycopg.Connection[Any]) -> Iterator[None]:
    """A commit whose wait for the standby was cut short is reported as success, with a warning beside it.

    Any warning counts: append() gives none of its own, and their words are in the language of the server.
    """
    warnings: list[str] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            warnings.append(notice.message_primary or "")

    db.add_notice_handler(hear)
    try:
        yield
    finally:
        db.remove_notice_handler(hear)
        if warnings:
            raise OutcomeUnknown(warnings[0])
