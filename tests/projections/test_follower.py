"""The follower: everything once, whatever happens in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from time import sleep
from uuid import UUID

import psycopg
import pytest

from domain.case import CaseOpened
from domain.casework import Casework
from domain.kinds import WhyWithdrawn
from domain.store.database import APP, KEYS, Database
from domain.store.vault import KeysBehind
from jobs.following import FOLLOWED
from projections import follower, streams
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.follower import Follower, keep_on
from projections.position import Position, wait_until
from projections.read_model import Db
from projections.say import SAY
from tests import given
from tests.projections.conftest import (
    Follow,
    a_follower,
    broken_for,
    change,
    kept,
    poisoned,
    rows_of,
    shown,
    start_again,
    visit,
)

FORGOTTEN = UUID(int=0xDEAD)  # a client of this file alone: a key that went stays gone


@contextmanager
def following(*followers: Follower) -> Iterator[None]:
    """They follow, each in a thread of its own, until the block ends."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.follow, args=[stop]) for one in followers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_case_is_in_the_list_after_one_step(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    assert [row[0] for row in rows_of(db, CASELOAD)] == [case.id]


def test_following_twice_shows_the_same_as_once(casework: Casework, follow: Follow, db: Db) -> None:
    cases = given.sanne(), given.karim(), given.lena()
    kept(casework, *cases)
    visit(casework, cases[0].id)
    follow()
    once = shown(db)
    start_again(db)
    follow()
    assert shown(db) == once


@pytest.mark.parametrize("batch", [1, 2, 7, 500])
def test_the_size_of_a_batch_makes_no_difference(
    fresh: Database, casework: Casework, follow: Follow, db: Db, batch: int
) -> None:
    cases = given.sanne(), given.karim()
    kept(casework, *cases)
    for case in cases * 3:
        change(casework, case.id)
        visit(casework, case.id)
    follow()
    at_once = shown(db)
    start_again(db)
    follower = a_follower(fresh, casework, batch=batch, room=20)  # forgets one case for the next
    while follower.step(db):
        pass
    assert shown(db) == at_once


