"""The clients' keys: wrapped by the master key, remembered for a while, gone when destroyed."""

from __future__ import annotations

import os
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest

from domain.store.database import APP, KEYS, Database
from domain.store.vault import AnotherMaster, KeyGone, KeysBehind, Vault, seal, unseal
from tests.store.shapes import vault_of


def test_a_client_has_one_key_for_all_streams(database: Database) -> None:
    client, case, contacts = uuid4(), uuid4(), uuid4()
    with closing(vault_of(database)) as vault:
        vault.make_for(case, client)
        vault.make_for(contacts, client)
        assert unseal(vault.of(contacts), seal(vault.of(case), b"words", b"here"), b"here") == b"words"


def test_another_process_remembers_a_destroyed_key_for_thirty_seconds_at_most(database: Database) -> None:
    client, stream = uuid4(), uuid4()
    with closing(vault_of(database)) as ours, closing(vault_of(database)) as warm:
        with closing(vault_of(database, keep=0)) as forgetful:
            ours.make_for(stream, client)
            warm.of(stream)
            forgetful.of(stream)
            assert ours.destroy(client)
            assert not ours.destroy(client), "it was gone already"
            warm.of(stream)  # that is why erasing sweeps once more after the time of the memory
            with pytest.raises(KeyGone):
                forgetful.of(stream)
        warm.forget()
        with pytest.raises(KeyGone):
            warm.of(stream)


def test_many_keys_are_asked_for_at_once_and_each_that_is_missing_says_why(database: Database) -> None:
    stream, gone, client, unknown = (uuid4() for _ in range(4))
    with closing(vault_of(database)) as vault:
        vault.make_for(stream, uuid4())
        vault.make_for(gone, client)
        vault.destroy(client)
        vault.learn([stream, gone, unknown])
        assert vault.remembered(stream)
        with pytest.raises(KeyGone):
            vault.of(gone)
        with pytest.raises(KeysBehind):
            vault.of(unknown)


def test_keys_do_not_open_with_another_master(database: Database) -> None:
    stream = uuid4()
    with closing(vault_of(database)) as ours:
        ours.make_for(stream, uuid4())
    with closing(Vault(database.dsn(APP, KEYS), os.urandom(32))) as stranger, pytest.raises(AnotherMaster):
        stranger.of(stream)


def test_one_clients_wrapped_key_cannot_be_given_to_another(database: Database) -> None:
    """Else whoever writes in the key database could read one client as another."""
    one, two = uuid4(), uuid4()
    with closing(vault_of(database)) as vault:
        vault.make_for(stream := uuid4(), one)
        vault.make_for(uuid4(), two)
        with psycopg.connect(database.admin(KEYS), autocommit=True) as keys:
            keys.execute(
                "UPDATE draad.client_key AS one SET wrapped = two.wrapped FROM draad.client_key AS two"
                " WHERE one.client = %s AND two.client = %s",
                [one, two],
            )
        with pytest.raises(AnotherMaster):
            vault.of(stream)
