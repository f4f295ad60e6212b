"""The recorder: the library's own tests of recorders, as the app role, and what those do not ask."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import (
    DataError,
    InfrastructureFactory,
    IntegrityError,
    OperationalError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresFactory
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from domain.store.database import APP, Database, settings_for
from domain.store.documents import SealedFile
from domain.store.recorder import OutcomeUnknown, Recorder, StoredEntry, read_after

Make = Callable[[], Recorder]


@pytest.fixture
def make(fresh: Database) -> Iterator[Make]:
    """Recorders on an empty record, closed after the test."""
    factories: list[Any] = []

    def one() -> Recorder:
        factories.append(InfrastructureFactory.construct(settings_for(fresh, pool=12)))
        recorder = factories[-1].application_recorder()
        assert isinstance(recorder, Recorder)
        return recorder

    yield one
    for factory in factories:
        factory.close()


@pytest.fixture
def recorder(make: Make) -> Recorder:
    return make()


def an_event(state: bytes = b"x", version: int = 1) -> StoredEntry:
    return StoredEntry(uuid4(), version, "topic", state, os.urandom(60))


class LosesItsAnswer(Recorder):
    """The connection is lost once: after the save was stored, and we cannot know."""

    lost = 0

    def _append(self, events: Sequence[StoredEvent], files: list[SealedFile]) -> list[int]:
        numbers = super()._append(events, files)
        self.lost += 1
        if self.lost == 1:
            raise OperationalError("connection lost after commit")
        return numbers


class LosesItsQuestion(Recorder):
    """The connection is lost once: before the save was stored, and we cannot know."""

    lost = 0

    def _append(self, events: Sequence[StoredEvent], files: list[SealedFile]) -> list[int]:
        self.lost += 1
        if self.lost == 1:
            raise OperationalError("connection lost before commit")
        return super()._append(events, files)


class HasNoLine(Recorder):
    """Every connection is lost."""

    def _append(self, events: Sequence[StoredEvent], files: list[SealedFile]) -> list[int]:  # noqa: ARG002
        raise OperationalError("connection lost")


@pytest.mark.usefixtures("_make_for_class")
class TestTheLibrarysOwn(ApplicationRecorderTestCase[Recorder]):
    make: Make

    @pytest.fixture
    def _make_for_class(self, make: Make) -> None:
        self.make = make

    def create_recorder(self) -> Recorder:
        return self.make()


@pytest.mark.usefixtures("_make_for_class")
class TestNumbersNeverInterleave(NonInterleavingNotificationIDsBaseCase):
    make: Make

    @pytest.fixture
    def _make_for_class(self, make: Make) -> None:
        self.make = make

    def create_recorder(self) -> Recorder:
        return self.make()


def test_our_own_write_whose_answer_got_lost_is_a_success(recorder: Recorder) -> None:
    """Told as a conflict, the writer would record it a second time."""
    two = [an_event(os.urandom(20)), an_event()]
    assert LosesItsAnswer(recorder.datastore).insert_events(two) == [1, 2]
    assert recorder.max_notification_id() == 2


def test_a_save_that_never_arrived_is_stored_at_the_second_attempt(recorder: Recorder) -> None:
    assert LosesItsQuestion(recorder.datastore).insert_events([an_event()]) == [1]


@pytest.mark.parametrize("other", [{"topic": "other"}, {"state": b"other"}], ids=["topic", "state"])
def test_another_ones_write_is_a_conflict_also_after_a_lost_connection(
    recorder: Recorder, other: dict[str, Any]
) -> None:
    ours = an_event(b"ours")
    recorder.insert_events([dataclasses.replace(ours, **other)])
    with pytest.raises(IntegrityError):
        LosesItsQuestion(recorder.datastore).insert_events([ours])


def test_the_same_save_twice_is_a_conflict_when_no_connection_was_lost(recorder: Recorder) -> None:
    event = an_event()
    recorder.insert_events([event])
    with pytest.raises(IntegrityError):
        recorder.insert_events([event])


def test_when_no_answer_comes_at_all_the_outcome_is_unknown(recorder: Recorder) -> None:
    with pytest.raises(OutcomeUnknown):
        HasNoLine(recorder.datastore).insert_events([an_event()])


def test_a_full_pool_is_an_answer(fresh: Database) -> None:
    """The wait for a connection was long enough; nothing was asked, so nothing is unknown."""
    small = settings_for(fresh, pool=1) | {"POSTGRES_MAX_OVERFLOW": "0", "POSTGRES_CONNECT_TIMEOUT": "1"}
    with PostgresFactory.construct(small) as factory:
        recorder = factory.application_recorder()
        with factory.datastore.get_connection():
            began = time.monotonic()
            with pytest.raises(OperationalError):
                recorder.insert_events([an_event()])
    assert time.monotonic() - began < 4  # no second wait, also on a busy machine


def test_every_connection_cut_at_once_is_no_error_for_a_reader_either(
    recorder: Recorder, fresh: Database
) -> None:
    recorder.insert_events([an_event()])
    recorder.datastore.pool.wait()
    with psycopg.connect(fresh.admin(), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [APP])
    assert len(recorder.select_notifications(1, 10)) == 1


def test_a_cut_connection_is_tried_again(recorder: Recorder, fresh: Database) -> None:
    recorder.insert_events([an_event()])
    recorder.datastore.pool.wait()
    with psycopg.connect(fresh.admin(), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [APP])
    assert recorder.insert_events([an_event()]) == [2]


def test_a_save_is_at_most_256_kb_and_is_refused_at_once(recorder: Recorder) -> None:
    began = time.monotonic()
    with pytest.raises(DataError, match="256 kB"):
        recorder.insert_events([an_event(b"x" * 150_000), an_event(b"x" * 150_000)])
    assert time.monotonic() - began < 1
    assert recorder.insert_events([an_event(b"x" * 262_144)])


def test_nothing_is_added_beyond_what_is_there(recorder: Recorder) -> None:
    """A process that knew an entry which a failover lost is overtaken."""
    first = an_event()
    recorder.insert_events([first])
    beyond = dataclasses.replace(an_event(version=3), originator_id=first.originator_id)
    with pytest.raises(IntegrityError):
        recorder.insert_events([beyond])
    both = [dataclasses.replace(beyond, originator_version=number) for number in (2, 3)]
    assert len(recorder.insert_events(both)) == 2


def test_a_no_is_not_asked_again(recorder: Recorder, fresh: Database) -> None:
    """Ten times five seconds of waiting for a lock would hold every writer of the process."""
    began = time.monotonic()
    with psycopg.connect(fresh.admin("draad")) as other:
        other.execute("LOCK TABLE draad.stored_events IN SHARE MODE")
        with pytest.raises(OperationalError, match="lock timeout"):
            recorder.insert_events([an_event()])
    assert 4.5 < time.monotonic() - began < 8


def test_nobody_holds_the_lock_longer_than_ten_seconds(fresh: Database) -> None:
    with psycopg.connect(fresh.dsn(APP)) as db:
        db.execute("SELECT draad.append('{}', '{}', '{}', '{}', '{}')")
        assert db.execute("SHOW transaction_timeout").fetchone() == ("10s",)


def test_an_entry_comes_back_with_its_key_in_every_way_of_reading(
    recorder: Recorder, fresh: Database
) -> None:
    entry = an_event(b"\x00\xff")
    recorder.insert_events([entry])
    with psycopg.connect(fresh.dsn(APP)) as db:
        (followed,) = read_after(db, 0, 10)
    (notified,) = recorder.select_notifications(1, 10)
    assert recorder.select_events(entry.originator_id) == [entry]
    assert notified == followed
    assert (followed.id, followed.state, followed.wrapped) == (1, entry.state, entry.wrapped)


def test_a_part_of_a_stream_is_read_in_both_directions(recorder: Recorder) -> None:
    stream = uuid4()
    recorder.insert_events([StoredEvent(stream, number, "topic", b"") for number in range(1, 6)])

    def numbers(**asked: Any) -> list[int]:
        return [e.originator_version for e in recorder.select_events(stream, **asked)]

    assert numbers(gt=1, lte=4) == [2, 3, 4]
    assert numbers(desc=True, limit=2) == [5, 4]


def test_positions_do_not_belong_to_the_recorder(recorder: Recorder) -> None:
    with pytest.raises(TypeError):
        recorder.insert_events([an_event()], tracking=object())


@pytest.mark.parametrize(
    "ending",
    [
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
    ],
    ids=["cancelled", "terminated"],
)
def test_a_commit_that_did_not_wait_for_the_standby_is_not_a_success(
    recorder: Recorder, fresh: Database, ending: LiteralString
) -> None:
    """PostgreSQL stores it, warns, and says all is well; the standby may never have seen it."""
    recorder.insert_events([an_event()])
    with (
        psycopg.connect(fresh.admin(), autocommit=True) as admin,
        ThreadPoolExecutor() as threads,
    ):
        admin.execute("SET synchronous_commit = local")  # we ourselves wait for nobody
        admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        admin.execute("SELECT pg_reload_conf()")
        try:
            _until(admin, "SELECT current_setting('synchronous_standby_names') = 'nobody'")
            time.sleep(0.2)  # each backend reads the new setting before its next statement
            saving = threads.submit(recorder.insert_events, [an_event()])
            _until(admin, "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            admin.execute(ending)
            with pytest.raises(OutcomeUnknown):
                saving.result(10)
        finally:
            admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
            admin.execute("SELECT pg_reload_conf()")
            _until(admin, "SELECT current_setting('synchronous_standby_names') = ''")
    time.sleep(0.2)


def _until(db: psycopg.Connection[Any], question: str, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while db.execute(question.encode()).fetchone() != (True,):
        assert time.monotonic() < until, question
        time.sleep(0.02)
