"""The log grows without gaps or forks, and what is signed can always be made again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from domain.store.database import APP, Database
from domain.store.log.leaves import BLOCK, Leaves
from domain.store.log.logs import FIRST, LAST, LOOKS, RECORD
from domain.store.log.merkle import consistency, continues, includes, inclusion, root_of
from domain.store.log.outside import Folder, pin, pinned
from domain.store.log.sequencer import AT_ONCE, LogBroken
from domain.store.pool import connect
from tests.faults.logs import STREAM, Logged, append, logged, look


@pytest.fixture
def record(fresh: Database, tmp_path: Path) -> Iterator[Logged]:
    with logged(fresh, tmp_path, RECORD) as log:
        yield log


@pytest.fixture
def looks(fresh: Database, tmp_path: Path) -> Iterator[Logged]:
    with logged(fresh, tmp_path, LOOKS) as log:
        yield log


def many(log: Logged, count: int, first: int = 6) -> None:
    for start in range(first, first + count, 500):
        append(log.db, STREAM[0], *range(start, min(start + 500, first + count)))


def test_each_round_is_signed_and_one_that_has_nothing_new_is_not(record: Logged) -> None:
    record.sequence()
    signed = [record.signer.verifier.opens(note) for note in record.home.notes("record")]
    assert [one.size for one in signed] == [6, 10]
    assert [one.extra for one in signed] == [("time 2026-11-22T12:00:01Z",), ("time 2026-11-22T12:00:02Z",)]


def test_a_thousand_entries_have_a_checkpoint_also_in_one_second(record: Logged) -> None:
    many(record, 2 * AT_ONCE)
    record.sequence()
    sizes = [record.signer.verifier.opens(note).size for note in record.home.notes("record")]
    assert sizes == [6, 10, 10 + AT_ONCE, 10 + 2 * AT_ONCE]
    assert record.verify(all_notes=True).ok


@pytest.mark.parametrize("limit", [None, 3, 7])
def test_rows_that_are_read_in_runs_are_the_same_rows(
    record: Logged, monkeypatch: pytest.MonkeyPatch, limit: int | None
) -> None:
    together = [*RECORD.read(record.db, FIRST, LAST, limit)]
    assert len(together) == (limit or 10)
    for at_once in (1, 3, 5):
        monkeypatch.setattr("domain.store.log.logs.AT_ONCE", at_once)
        assert [*RECORD.read(record.db, FIRST, LAST, limit)] == together


def test_proofs_from_the_tables_hold(record: Logged) -> None:
    many(record, 3 * BLOCK)
    record.sequence()
    leaves = Leaves(record.db, "record")
    size, _ = leaves.head()
    hashes = leaves.hashes(0, size)
    root = root_of(hashes)
    assert leaves.over(0, size) == root
    for at in (0, 5, BLOCK - 1, BLOCK, 2 * BLOCK + 7, size - 1):
        assert includes(root, size, at, hashes[at], inclusion(at, size, leaves.over))
    for before in (1, 10, BLOCK, BLOCK + 1, size):
        path = consistency(before, size, leaves.over)
        assert continues(before, root_of(hashes[:before]), size, root, path)


def test_two_workers_at_once_never_fork(record: Logged) -> None:
    """Each with a home of its own: the one that has the log is the only one that writes."""
    homes = [record.home, Folder(record.home.path.parent / "other")]
    stop, failed = threading.Event(), []

    def work(home: Folder) -> None:
        with connect(record.database) as db:
            sequencer = replace(record, home=home).sequencer(db)
            while not stop.is_set():
                try:
                    sequencer.step()
                except Exception as error:  # noqa: BLE001 - whatever it was, the test tells it
                    failed.append(error)
                    return

    workers = [threading.Thread(target=work, args=(home,)) for home in homes]
    for worker in workers:
        worker.start()
    for version in range(6, 46):
        append(record.db, STREAM[0], version)
    stop.set()
    for worker in workers:
        worker.join()
    assert not failed
    record.sequence()
    assert record.verify(homes[1], all_notes=True).ok
    assert record.verify().entries == 50


def test_another_worker_takes_over_where_the_first_was_cut_off(record: Logged) -> None:
    elsewhere = replace(record, home=Folder(record.home.path.parent / "elsewhere"))
    append(record.db, STREAM[0], 6)
    elsewhere.sequence()
    append(record.db, STREAM[0], 7)
    record.sequence()
    assert record.verify(elsewhere.home, all_notes=True).ok
    assert elsewhere.home.lines("record") == record.home.lines("record")[:11]


@pytest.mark.parametrize("lost", ["both", "note"])
def test_what_was_killed_between_the_database_and_the_files_is_made_up_for(record: Logged, lost: str) -> None:
    class Cut(Folder):
        def keep(self, *_: str) -> None:
            raise KeyboardInterrupt

        def write_lines(self, log: str, first: int, lines: object) -> None:
            if lost == "both":
                raise KeyboardInterrupt
            super().write_lines(log, first, lines)  # type: ignore[arg-type]

    append(record.db, STREAM[0], 6)
    with pytest.raises(KeyboardInterrupt):
        replace(record, home=Cut(record.home.path)).sequence()
    assert record.verify().waiting == 1
    record.sequence()
    found = record.verify(all_notes=True)
    assert (found.ok, found.waiting) == (True, 0)
    assert len(record.home.lines("record")) == 11


@pytest.mark.parametrize(
    "torn", ["draad-x", "draad-x/record\n11\nAAAA\n", "draad-x/record\n11\nAA\n\n", "a\n\n— b"]
)
def test_a_checkpoint_that_was_half_written_is_written_over(record: Logged, torn: str) -> None:
    file = record.home.path / "record.checkpoints"
    whole = file.read_text()
    with file.open("a") as opened:
        opened.write(torn)
    assert record.verify(all_notes=True).ok
    append(record.db, STREAM[0], 6)
    record.sequence()
    assert file.read_text().startswith(whole)
    assert torn not in file.read_text()
    assert [record.signer.verifier.opens(note).size for note in record.home.notes("record")] == [6, 10, 11]


def test_a_witness_gets_every_checkpoint_and_one_that_is_away_holds_nothing_up(
    record: Logged, tmp_path: Path
) -> None:
    (tmp_path / "away").write_text("a file where a folder should be")
    there, away = Folder(tmp_path / "there"), Folder(tmp_path / "away")
    append(record.db, STREAM[0], 6)
    replace(record, witnesses=(away, there)).sequence()
    assert there.last("record") == record.home.last("record")


def test_a_line_of_who_looked_that_comes_in_late_is_waited_for(looks: Logged) -> None:
    """It has its number, and is not there yet: the log may not go on without it."""
    with closing(psycopg.connect(looks.database.dsn(APP))) as slow:
        look(slow, STREAM[0], "slow")  # not committed
        look(looks.db, STREAM[1], "quick")
        looks.sequence()
        assert (looks.verify().ok, looks.verify().entries) == (True, 10)
        slow.commit()
    looks.sequence()
    found = looks.verify()
    assert (found.ok, found.entries, found.waiting) == (True, 12, 0)


def test_the_pinned_key_stays_the_first(record: Logged, tmp_path: Path) -> None:
    file, key = tmp_path / "key", record.signer.verifier
    pin(file, [key])
    pin(file, [replace(key, key=bytes(32))])
    assert pinned(file, "record") == key


def test_lines_that_are_more_than_the_list_are_no_reason_to_sign(record: Logged) -> None:
    record.tamper("DELETE FROM draad.log_leaf WHERE place > 7")
    (record.home.path / "record.checkpoints").unlink()
    with pytest.raises(LogBroken):
        record.sequence()


@pytest.mark.parametrize("statement", ["UPDATE draad.log_leaf SET number = 1", "DELETE FROM draad.log_block"])
def test_not_even_the_owner_changes_the_list(record: Logged, statement: str) -> None:
    with (
        psycopg.connect(record.database.dsn("draad_owner"), autocommit=True) as owner,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        owner.execute(statement.encode())