def test_a_batch_of_many_streams_is_shown_in_parts(
    casework: Casework, follow: Follow, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [given.sanne() for _ in range(3)]
    kept(casework, *cases)
    for case in cases:
        visit(casework, case.id)
    follow()
    at_once = shown(db)
    start_again(db)
    monkeypatch.setattr(streams, "AT_A_TIME", 2)  # a case, or the contacts of one
    db.execute("DELETE FROM shown.caseload")
    follow()
    assert shown(db) == at_once


def test_a_batch_that_was_rolled_back_comes_again_as_it_was(
    fresh: Database, casework: Casework, db: Db
) -> None:
    kept(casework, given.sanne())
    follower = a_follower(fresh, casework, batch=6)
    with db.transaction(force_rollback=True):
        follower.step(db)
        follower.step(db)  # now it knows what is told later
    assert not any(shown(db).values())
    follower.step(db)
    by_one_who_knows_more = shown(db)
    start_again(db)
    a_follower(fresh, casework, batch=6).step(db)
    assert shown(db) == by_one_who_knows_more


def test_a_poisonous_entry_is_set_apart_and_the_others_go_on(
    fresh: Database, casework: Casework, db: Db
) -> None:
    cases = given.sanne(), given.karim(), given.lena(), given.bram()
    kept(casework, *cases)
    poison = cases[2].id
    a_follower(fresh, casework, (broken_for(poison), CONTACTS, SAY)).step(db)
    assert {row[0] for row in rows_of(db, CASELOAD)} == {case.id for case in cases} - {poison}
    assert poison in {row[0] for row in rows_of(db, SAY)}
    assert poisoned(db) == [(poison, "caseload", "ZeroDivisionError")]  # and not what stood in the entry


def test_what_was_set_apart_is_left_out_from_then_on(fresh: Database, casework: Casework, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    a_follower(fresh, casework).step(db)
    change(casework, case.id)
    a_follower(fresh, casework, (broken_for(case.id), CONTACTS, SAY)).step(db)
    assert rows_of(db, CASELOAD) == []  # rather nothing than what is no longer so
    change(casework, case.id)
    a_follower(fresh, casework).step(db)
    assert rows_of(db, CASELOAD) == []


def test_what_the_table_cannot_hold_is_poison_too(casework: Casework, follow: Follow, db: Db) -> None:
    case, other = given.sanne(), given.karim()
    case.describe_client(name="Sanne\0Mulder", **given.telling())  # PostgreSQL has no NUL in a text
    kept(casework, case, other)
    follow()
    assert [row[0] for row in rows_of(db, CASELOAD)] == [other.id]
    assert poisoned(db) == [(case.id, "caseload", "UntranslatableCharacter")]


def test_an_entry_that_cannot_be_read_is_set_apart_in_every_read_model_of_cases(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    case, other = given.sanne(), given.karim()
    kept(casework, case, other)
    forge(fresh, case.id)
    follow()
    assert {row[0] for rows in shown(db).values() for row in rows} == {other.id}
    models = sorted(model.name for model in FOLLOWED if model.opens is CaseOpened)
    assert poisoned(db) == [(case.id, model, "Forged") for model in models]


def forge(database: Database, stream: UUID) -> None:
    with psycopg.connect(database.admin("draad"), autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")  # past the append-only trigger
        owner.execute(
            """
            UPDATE draad.stored_events SET state = state || '\\x00'
             WHERE originator_id = %(stream)s AND originator_version = 3""",
            {"stream": stream},
        )


def test_a_record_that_is_ahead_of_its_keys_stops_the_follower(
    fresh: Database, casework: Casework, db: Db
) -> None:
    case, lost = given.sanne(), given.karim()
    kept(casework, case, lost)
    with psycopg.connect(fresh.admin(KEYS), autocommit=True) as keys:
        keys.execute("DELETE FROM draad.stream_client WHERE stream = %(stream)s", {"stream": lost.id})
    casework.vault.forget()
    with pytest.raises(KeysBehind):
        a_follower(fresh, casework).follow(threading.Event())
    assert not any(shown(db).values())
    assert poisoned(db) == []


def test_a_table_that_is_not_as_this_version_knows_it_stops_the_follower_too(
    fresh: Database, casework: Casework, db: Db
) -> None:
    kept(casework, given.sanne())
    with pytest.raises(psycopg.errors.UndefinedColumn):
        a_follower(fresh, casework, (replace(SAY, name="caseload"),)).step(db)
    assert poisoned(db) == []


def test_a_forgotten_client_is_shown_nowhere(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    case, other = given.an_opened_case(client_id=FORGOTTEN), given.karim()
    kept(casework, case, other)
    visit(casework, case.id)
    follow()
    assert case.id in {row[0] for rows in shown(db).values() for row in rows}
    casework.vault.destroy(FORGOTTEN)
    start_again(db)
    a_follower(fresh, casework).step(db)
    assert {row[0] for rows in shown(db).values() for row in rows} == {other.id}


def test_one_waits_for_ones_own_write_and_not_longer(fresh: Database, casework: Casework) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=a_follower(fresh, casework).follow, args=[stop])
    worker.start()
    try:
        with Position(fresh.dsn(APP)) as position:
            case = given.sanne()
            assert position.wait(kept(casework, case), 10)
            at = change(casework, case.id)
            assert position.wait(at, 10)
            assert not position.wait(at + 1, 0.05)
        assert wait_until(fresh, at)
    finally:
        stop.set()
        worker.join()


def test_two_followers_at_once_show_the_same_as_one(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    cases = [given.sanne() for _ in range(5)]
    kept(casework, *cases)
    with following(*(a_follower(fresh, casework, batch=3) for _ in range(2))):
        assert wait_until(fresh, max(change(casework, case.id) for case in cases * 3))
    by_two = shown(db)
    start_again(db)
    follow()
    assert shown(db) == by_two
    assert poisoned(db) == []


def test_who_wrote_something_sees_it_once_the_wait_is_over(
    fresh: Database, casework: Casework, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "PATIENCE", 4)  # who is not woken comes too late for the wait below
    with following(a_follower(fresh, casework)), Position(fresh.dsn(APP)) as position:
        case = given.sanne()
        kept(casework, case)
        for _ in range(5):
            assert position.wait(change(casework, case.id), 2)
            (row,) = rows_of(db, CASELOAD)
            assert row[1] == len(casework.history(case.id).entries)


def test_the_follower_comes_back_when_the_database_was_away(
    fresh: Database, casework: Casework, db: Db
) -> None:
    with following(a_follower(fresh, casework)), Position(fresh.dsn(APP)) as position:
        case = given.sanne()
        assert position.wait(kept(casework, case), 10)
        hang_up(fresh, but=db)
        assert position.wait(change(casework, case.id), 10)


def test_more_than_a_batch_is_followed_without_being_woken(
    fresh: Database, casework: Casework, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "PATIENCE", 10)
    at = kept(casework, given.sanne())
    with following(a_follower(fresh, casework, batch=2)):
        assert wait_until(fresh, at, 5)
        db.execute("NOTIFY stored_events")  # so that it hears that it may stop


@contextmanager
def going_after_others(database: Database, db: Db) -> Iterator[list[Db]]:
    """Somebody who is woken by a position, and lets others go first; with the turns that they had."""
    stop, turns = threading.Event(), list[Db]()
    asked = (database.dsn(APP), "position", turns.append, stop)
    thread = threading.Thread(target=keep_on, args=asked, kwargs={"after": 0.8})
    thread.start()
    try:
        while not turns:
            sleep(0.01)
        yield turns
    finally:
        stop.set()
        db.execute("NOTIFY position")
        thread.join()


def test_who_lets_others_go_first_waits_until_they_are_quiet(
    fresh: Database, db: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "PATIENCE", 10)
    with going_after_others(fresh, db) as turns:
        for _ in range(6):
            db.execute("NOTIFY position")
            sleep(0.2)
        assert len(turns) == 1
        sleep(1.5)
        assert len(turns) == 2


def test_but_not_for_ever(fresh: Database, db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "PATIENCE", 0.3)
    with going_after_others(fresh, db) as turns:
        for _ in range(100):
            db.execute("NOTIFY position")
            sleep(0.02)
        assert len(turns) > 1


def hang_up(database: Database, but: Db) -> None:
    """Cut the connections of everybody who follows or waits."""
    with psycopg.connect(database.admin("draad"), autocommit=True) as admin:
        admin.execute(
            """
            SELECT pg_terminate_backend(pid)
              FROM pg_stat_activity
             WHERE datname = 'draad' AND usename = 'draad_app' AND pid <> %(me)s
               AND query ~ '(LISTEN|stored_events|position|COMMIT)'""",
            {"me": but.info.backend_pid},
        )


def test_a_withdrawn_decision_leaves_the_say_and_comes_back_when_that_was_wrong(
    casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    before = rows_of(db, SAY)
    decision = before[-1][1]
    with casework.changing(case.id) as changing:
        changing.case.withdraw_entry(decision, WhyWithdrawn.IN_ERROR, **given.telling())
    follow()
    assert rows_of(db, SAY) == before[:-1]
    with casework.changing(case.id) as changing:
        changing.case.withdraw_entry(changing.case.version, WhyWithdrawn.IN_ERROR, **given.telling())
    follow()
    assert rows_of(db, SAY) == before


def test_a_corrected_decision_stands_on_its_right_day(casework: Casework, follow: Follow, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    entry, decided_on = rows_of(db, SAY)[-1][1:3]
    right = decided_on - timedelta(days=1)
    with casework.changing(case.id) as changing:
        changing.case.correct_entry(
            entry, "happened_on", right.isoformat(), "Het was een dag eerder.", **given.telling()
        )
    follow()
    assert rows_of(db, SAY)[-1][1:3] == (entry, right)
