"""Whether what lies in the database fits together: streams without gaps, keys, what jobs did."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from domain.settings import DRAFTS_LAST
from domain.store.pool import Connection

GAPS = """
    SELECT originator_id
      FROM draad.stored_events
     GROUP BY originator_id
    HAVING min(originator_version) <> 1 OR max(originator_version) <> count(*)
     ORDER BY originator_id"""
# A state that begins with 1 is sealed.
WITHOUT_A_KEY = """
    SELECT originator_id, originator_version
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE get_byte(state, 0) = 1 AND wrapped IS NULL
     ORDER BY originator_id, originator_version"""
WITHOUT_AN_ENTRY = """
    SELECT originator_id, originator_version
      FROM draad.entry_keys LEFT JOIN draad.stored_events USING (originator_id, originator_version)
     WHERE notification_id IS NULL
     ORDER BY originator_id, originator_version"""
SEALED = """
    SELECT DISTINCT originator_id
      FROM draad.entry_keys
     ORDER BY originator_id"""
ERASED = "SELECT originator_id FROM draad.stored_events WHERE topic = 'erased' ORDER BY 1"
LEFT = """
    SELECT 1
      FROM draad.entry_keys
     WHERE originator_id = %(stream)s AND originator_version = %(entry)s"""
KNOWN = "SELECT stream, wrapped IS NULL FROM draad.stream_client JOIN draad.client_key USING (client)"
DIGESTS = """
    SELECT coalesce((counts ->> 'sent')::integer, 0)
           > (SELECT count(*) FROM draad.digest WHERE day >= (due AT TIME ZONE 'Europe/Amsterdam')::date)
      FROM draad.job
     WHERE job = 'digest' AND outcome = 'ok'
     ORDER BY due DESC
     LIMIT 1"""
CLEANED = """
    SELECT EXISTS (SELECT FROM draad.draft WHERE changed_at <= job.started_at - %(last)s::interval)
      FROM draad.job
     WHERE job = 'clean_up' AND outcome = 'ok'
     ORDER BY due DESC
     LIMIT 1"""


def gaps(db: Connection) -> Iterator[str]:
    """Of each stream all versions are there, from 1."""
    for (stream,) in db.execute(GAPS).fetchall():
        yield f"Stream {stream} has a gap: a version is missing."


def keys(db: Connection, keys_db: Connection, destroyed: Collection[tuple[UUID, int]] = ()) -> Iterator[str]:
    """Each sealed entry has its data key, and each stream its client's key, or the mark that it is gone.

    `destroyed`: the entries of which the record says so, by stream and number.
    """
    known: dict[Any, bool] = dict(keys_db.execute(KNOWN).fetchall())
    for (stream,) in db.execute(SEALED).fetchall():
        if stream not in known:
            yield f"Stream {stream} is not in the key database: it is older than the record."
    for stream, version in db.execute(WITHOUT_A_KEY).fetchall():
        if not known.get(stream, False) and (stream, version) not in destroyed:
            yield f"Entry {version} of stream {stream} has lost its data key: nobody can read it."
    for stream, version in db.execute(WITHOUT_AN_ENTRY).fetchall():
        yield f"There is a data key for entry {version} of stream {stream}, and no entry."


def forgotten(db: Connection, keys_db: Connection, destroyed: Collection[tuple[UUID, int]]) -> Iterator[str]:
    """Of what the record says is gone, no key is left."""
    known: dict[Any, bool] = dict(keys_db.execute(KNOWN).fetchall())
    for (stream,) in db.execute(ERASED).fetchall():
        if not known.get(stream, True):
            yield f"Stream {stream} was erased, and the key of its client is there: does the worker run?"
    for stream, entry in destroyed:
        if db.execute(LEFT, {"stream": stream, "entry": entry}).fetchone():
            yield f"Entry {entry} of stream {stream} was destroyed, and has a key: does the worker run?"


def effects(db: Connection) -> Iterator[str]:
    """What the jobs say that they did was done: of the last digest and the last clean-up."""
    for job, query in (("digest", DIGESTS), ("clean_up", CLEANED)):
        row: Any = db.execute(query.encode(), {"last": DRAFTS_LAST}).fetchone()
        if row and row[0]:
            yield f"The job {job} says that it is done, and what it does is not there."
