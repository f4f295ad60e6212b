"""Forgetting one entry: its words go for good, also from a backup; the rest of the case reads on."""

from __future__ import annotations

from contextlib import closing, suppress

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from domain.case import Case
from domain.casework import Casework
from domain.documents import DocumentAdded
from domain.gaps import EntryGone
from domain.kinds import DocumentKind, Matter, WhyErased
from domain.store import documents, drafts, exports, sound
from domain.store.database import APP, KEYS, Database
from domain.store.erasing import sweep
from domain.store.mapper import place
from domain.store.pool import Connection, connect, connect_to
from domain.store.vault import KeyGone, Vault, unseal
from tests import given
from tests.forgetting import a_file_of_all, destroyed, erased, told, words_of
from tests.given import telling
from tests.store.shapes import vault_of

WORDS = 3  # the entry that holds them, in tests.forgetting.told
WRITERS = "SELECT account FROM draad.draft WHERE case_id = %s"
BEGAN = "UPDATE draad.client_key SET renewed_at = now() - %s * interval '1 minute' WHERE renewed IS NOT NULL"
DATA_KEY = "SELECT wrapped FROM draad.entry_keys WHERE originator_id = %s AND originator_version = %s"


def data_key(db: Connection, case: Case, entry: int) -> bytes:
    row = db.execute(DATA_KEY, [case.id, entry]).fetchone()
    return bytes(row[0]) if row else b""


def test_the_case_reads_on_with_a_gap_where_the_entry_was(casework: Casework, kept: Case) -> None:
    """Also for who still has the key, and as far as anybody can tell at the same moment."""
    before = casework.history(kept.id)
    assert before.plan.matters
    destroyed(casework, kept, WORDS)
    after = casework.history(kept.id)
    gap = after.entries[WORDS - 1]
    assert isinstance(gap, EntryGone)
    assert (gap.number, gap.ground, gap.gone_on) == (WORDS, WhyErased.TERM_IS_OVER, given.TODAY)
    assert not after.plan.matters
    assert after.plan.client.name == before.plan.client.name
    assert len(after.entries) == len(before.entries) + 2
    assert words_of(kept) not in str(gap)


