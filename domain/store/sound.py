"""Whether what lies in the database fits together: streams without gaps, keys, what jobs did."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from domain.settings import DRAFTS_LAST
from domain.store.pool import Connection
from domain.store.vault import KeyGone, Vault, unseal

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
THEIRS = """
    SELECT client, array_agg(stream)
      FROM draad.stream_client JOIN draad.client_key USING (client)
     WHERE wrapped IS NOT NULL
     GROUP BY client
     ORDER BY client"""
UNDER_THE_KEY = "SELECT place, sealed FROM draad.sealed_of_client WHERE stream = ANY(%(streams)s)"
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


def shut(db: Connection, keys_db: Connection, vault: Vault) -> Iterator[str]:
    """What is kept of a client opens with their key. Not what is older than a key that was renewed."""
    for client in shut_clients(db, keys_db, vault):
        yield f"Client {client}: not all that is kept opens with their key. Is it older, or was it changed?"


def shut_clients(db: Connection, keys_db: Connection, vault: Vault) -> Iterator[UUID]:
    """Of whom that is. Looked at twice: a key that is renewed meanwhile is another than a moment ago."""
    for client, streams in keys_db.execute(THEIRS).fetchall():
        if all(_is_shut(db, vault, streams) for _ in range(2)):
            yield client


def _is_shut(db: Connection, vault: Vault, streams: Sequence[UUID]) -> bool:
    with db.cursor(binary=True) as rows:
        kept: list[Any] = rows.execute(UNDER_THE_KEY, {"streams": streams}).fetchall()
    vault.put_away(streams[0])  # as it is now
    try:
        key = vault.of(streams[0])
        for place, sealed in kept:
            unseal(key, sealed, place)
    except (InvalidTag, KeyGone) as why:
        return isinstance(why, InvalidTag)
    return False


def effects(db: Connection) -> Iterator[str]:
    """What the jobs say that they did was done: of the last digest and the last clean-up."""
    for job, query in (("digest", DIGESTS), ("clean_up", CLEANED)):
        row: Any = db.execute(query.encode(), {"last": DRAFTS_LAST}).fetchone()
        if row and row[0]:
            yield f"The job {job} says that it is done, and what it does is not there."
