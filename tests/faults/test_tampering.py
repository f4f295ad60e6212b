"""Whoever owns the database can change what lies in it, and cannot do so unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from domain.store.database import Database
from domain.store.log.checkpoint import Signer
from domain.store.log.logs import LOOKS, RECORD
from domain.store.log.naming import FirstBad
from domain.store.log.outside import Folder
from domain.store.log.sequencer import LogBroken
from tests.faults.logs import STREAM, Logged, append, logged, look

ONE, OTHER = STREAM
# Of the record: 1-3 are of ONE, 4-6 of OTHER, 7-8 of ONE, 9-10 of OTHER. The first six were signed first.
EDIT = "UPDATE draad.stored_events SET state = set_byte(state, 5, 0) WHERE notification_id = 5"


@pytest.fixture
def record(fresh: Database, tmp_path: Path) -> Iterator[Logged]:
    with logged(fresh, tmp_path, RECORD) as log:
        yield log


@pytest.fixture
def looks(fresh: Database, tmp_path: Path) -> Iterator[Logged]:
    with logged(fresh, tmp_path, LOOKS) as log:
        yield log


class Forgetful(Folder):
    """On whose disk there was no room for a checkpoint."""

    def keep(self, log: str, note: str) -> None: ...


def bad(log: Logged) -> FirstBad:
    """The first entry that is not as it was; that it is found also in the two processes is another test."""
    found = log.verify().first_bad
    assert found
    assert not log.verify().ok
    return found


def test_what_nobody_touched_verifies(record: Logged, looks: Logged) -> None:
    for log in (record, looks):
        found = log.verify()
        assert found.ok
        assert (found.entries, found.waiting) == (10, 0)
        assert found.checkpoint
        assert found.checkpoint.size == 10
        assert log.verify(all_notes=True).ok


def test_one_byte(record: Logged) -> None:
    record.tamper(EDIT)
    assert bad(record) == FirstBad(5, OTHER, 2, "changed")


@pytest.mark.parametrize(
    "column", ["topic = 'case.opened'", "originator_version = 99", f"originator_id = '{UUID(int=3)}'"]
)
def test_the_place_and_the_topic_of_an_entry(record: Logged, column: str) -> None:
    record.tamper(f"UPDATE draad.stored_events SET {column} WHERE notification_id = 5")  # noqa: S608
    assert bad(record) == FirstBad(5, OTHER, 2, "changed")


def test_two_entries_that_change_places(record: Logged) -> None:
    record.tamper(
        "ALTER TABLE draad.stored_events ALTER notification_id DROP IDENTITY",
        "UPDATE draad.stored_events SET notification_id = -2 WHERE notification_id = 2",
        "UPDATE draad.stored_events SET notification_id = 2 WHERE notification_id = 9",
        "UPDATE draad.stored_events SET notification_id = 9 WHERE notification_id = -2",
        "ALTER TABLE draad.stored_events ALTER notification_id ADD GENERATED ALWAYS AS IDENTITY (RESTART 11)",
    )
    assert bad(record) == FirstBad(2, ONE, 2, "changed places with entry 9")


def test_two_entries_whose_words_change_places(record: Logged) -> None:
    record.tamper(
        """
        UPDATE draad.stored_events AS mine SET state = other.state
          FROM draad.stored_events AS other
         WHERE (mine.notification_id, other.notification_id) IN ((2, 9), (9, 2))"""
    )
    assert bad(record) == FirstBad(2, ONE, 2, "changed places with entry 9")


def test_an_entry_that_is_taken_out(record: Logged) -> None:
    record.tamper("DELETE FROM draad.stored_events WHERE notification_id = 3")
    assert bad(record) == FirstBad(3, ONE, 3, "missing")


def test_an_entry_that_is_taken_out_together_with_its_place_on_the_list(record: Logged) -> None:
    record.tamper(
        "DELETE FROM draad.stored_events WHERE notification_id = 3",
        "DELETE FROM draad.entry_keys WHERE originator_id = %(one)s AND originator_version = 3",
        one=ONE,
    )
    record.rewrite_the_list()
    assert bad(record) == FirstBad(3, ONE, 3, "missing")


@pytest.mark.parametrize("number", [-5, 0])
def test_an_entry_that_is_put_before_all_others(record: Logged, number: int) -> None:
    record.tamper(
        f"""
        INSERT INTO draad.stored_events (originator_id, originator_version, topic, state, notification_id)
        OVERRIDING SYSTEM VALUE
        VALUES ('{ONE}', 6, 'action.taken', '', {number})"""  # noqa: S608 - our own example
    )
    assert bad(record) == FirstBad(number, ONE, 6, "put in between, after the log was signed")


def test_an_entry_that_is_put_in_between(record: Logged) -> None:
    with record.db.transaction(force_rollback=True):
        append(record.db, ONE, 6)  # takes number 11, which nobody has then
    append(record.db, ONE, 6)
    record.sequence()
    record.tamper(
        f"""
        INSERT INTO draad.stored_events (originator_id, originator_version, topic, state, notification_id)
        OVERRIDING SYSTEM VALUE
        VALUES ('{OTHER}', 6, 'action.taken', '', 11)"""  # noqa: S608
    )
    assert bad(record) == FirstBad(11, OTHER, 6, "put in between, after the log was signed")


def test_a_tail_that_is_cut_off(record: Logged) -> None:
    record.tamper("DELETE FROM draad.stored_events WHERE notification_id > 7")
    assert bad(record) == FirstBad(8, ONE, 5, "missing, and all 3 from here on")


def test_a_tail_that_is_cut_off_from_every_table(record: Logged) -> None:
    record.tamper(
        "DELETE FROM draad.stored_events WHERE notification_id > 7",
        "DELETE FROM draad.log_leaf WHERE place >= 7",
        "DELETE FROM draad.log_head",
    )
    assert bad(record) == FirstBad(8, ONE, 5, "missing, and all 3 from here on")


def test_everything_rewritten_with_fresh_hashes(record: Logged) -> None:
    record.tamper("UPDATE draad.stored_events SET state = state || '!' WHERE notification_id >= 5")
    record.rewrite_the_list()
    assert bad(record) == FirstBad(5, OTHER, 2, "changed")


def test_everything_rewritten_also_the_lines_outside_but_for_what_was_signed(record: Logged) -> None:
    """Whoever has the machine too, and not the key, still leaves between which two checkpoints it was."""
    record.tamper("UPDATE draad.stored_events SET state = state || '!' WHERE notification_id >= 8")
    record.rewrite_the_list()
    (record.home.path / "record.lines").unlink()
    said = "this one or one of the 3 after it changed, and the lists with it"
    assert bad(record) == FirstBad(7, ONE, 4, said)


def test_the_list_in_the_database_alone(record: Logged) -> None:
    record.tamper("UPDATE draad.log_leaf SET hash = sha256('') WHERE place = 4")
    found = record.verify()
    assert found.first_bad is None
    assert found.findings == (
        "The list in the database differs at place 4; the rows are as they were signed.",
    )


def test_another_key(record: Logged, tmp_path: Path) -> None:
    """All signed again by somebody who made a key of their own, under the same name."""
    forger = Signer(record.signer.name, bytes(range(32)))
    for note in record.home.notes("record"):
        checkpoint = record.signer.verifier.opens(note)
        Folder(tmp_path / "forged").keep("record", forger.sign(checkpoint))
    (tmp_path / "forged" / "record.checkpoints").replace(record.home.path / "record.checkpoints")
    found = record.verify()
    assert any("not signed by the pinned key" in said for said in found.findings)
    assert not found.ok


def test_the_key_of_the_installation_replaced(record: Logged, tmp_path: Path) -> None:
    """Nothing is signed under a new key as if it were the old one."""
    secret = record.database.secrets.folder / "log"
    kept = secret.read_text()
    secret.write_text("5" * 64)
    try:
        append(record.db, ONE, 6)
        with pytest.raises(LogBroken):
            record.sequence()
    finally:
        secret.write_text(kept)
    assert record.verify().ok


def test_checkpoints_that_are_taken_away(record: Logged) -> None:
    (record.home.path / "record.checkpoints").unlink()
    (said,) = record.verify().findings
    assert "no checkpoint" in said


def test_a_record_and_its_checkpoints_set_back_are_found_with_what_a_witness_remembers(
    record: Logged, tmp_path: Path
) -> None:
    witness = Folder(tmp_path / "witness")
    witness.keep("record", record.home.last("record") or "")
    file = record.home.path / "record.checkpoints"
    first = record.home.notes("record")[0]
    file.write_text(f"{first}\n")
    (record.home.path / "record.lines").unlink()
    record.tamper(
        "DELETE FROM draad.stored_events WHERE notification_id > 6",
        "DELETE FROM draad.log_leaf WHERE place >= 6",
    )
    assert record.verify().ok  # this machine cannot know
    assert bad(replace(record, witnesses=(witness,))).what == "missing, from place 6 on"


def test_two_logs_of_one_key(record: Logged, tmp_path: Path) -> None:
    """Somebody has the key, and shows one log here and another to the witness."""
    seen = record.signer.verifier.opens(record.home.last("record") or "")
    witness = Folder(tmp_path / "witness")
    witness.keep("record", record.signer.sign(replace(seen, root=bytes(32))))
    found = record.verify(witness)
    assert "Two signed checkpoints of one size differ: the log was forked." in found.findings


def test_a_log_that_was_changed_is_not_signed_again(record: Logged) -> None:
    record.tamper("UPDATE draad.log_leaf SET hash = sha256('') WHERE place = 4")
    append(record.db, ONE, 6)
    with pytest.raises(LogBroken):
        record.sequence()


def test_what_came_after_the_last_checkpoint_is_counted(record: Logged) -> None:
    append(record.db, ONE, 6, 7)
    found = record.verify()
    assert found.ok
    assert (found.entries, found.waiting) == (12, 2)


def test_a_change_after_the_last_checkpoint_is_found_by_the_list_at_least(record: Logged) -> None:
    append(record.db, ONE, 6, 7)
    replace(record, home=Forgetful(record.home.path)).sequence()
    record.tamper("UPDATE draad.stored_events SET state = '' WHERE notification_id = 12")
    found = record.verify()
    assert found.first_bad == FirstBad(12, ONE, 7, "not what was put on the list, after the last checkpoint")


def test_who_looked_a_line_changed(looks: Logged) -> None:
    looks.tamper("UPDATE draad.access_log SET user_name = 'Daan' WHERE id = 3")
    assert bad(looks) == FirstBad(3, ONE, None, "changed")


def test_who_looked_a_line_taken_out(looks: Logged) -> None:
    looks.tamper("DELETE FROM draad.access_log WHERE id = 4")
    assert bad(looks) == FirstBad(4, OTHER, None, "missing")


def test_who_looked_two_changed_places(looks: Logged) -> None:
    looks.tamper(
        """
        UPDATE draad.access_log AS mine SET detail = other.detail, request_id = other.request_id,
               object_id = other.object_id
          FROM draad.access_log AS other
         WHERE (mine.id, other.id) IN ((3, 6), (6, 3))"""
    )
    assert bad(looks).what == "changed places with entry 6"


def test_who_looked_cut_off(looks: Logged) -> None:
    looks.tamper("DELETE FROM draad.access_log WHERE id > 9")
    assert bad(looks) == FirstBad(10, OTHER, None, "missing, and all 1 from here on")


def test_who_looked_put_in(looks: Logged) -> None:
    look(looks.db, ONE)
    looks.sequence()
    looks.tamper(
        "ALTER TABLE draad.access_log ALTER id DROP IDENTITY",
        "UPDATE draad.access_log SET id = -1 WHERE id = 11",
        "ALTER TABLE draad.access_log ALTER id ADD GENERATED ALWAYS AS IDENTITY (RESTART 12)",
    )
    assert bad(looks).what == "put in between, after the log was signed"
