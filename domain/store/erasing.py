"""Forgetting clients, from the decision to the certificate, in steps that can each be repeated.

A client is forgotten from the moment that `Erased` ends their streams: casework.erase(). What follows is done
here, by the worker and at every start before anybody comes in: streams that lack it get it, the key goes,
then what is kept beside the record; and that once more after the time that a key is remembered, for who knew
it could have written something back. Killed anywhere, whoever sweeps next goes on. Tables put back from a
backup are swept like any other: who was forgotten stands in the record, and beside the keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from domain.erasing import Erased
from domain.kinds import WhyErased
from domain.store.appending import append
from domain.store.database import APP, KEYS, Database
from domain.store.mapper import SealedMapper
from domain.store.pool import Connection, connect, connect_to
from domain.store.renewing import read, renew
from domain.store.vault import Vault

WAKES = "erasures"  # whoever sweeps listens here
ONE_AT_A_TIME = 5_701_735  # the number of our advisory lock; any will do
ENDED = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, NULL::bytea AS wrapped
      FROM draad.stored_events
     WHERE topic = 'erased'
     ORDER BY notification_id"""
WHOSE = "SELECT stream, client FROM draad.stream_client WHERE stream = ANY(%(streams)s)"
WRITE_DOWN = """
    INSERT INTO draad.erasure (client, ground, proposed_by, approved_by, decided_at)
    VALUES (%(client)s, %(ground)s, %(proposed_by)s, %(approved_by)s, %(decided_at)s)
    ON CONFLICT DO NOTHING"""
LOST = """
    INSERT INTO draad.erasure (client, ground, decided_at)
    SELECT client, 'unknown', destroyed_at
      FROM draad.client_key
     WHERE wrapped IS NULL
    ON CONFLICT DO NOTHING"""
OF_THE_ERASED = """
    SELECT client, array_agg(stream)
      FROM draad.erasure JOIN draad.stream_client USING (client)
     GROUP BY client"""
LAST = """
    SELECT originator_id, max(originator_version)
      FROM draad.stored_events
     WHERE originator_id = ANY(%(streams)s)
     GROUP BY originator_id
    HAVING NOT bool_or(topic = 'erased')"""
KEYS_LEFT = "SELECT client FROM draad.erasure JOIN draad.client_key USING (client) WHERE wrapped IS NOT NULL"
RIPE = """
    SELECT client
      FROM draad.erasure JOIN draad.client_key USING (client)
     WHERE finished_at IS NULL AND destroyed_at <= now() - %(keep)s * interval '1 second'"""
HEAD = "SELECT note FROM draad.log_head WHERE log = 'record'"
FINISH = """
    UPDATE draad.erasure
       SET finished_at = now(), log_size = %(size)s, log_root = %(root)s
     WHERE client = ANY(%(clients)s) AND finished_at IS NULL"""
WHAT = """
    WITH of_them AS (SELECT topic FROM draad.stored_events WHERE originator_id = ANY(%(streams)s))
    SELECT (SELECT count(*) FROM of_them WHERE topic = 'case_opened'),
           (SELECT count(*) FROM of_them WHERE topic <> 'erased'),
           (SELECT count(*) FROM of_them WHERE topic = 'contact_held'),
           (SELECT count(*) FROM of_them WHERE topic = 'mandate_given'),
           (SELECT count(*) FROM draad.document WHERE case_id = ANY(%(streams)s)),
           (SELECT count(*) FROM draad.draft WHERE case_id = ANY(%(streams)s)),
           (SELECT count(*) FROM draad.export WHERE case_id = ANY(%(streams)s)),
           (SELECT count(*) FROM draad.raw_resource WHERE case_id = ANY(%(streams)s)),
           (SELECT count(*) FROM draad.link WHERE case_id = ANY(%(streams)s))"""
COUNT = "UPDATE draad.erasure SET counts = %(counts)s WHERE client = %(client)s AND counts = '{}'"
ONE = """
    SELECT client, ground, proposed_by, approved_by, decided_at, counts, finished_at, log_size, log_root
      FROM draad.erasure
     WHERE %(client)s::uuid IS NULL OR client = %(client)s
     ORDER BY decided_at DESC, client"""


@dataclass(frozen=True)
class Erasure:
    """Who was forgotten, by which decision, and what went. Finished: that is the certificate."""

    client: UUID
    ground: WhyErased
    proposed_by: UUID | None
    approved_by: UUID | None
    decided_at: datetime
    counts: dict[str, int]
    finished_at: datetime | None
    log_size: int | None
    log_root: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "ground", WhyErased(self.ground))  # a row brings it as text

    @property
    def decision(self) -> dict[str, Any]:
        """On what ground, and by which two."""
        return {"ground": self.ground, "proposed_by": self.proposed_by, "approved_by": self.approved_by}