def test_its_data_key_goes_and_no_old_key_opens_what_is_left(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    """As whoever finds a backup of both databases from before, and the client's key of today."""
    backup, old = data_key(db, kept, WORDS), at_once.of(kept.id)
    destroyed(casework, kept, WORDS)
    assert sweep(fresh, at_once) == 0
    assert not data_key(db, kept, WORDS)
    with pytest.raises(InvalidTag):
        unseal(at_once.of(kept.id), backup, place(kept.id, WORDS))
    with pytest.raises(InvalidTag):  # and the old key is nowhere: it opens nothing that is kept
        unseal(old, data_key(db, kept, 2), place(kept.id, 2))
    with connect_to(fresh.dsn(APP, KEYS)) as keys:
        assert keys.execute("SELECT renewed FROM draad.client_key").fetchall()[-1] == (None,)
        gone = {(kept.id, WORDS)}
        assert not [*sound.keys(db, keys, gone), *sound.forgotten(db, keys, gone)]
        assert list(sound.keys(db, keys))
        assert list(sound.forgotten(db, keys, {(kept.id, 2)})), "its key is there"


def test_all_else_of_the_client_opens_with_the_new_key(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    destroyed(casework, kept, WORDS)
    sweep(fresh, at_once)
    casework.vault.forget()
    case = casework.history(kept.id)
    assert case.plan.client.name == words_of(kept)
    ((document, noun),) = case.plan.documents.items()
    assert documents.content_of(db, casework.vault, kept.id, document, noun) == words_of(kept).encode()
    assert casework.contacts(kept.id).case_id == kept.id
    ((writer,),) = db.execute(WRITERS, [kept.id]).fetchall()
    (draft,) = drafts.drafts_of(db, writer, casework.clock())
    assert drafts.text_of(db, casework.vault, draft) == [("words", words_of(kept))]
    with casework.changing(kept.id) as change:
        change.case.say_what_matters("Verder.", Matter.PACE, **telling())
    assert casework.history(kept.id).plan.matters


def test_the_file_of_a_destroyed_entry_goes_with_it(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    (added,) = (entry for entry in kept.entries if isinstance(entry, DocumentAdded))
    with casework.changing(kept.id) as change:
        change.case.add_document("ook een", DocumentKind.OTHER, b"blijft", **telling())
    destroyed(casework, kept, added.number)
    sweep(fresh, at_once)
    left = db.execute("SELECT id FROM draad.document WHERE case_id = %s", [kept.id]).fetchall()
    assert len(left) == 1
    assert left != [(added.document_id,)]


def test_the_files_in_which_it_was_told_go_at_once(
    casework: Casework, kept: Case, fresh: Database, db: Connection
) -> None:
    """Not when the key is renewed at last: until then they could be fetched."""
    of_all = a_file_of_all(casework, db)
    destroyed(casework, kept, WORDS)
    with closing(vault_of(fresh, keep=3600)) as remembered:
        sweep(fresh, remembered)
    assert exports.content_of(db, casework.vault, of_all) is None
    assert not db.execute("SELECT 1 FROM draad.export WHERE case_id = %s", [kept.id]).fetchone()


@pytest.mark.parametrize("where", ["forget_entry", "reseal", "end_renewal"])
def test_broken_off_anywhere_it_goes_on(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, where: str
) -> None:
    """As long as that function is away, the sweep falls over there."""
    destroyed(casework, kept, WORDS)
    name = KEYS if where == "end_renewal" else "draad"
    with psycopg.connect(fresh.admin(name), autocommit=True) as admin:
        admin.execute(f"ALTER FUNCTION draad.{where} RENAME TO away".encode())
        try:
            with suppress(psycopg.errors.UndefinedFunction):
                sweep(fresh, at_once)
            casework.vault.forget()  # as it hears
            with casework.changing(kept.id) as change:  # meanwhile work goes on
                change.case.say_what_matters("Verder.", Matter.PACE, **telling())
        finally:
            admin.execute(f"ALTER FUNCTION draad.away RENAME TO {where}".encode())
    assert sweep(fresh, at_once) == 0
    casework.vault.forget()
    assert casework.history(kept.id).plan.matters
    with connect(fresh) as db:
        assert not data_key(db, kept, WORDS)


def test_while_a_key_is_remembered_the_old_one_stays(
    casework: Casework, kept: Case, fresh: Database, db: Connection
) -> None:
    """Else what a process wrote with the key it remembers would be lost."""
    casework.history(kept.id)  # warm
    destroyed(casework, kept, WORDS)
    with closing(vault_of(fresh, keep=3600)) as remembered:
        assert sweep(fresh, remembered) > 0
    assert not data_key(db, kept, WORDS)
    with casework.changing(kept.id) as change:
        change.case.say_what_matters("Verder.", Matter.PACE, **telling())
    with closing(vault_of(fresh, keep=0)) as vault:
        assert sweep(fresh, vault) == 0
    casework.vault.forget()
    assert casework.history(kept.id).plan.matters


def test_as_long_again_it_waits_for_who_sealed_at_the_last_moment(
    casework: Casework, kept: Case, fresh: Database
) -> None:
    """A save that waits for the database comes after the memory was dropped, under the old key."""
    destroyed(casework, kept, WORDS)
    with closing(vault_of(fresh, keep=3600)) as vault, connect_to(fresh.admin(KEYS)) as keys:
        sweep(fresh, vault)
        for minutes, left in ((119, 1), (121, 0)):
            keys.execute(BEGAN, [minutes])
            assert sweep(fresh, vault) == left


def test_what_is_written_and_destroyed_while_a_key_is_renewed_opens_from_no_backup(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    destroyed(casework, kept, WORDS)
    with closing(vault_of(fresh, keep=3600)) as remembered:
        sweep(fresh, remembered)
        casework.vault.forget()  # as it hears
        with casework.changing(kept.id) as change:
            change.case.say_what_matters("Verder.", Matter.PACE, **telling())
            late = change.case.version
        backup = data_key(db, kept, late)
        destroyed(casework, kept, late)
        assert sweep(fresh, remembered) == 2, "the key of then, and the entry that waits for it"
    assert sweep(fresh, at_once) == 0
    assert not data_key(db, kept, late)
    with pytest.raises(InvalidTag):
        unseal(at_once.of(kept.id), backup, place(kept.id, late))


def test_one_that_cannot_be_read_keeps_nobody_from_being_forgotten(
    casework: Casework, kept: Case, fresh: Database, at_once: Vault, db: Connection
) -> None:
    other = told(casework, db)
    destroyed(casework, kept, WORDS)
    erased(casework, other)
    with psycopg.connect(fresh.admin("draad"), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE draad.stored_events SET state = state || '!' WHERE topic = 'entry_destroyed'")
    assert sweep(fresh, at_once) == 0
    with pytest.raises(KeyGone):
        at_once.of(other.id)
    assert data_key(db, kept, WORDS), (
        "nobody can read that it was destroyed; the log says that it was changed"
    )
