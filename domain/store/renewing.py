"""Forgetting one entry: its data key goes, then the client's key is renewed, so that no backup undoes it.

All that was sealed under the client's key is sealed under the new one before the old one goes. In between
every process seals with the new one: we wait for the time that a key is remembered. Killed anywhere, the next
sweep goes on. What somebody looked for (access_log.why) was signed as it is, and stays under the old key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from psycopg.rows import class_row

from domain.erasing import EntryDestroyed
from domain.store.mapper import SealedMapper
from domain.store.pool import Connection
from domain.store.recorder import NumberedEntry
from domain.store.sound import LEFT
from domain.store.vault import Renewing, Vault, seal, unseal

TOLD = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE topic = 'entry_destroyed'
     ORDER BY notification_id"""
FORGET = "SELECT draad.forget_entry(%(stream)s, %(entry)s, %(file)s)"
DUE = """
    SELECT client, renewed_at <= now() - %(keep)s * interval '1 second'
      FROM draad.client_key
     WHERE renewed IS NOT NULL"""
SEALED = "SELECT place, sealed FROM draad.sealed_of_client WHERE stream = ANY(%(streams)s)"
RESEAL = "SELECT draad.reseal(%(streams)s, %(was)s, %(become)s)"


def renew(db: Connection, keys: Connection, vault: Vault) -> int:
    """Destroy what the record says was destroyed, and renew those keys; gives how many still wait."""
    for event in destroyed(db, vault):
        place = {"stream": event.originator_id, "entry": event.entry}
        if db.execute(LEFT, place).fetchone():
            vault.renew(event.originator_id)  # first, so that it is not forgotten when we fall over here
            db.execute(FORGET, {**place, "file": event.document})
    due = keys.execute(DUE, {"keep": vault.keep}).fetchall()
    for client in (client for client, ripe in due if ripe):
        streams = vault.streams_of(client)
        while _resealed(db, streams, vault.renewal(client)):
            pass
        vault.end_renewal(client)
    return sum(not ripe for _, ripe in due)


def destroyed(db: Connection, vault: Vault) -> Iterator[EntryDestroyed]:
    """What the record says of entries that were destroyed, of clients who were not forgotten since."""
    mapper = SealedMapper(vault)
    with db.cursor(binary=True, row_factory=class_row(NumberedEntry)) as rows:
        told = map(mapper.to_domain_event, rows.execute(TOLD).fetchall())
    return (event for event in told if isinstance(event, EntryDestroyed))


def _resealed(db: Connection, streams: set[UUID], key: Renewing) -> int:
    """What lay under the old key lies under the new one; gives how many did."""
    with db.cursor(binary=True) as cursor:
        rows: list[Any] = cursor.execute(SEALED, {"streams": list(streams)}).fetchall()
    found = [(sealed, opened, place) for place, sealed in rows if (opened := _old(key, sealed, place))]
    was = [sealed for sealed, _, _ in found]
    become = [seal(key, opened, place) for _, opened, place in found]
    db.execute(RESEAL, {"streams": list(streams), "was": was, "become": become})
    return len(found)


def _old(key: Renewing, sealed: bytes, place: bytes) -> bytes | None:
    """What this says, if it lies under the old key. What opens with neither was lost before."""
    try:
        return unseal(key.old, sealed, place)
    except InvalidTag:
        return None