def erasures(keys: Connection, client: UUID | None = None) -> list[Erasure]:
    """Who was forgotten, the last first; or this client alone."""
    with keys.cursor(row_factory=class_row(Erasure)) as rows:
        return rows.execute(ONE, {"client": client}).fetchall()


def write_down(database: Database, vault: Vault) -> None:
    """So that who just decided it sees at once that it goes on; a sweep does the rest."""
    with connect(database) as db, connect_to(database.dsn(APP, KEYS)) as keys:
        Sweep(db, keys, vault).write_down()


def sweep(database: Database, vault: Vault, done: Callable[[str], None] = lambda _: None) -> int:
    """Take every erasure as far as it goes now; gives how many are not finished. `done` hears each step."""
    with alone(database) as db, connect_to(database.dsn(APP, KEYS)) as keys:
        at = Sweep(db, keys, vault)
        first = at.write_down, at.end_streams, at.destroy_keys
        for step in (*first, at.take_rows, at.take_accounts, at.finish):
            step()
            done(step.__name__)
        left = renew(db, keys, vault)
        done("renewed")
        row: Any = keys.execute("SELECT count(*) FROM draad.erasure WHERE finished_at IS NULL").fetchone()
        return int(row[0]) + left + at.take_accounts()


@contextmanager
def alone(database: Database) -> Iterator[Connection]:
    """Nobody else sweeps: no key goes, and none is renewed."""
    with connect(database) as db:
        db.execute("SELECT pg_advisory_lock(%(lock)s)", {"lock": ONE_AT_A_TIME})  # goes with the connection
        yield db


@dataclass(frozen=True)
class Sweep:
    """The steps, in their order. Each does what is left to do of all erasures, and twice is once."""

    db: Connection
    keys: Connection
    vault: Vault

    def write_down(self) -> None:
        """Beside the keys stands who was forgotten, and what there was of them."""
        ended: dict[UUID, Erased] = {event.originator_id: event for event in self._ended()}
        whose = self.keys.execute(WHOSE, {"streams": list(ended)}).fetchall()
        for stream, client in whose:
            told = ended[stream]
            facts = {"client": client, "decided_at": told.timestamp, **told.decision}
            self.keys.execute(WRITE_DOWN, facts)
        self.keys.execute(LOST)  # the record was put back from before: their key is gone, and that stands
        for one in erasures(self.keys):
            if not one.counts:
                counts = json.dumps(what_there_is(self.db, self.vault.streams_of(one.client)))
                self.keys.execute(COUNT, {"client": one.client, "counts": counts})

    def end_streams(self) -> None:
        """Each stream of who was forgotten ends with that: also one that came to be meanwhile."""
        told = {one.client: one for one in erasures(self.keys)}
        for client, streams in self.keys.execute(OF_THE_ERASED).fetchall():
            for stream, last in self.db.execute(LAST, {"streams": streams}).fetchall():
                self._end(stream, last, told[client])

    def destroy_keys(self) -> None:
        """Their keys go, and every process that remembers one hears so."""
        for (client,) in self.keys.execute(KEYS_LEFT).fetchall():
            self.vault.destroy(client)

    def take_rows(self) -> None:
        """What is kept of them beside the record: data keys, files, drafts, links, sessions, lists."""
        self.db.execute("SELECT draad.forget()")

    def take_accounts(self) -> int:
        """Those of who speaks for nobody else; gives how many wait until the lists show who does."""
        row: Any = self.db.execute("SELECT draad.forget_accounts()").fetchone()
        return int(row[0])

    def finish(self) -> None:
        """Once more for those whose key nobody can remember any more; then that is it."""
        ripe = [client for (client,) in self.keys.execute(RIPE, {"keep": self.vault.keep})]
        if not ripe:
            return
        self.end_streams()
        self.take_rows()
        if self.take_accounts():
            return
        row: Any = self.db.execute(HEAD).fetchone()
        size, root = row[0].split("\n")[1:3] if row else (None, None)
        self.keys.execute(FINISH, {"clients": ripe, "size": size, "root": root})

    def _ended(self) -> Iterator[Erased]:
        return read(self.db, self.vault, ENDED)

    def _end(self, stream: UUID, last: int, why: Erasure) -> None:
        """Overtaken is no harm: the next sweep ends it."""
        event = Erased.after(stream, last, why.decided_at, **why.decision)
        stored = SealedMapper(self.vault).to_stored_event(event)
        with suppress(psycopg.errors.UniqueViolation):
            append(self.db, [stored], [None])


def what_there_is(db: Connection, streams: Collection[UUID]) -> dict[str, int]:
    """How much there is of a client, by kind: what goes when they are forgotten."""
    row: Any = db.execute(WHAT, {"streams": list(streams)}).fetchone()
    of_record = ("cases", "entries", "contacts", "reviews")
    beside = ("documents", "drafts", "exports", "resources", "links")
    return dict(zip((*of_record, *beside), row, strict=True))
