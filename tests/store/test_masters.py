"""Another master key: every client still opens, the old key opens nothing, and broken off it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.store import masters
from domain.store.checks import Unsafe, refuse_unsafe
from domain.store.database import APP, KEYS, Database, open_database
from domain.store.masters import BEFORE, MASTER, NEXT, InUse, rotate
from domain.store.migrate import migrate
from domain.store.pool import connect_to
from domain.store.secret import mark_of
from domain.store.vault import MAKE, AnotherMaster, Vault, seal, unseal
from tests.homes import a_home
from tests.store.shapes import vault_of

STREAM, CLIENT = UUID(int=0x57), UUID(int=0xC1)


@pytest.fixture(scope="module")
def own() -> Iterator[Database]:
    """An installation of its own: what is done here to the keys would be done to all tests."""
    with a_home() as home, open_database(home) as database:
        migrate(database)
        with closing(vault_of(database)) as vault:
            vault.make_for(STREAM, CLIENT)
        yield database


def sealed(database: Database) -> bytes:
    with closing(vault_of(database)) as vault:
        return seal(vault.of(STREAM), b"words", b"here")


def opened(database: Database, kept: bytes) -> bytes:
    with closing(vault_of(database)) as vault:
        return unseal(vault.of(STREAM), kept, b"here")


def test_what_was_sealed_before_opens_and_the_old_master_opens_nothing(own: Database) -> None:
    kept, old = sealed(own), own.secrets.read(MASTER)
    stay = {purpose: own.secrets.key(purpose) for purpose in masters.STAY}
    names, passing = own.secrets.names(), own.secrets.key("web forms")
    assert rotate(own) == 1
    assert opened(own, kept) == b"words"
    assert own.secrets.read(MASTER) != old == own.secrets.read(BEFORE)
    with closing(Vault(own.dsn(APP, KEYS), bytes.fromhex(old))) as before, pytest.raises(AnotherMaster):
        before.of(STREAM)
    assert stay == {purpose: own.secrets.key(purpose) for purpose in masters.STAY}
    assert names == own.secrets.names()
    assert len(own.secrets.laid_down) == len(masters.STAY) + 1
    assert passing != own.secrets.key("web forms")
    refuse_unsafe(own, {})


def test_with_the_old_master_draad_does_not_start(own: Database) -> None:
    right = own.secrets.read(MASTER)
    own.secrets.put(MASTER, "0123456789abcdef" * 4)
    try:
        with pytest.raises(Unsafe, match="not that of the clients' keys"):
            refuse_unsafe(own, {})
    finally:
        own.secrets.put(MASTER, right)


@pytest.mark.parametrize("step", ["lay_down", "rewrap", "put", "unlink"])
def test_broken_off_anywhere_it_goes_on_with_the_same_key(own: Database, step: str) -> None:
    kept = sealed(own)
    new = own.secrets.read(NEXT)
    with connect_to(own.dsn(APP, KEYS)) as keys:
        if step in ("put", "unlink"):  # all is wrapped
            old = masters._key(own.secrets.read(MASTER))
            masters._rewrapped(keys, old, masters._key(new), lambda *_: None)
        if step == "unlink":
            own.secrets.put(MASTER, new)
    if step == "lay_down":
        own.secrets.lay_down(masters.STAY[0])
    rotate(own)
    assert own.secrets.read(MASTER) == new
    assert not (own.secrets.folder / NEXT).exists()
    assert opened(own, kept) == b"words"


def test_it_does_not_begin_while_anybody_uses_the_keys(own: Database) -> None:
    with psycopg.connect(own.dsn(APP, KEYS)), pytest.raises(InUse):
        rotate(own)
    rotate(own)


def test_who_was_idle_meanwhile_makes_no_key_by_the_old_master(own: Database) -> None:
    """A process that read its settings and did not touch the keys yet: nobody sees that it is there."""
    with closing(vault_of(own)) as idle:
        rotate(own)
        with pytest.raises(AnotherMaster):
            idle.make_for(uuid4(), uuid4())
    with closing(vault_of(own)) as vault:
        vault.make_for(uuid4(), uuid4())


def test_all_keys_are_wrapped_when_none_is_being_made(own: Database) -> None:
    """Else one that is not kept yet would be left behind under the old master."""
    mark = mark_of(bytes.fromhex(own.secrets.read(MASTER)))
    made = {"stream": uuid4(), "client": uuid4(), "key": b"sealed", "mark": mark}
    with (
        ThreadPoolExecutor() as threads,
        connect_to(own.dsn(APP, KEYS)) as one,
        connect_to(own.dsn(APP, KEYS)) as other,
    ):
        with one.transaction(force_rollback=True):
            one.execute(MAKE, made)
            taken = threads.submit(other.execute, masters.TAKE, {"mark": mark})
            with pytest.raises(TimeoutError):
                taken.result(0.2)
        taken.result(10)


def test_a_key_that_is_being_renewed_goes_along(own: Database) -> None:
    kept = sealed(own)
    with closing(vault_of(own)) as vault:
        vault.renew(STREAM)
        both = seal(vault.of(STREAM), b"more", b"here")
    rotate(own)
    assert (opened(own, kept), opened(own, both)) == (b"words", b"more")


def test_a_destroyed_key_stays_destroyed(own: Database) -> None:
    with closing(vault_of(own)) as vault:
        vault.make_for(uuid4(), gone := uuid4())
        vault.destroy(gone)
    rotate(own)
    with connect_to(own.dsn(APP, KEYS)) as keys:
        left = keys.execute("SELECT wrapped FROM draad.client_key WHERE client = %s", [gone])
        assert left.fetchall() == [(None,)]
