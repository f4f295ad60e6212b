"""Forgetting one entry: its data key goes, then the client's key is renewed, so that no backup undoes it.

All that was sealed under the client's key is sealed under the new one before the old one goes. In between
every process seals with the new one: we wait for the time that a key is remembered, and as long again for who
sealed with it at the last moment and waits for the database. What is written and destroyed in between waits
for another renewal, as backups of now open with the key of now. Killed anywhere, the next sweep goes on. What
somebody looked for (access_log.why) was signed as it is, and stays under the old key.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, LiteralString
from uuid import UUID

from cryptography.exceptions import InvalidTag
from msgspec import MsgspecError
from psycopg.rows import class_row

from domain.erasing import EntryDestroyed
from domain.store.imports import take_out
from domain.store.mapper import Forged, SealedMapper
from domain.store.pool import Connection
from domain.store.recorder import NumberedEntry
from domain.store.sound import LEFT, UNDER_THE_KEY
from domain.store.vault import Renewing, Vault, seal, unseal

log = logging.getLogger(__name__)
TOLD = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE topic = 'entry_destroyed'
     ORDER BY notification_id"""
ENTRY = """
    SELECT notification_id AS id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events JOIN draad.entry_keys USING (originator_id, originator_version)
     WHERE originator_id = %(stream)s AND originator_version = %(entry)s"""
FORGET = "SELECT draad.forget_entry(%(stream)s, %(entry)s, %(file)s)"
DUE = """
    SELECT client, renewed_at <= now() - 2 * %(keep)s * interval '1 second'
      FROM draad.client_key
     WHERE renewed IS NOT NULL"""
RESEAL = "SELECT draad.reseal(%(streams)s, %(was)s, %(become)s)"


def renew(db: Connection, keys: Connection, vault: Vault) -> int:
    """Destroy what the record says was destroyed, and renew those keys; gives how many still wait."""
    _end(db, keys, vault)
    return _begin(db, vault) + _end(db, keys, vault)


def _begin(db: Connection, vault: Vault) -> int:
    """Of what was destroyed the data key goes; gives of how many it cannot yet."""
    left = [event for event in destroyed(db, vault) if db.execute(LEFT, _place(event)).fetchone()]
    # The client's key first, so that it is not forgotten when we fall over here.
    begun = {stream for stream in {event.originator_id for event in left} if vault.renew(stream)}
    for event in left:
        if event.originator_id in begun:
            _forget(db, vault, event)
    return sum(event.originator_id not in begun for event in left)


def _forget(db: Connection, vault: Vault, event: EntryDestroyed) -> None:
    """Its data key, its file, and its words in what it was read from: at one moment."""
    with db.transaction():
        for gone in read(db, vault, ENTRY, _place(event)):
            if gone.source:
                take_out(db, vault, event.originator_id, gone.source)
        db.execute(FORGET, {**_place(event), "file": event.document})


def _place(event: EntryDestroyed) -> dict[str, Any]:
    return {"stream": event.originator_id, "entry": event.entry}


def _end(db: Connection, keys: Connection, vault: Vault) -> int:
    """The old keys that nobody seals with any more go; gives how many have to stay."""
    due = keys.execute(DUE, {"keep": vault.keep}).fetchall()
    for client in (client for client, ripe in due if ripe):
        streams = vault.streams_of(client)
        while _resealed(db, streams, vault.renewal(client)):
            pass
        vault.end_renewal(client)
    return sum(not ripe for _, ripe in due)


def destroyed(db: Connection, vault: Vault) -> Iterator[EntryDestroyed]:
    """What the record says of entries that were destroyed, of clients who were not forgotten since."""
    return (event for event in read(db, vault, TOLD) if isinstance(event, EntryDestroyed))


def read(
    db: Connection, vault: Vault, query: LiteralString, asked: dict[str, Any] | None = None
) -> Iterator[Any]:
    """What these entries say. Who is to be forgotten does not wait for one that cannot be read."""
    mapper = SealedMapper(vault)
    with db.cursor(binary=True, row_factory=class_row(NumberedEntry)) as rows:
        entries = rows.execute(query, asked).fetchall()
    for entry in entries:
        try:
            yield mapper.to_domain_event(entry)
        except (Forged, MsgspecError) as error:
            log.warning("entry %s cannot be read: %s", entry.id, type(error).__name__)


def _resealed(db: Connection, streams: set[UUID], key: Renewing) -> int:
    """What lay under the old key lies under the new one; gives how many did."""
    with db.cursor(binary=True) as cursor:
        rows: list[Any] = cursor.execute(UNDER_THE_KEY, {"streams": list(streams)}).fetchall()
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
