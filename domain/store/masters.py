"""Another master key: all keys of clients are wrapped by it, and the old one opens none of them any more.

What follows from the master key and seals or names something that is kept stays as it was: it is laid down as
a secret of its own. Broken off anywhere, whoever rotates next goes on with the same new key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.store import import_runs, subscribers
from domain.store.database import APP, KEYS, Database
from domain.store.pool import Connection, connect_to
from domain.store.secret import mark_of
from domain.store.vault import AnotherMaster, seal, unseal

MASTER, NEXT, BEFORE = "master", "master.next", "master.before"
STAY = ("second factor", "positions of the feed", "source of events", subscribers.KEY, import_runs.KEY)
AT_A_TIME = 1000
ALL = "SELECT client, wrapped, renewed FROM draad.client_key WHERE wrapped IS NOT NULL ORDER BY client"
TAKE = "SELECT draad.take_master(%(mark)s)"
REWRAP = "SELECT draad.rewrap(%(clients)s, %(was)s, %(become)s, %(become_renewed)s)"
OTHERS = """
    SELECT count(*)
      FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""


class InUse(Exception):
    """Web or worker still runs, and would make keys that nobody can open. Stop them first."""


def rotate(database: Database, progress: Callable[[int, int], None] = lambda *_: None) -> int:
    """Give all clients' keys another master; gives how many. InUse, AnotherMaster."""
    secrets = database.secrets
    old, new = secrets.read(MASTER), secrets.read(NEXT)
    with connect_to(database.dsn(APP, KEYS)) as keys:
        others: Any = keys.execute(OTHERS).fetchone()
        if others[0]:
            raise InUse
        for purpose in STAY:
            secrets.lay_down(purpose)
        secrets.lay_down_names()
        with keys.transaction():
            keys.execute(TAKE, {"mark": mark_of(bytes.fromhex(new))})  # nobody makes one by the old any more
            many = _rewrapped(keys, _key(old), _key(new), progress)
    if old != new:
        secrets.put(BEFORE, old)
        secrets.put(MASTER, new)
    (secrets.folder / NEXT).unlink()
    return many


def opens(keys: Connection, master: str) -> bool:
    """Whether this is the master key of the clients' keys that are there."""
    row = keys.execute(f"{ALL} LIMIT 1").fetchone()
    return row is None or _opened((_key(master),), row[0], row[1]) is not None


def _rewrapped(keys: Connection, old: AESGCM, new: AESGCM, progress: Callable[[int, int], None]) -> int:
    rows: list[Any] = keys.execute(ALL).fetchall()
    done = 0
    for first in range(0, len(rows), AT_A_TIME):
        some = rows[first : first + AT_A_TIME]
        become = [[_again(old, new, client, one) for one in wrapped] for client, *wrapped in some]
        columns = {"clients": [row[0] for row in some], "was": [row[1] for row in some]}
        firsts, seconds = [one for one, _ in become], [two for _, two in become]
        keys.execute(REWRAP, {**columns, "become": firsts, "become_renewed": seconds})
        progress(done := done + len(some), len(rows))
    return done


def _again(old: AESGCM, new: AESGCM, client: UUID, wrapped: bytes | None) -> bytes | None:
    """The same key under the new master."""
    if wrapped is None:
        return None
    key = _opened((new, old), client, wrapped)
    if key is None:
        raise AnotherMaster
    return seal(new, key, client.bytes)


def _opened(masters: tuple[AESGCM, ...], client: UUID, wrapped: bytes) -> bytes | None:
    for master in masters:
        try:
            return unseal(master, wrapped, client.bytes)
        except InvalidTag:
            continue
    return None


def _key(word: str) -> AESGCM:
    return AESGCM(bytes.fromhex(word))
