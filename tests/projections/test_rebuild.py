"""A rebuild gives what following gives, loses nothing that comes meanwhile, and disturbs nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import parent_process
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.casework import Casework
from domain.store.database import Database
from jobs.following import FOLLOWED
from jobs.rebuild import NoSuchReadModel, rebuild_models
from projections import rebuild as rebuilding
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.read_model import Db, ReadModel, Told, poisonous
from projections.rebuild import rebuild
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


@pytest.fixture
def cases(casework: Casework, follow: Follow) -> list[Any]:
    """Three followed cases with contacts."""
    told = [given.sanne(), given.karim(), given.lena()]
    kept(casework, *told)
    for case in told:
        visit(casework, case.id)
        visit(casework, case.id)
    follow()
    return told


def spoil(db: Db) -> None:
    db.execute("UPDATE shown.caseload SET name = 'niemand'")
    db.execute("DELETE FROM shown.contacts WHERE entry > 2")
    db.execute("UPDATE shown.say SET stance = 'unknown'")


def test_rebuilt_is_the_same_as_followed(
    fresh: Database, casework: Casework, cases: list[Any], db: Db
) -> None:
    followed = shown(db)
    spoil(db)
    rebuild(fresh, casework, FOLLOWED)
    assert shown(db) == followed


@pytest.fixture(params=[1, 64], ids=["by the other", "mostly by us"])
def shares(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """A second process, for so few cases already; it gets the first share."""
    monkeypatch.setattr(rebuilding, "PAYS", 1)
    monkeypatch.setattr(rebuilding, "SHARES", request.param)
    return int(request.param)


def test_two_processes_make_the_same_and_tell_how_far_they_are(
    fresh: Database, casework: Casework, cases: list[Any], db: Db, shares: int
) -> None:
    heard: list[int] = []
    with psycopg.connect(fresh.admin("draad"), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "UPDATE draad.stored_events SET state = state || '!' WHERE originator_id = ANY(%(broken)s)",
            {"broken": [case.id for case in cases[:2]]},
        )
    rebuild(fresh, casework, FOLLOWED)
    by_one, left_out = shown(db), poisoned(db)
    spoil(db)
    rebuild(fresh, casework, FOLLOWED, lambda done, _: heard.append(done), processes=2)
    assert (shown(db), poisoned(db)) == (by_one, left_out)
    assert left_out
    assert {row[0] for row in by_one["contacts"]} == {case.id for case in cases}
    assert (len(heard), heard) == (shares, sorted(heard))
    assert heard[-1] == 6  # three cases, and the contacts of each


def test_only_what_is_named_is_made_anew(fresh: Database, cases: list[Any], db: Db) -> None:
    followed = shown(db)
    spoil(db)
    rebuild_models(fresh, ["say"], lambda *_: None)
    assert rows_of(db, SAY) == followed["say"]
    assert {row[4] for row in rows_of(db, CASELOAD)} == {"niemand"}


def test_a_read_model_that_does_not_exist_is_refused(fresh: Database) -> None:
    with pytest.raises(NoSuchReadModel, match="agenda"):
        rebuild_models(fresh, ["say", "agenda"], lambda *_: None)


def test_it_tells_how_far_it_is(fresh: Database, casework: Casework, cases: list[Any]) -> None:
    heard: list[tuple[int, int]] = []
    rebuild(fresh, casework, FOLLOWED, lambda done, of: heard.append((done, of)))
    assert heard[-1] == (6, 6)  # three cases, and the contacts of each


def in_between(case_id: UUID, *what: Callable[[], Any]) -> ReadModel:
    """The say, and something that happens each time when it is rebuilding this case.

    When that goes wrong it is no fault of the entry: set apart as poison nobody would hear what it was.
    """
    waiting = list(what)

    def rows(told: Told) -> Iterator[Any]:
        if told.case_id == case_id and waiting:
            try:
                waiting.pop(0)()
            except Exception as error:
                if poisonous(error):
                    pytest.fail(f"meanwhile: {error!r}")
                raise
        yield from SAY.rows(told)

    return ReadModel("say", SAY.row, SAY.opens, rows, SAY.reach)


def test_nothing_is_lost_or_doubled_of_what_comes_meanwhile(
    fresh: Database, casework: Casework, cases: list[Any], follow: Follow, db: Db
) -> None:
    def while_it_fills() -> None:
        change(casework, cases[0].id)
        visit(casework, cases[1].id)
        kept(casework, given.bram())
        follow()

    def while_it_catches_up() -> None:
        change(casework, cases[0].id)
        follow()
        change(casework, cases[2].id)  # and this the follower did not see yet

    meddled = in_between(cases[0].id, while_it_fills, while_it_catches_up)
    rebuild(fresh, casework, [meddled if model is SAY else model for model in FOLLOWED])
    rebuilt = shown(db)
    start_again(db)
    follow()
    assert shown(db) == rebuilt
    assert len(rebuilt["caseload"]) == 4


def test_the_follower_waits_while_the_copies_take_their_place(
    fresh: Database, casework: Casework, cases: list[Any], db: Db
) -> None:
    def somebody_writes() -> None:
        change(casework, cases[0].id)

    def the_follower_comes_by() -> None:
        db.execute("SET lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            a_follower(fresh, casework).step(db)

    meddled = in_between(cases[0].id, somebody_writes, somebody_writes, the_follower_comes_by)
    rebuild(fresh, casework, [meddled])


def test_a_rebuild_that_fails_leaves_everything_as_it_was(
    fresh: Database, casework: Casework, cases: list[Any], db: Db
) -> None:
    followed = shown(db)

    def fall_over() -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        rebuild(fresh, casework, (CASELOAD, CONTACTS, in_between(cases[0].id, fall_over)))
    assert shown(db) == followed
    rebuild(fresh, casework, FOLLOWED)
    assert shown(db) == followed


def falls_over(_: Told) -> Iterator[Any]:
    """Kills the process that was started beside the one that was asked."""
    assert parent_process()
    os._exit(1)


@pytest.mark.parametrize("shares", [1], indirect=True)
def test_a_rebuild_of_which_one_process_is_killed_leaves_everything_as_it_was(
    fresh: Database, casework: Casework, cases: list[Any], db: Db, shares: int
) -> None:
    followed = shown(db)
    with pytest.raises(BrokenProcessPool):
        rebuild(fresh, casework, [replace(SAY, rows=falls_over)], processes=2)
    assert shown(db) == followed


def test_what_was_set_apart_gets_a_second_chance(fresh: Database, casework: Casework, db: Db) -> None:
    case = given.sanne()
    kept(casework, case)
    a_follower(fresh, casework, (broken_for(case.id), CONTACTS, SAY)).step(db)
    assert rows_of(db, CASELOAD) == []
    rebuild(fresh, casework, [CASELOAD])
    assert [row[0] for row in rows_of(db, CASELOAD)] == [case.id]
    assert poisoned(db) == []


def test_what_cannot_be_rebuilt_is_set_apart(fresh: Database, casework: Casework, db: Db) -> None:
    case, other = given.sanne(), given.karim()
    case.describe_client(name="Sanne\0Mulder", **given.telling())
    kept(casework, case, other)
    rebuild(fresh, casework, FOLLOWED)
    assert [row[0] for row in rows_of(db, CASELOAD)] == [other.id]
    assert poisoned(db) == [(case.id, "caseload", "UntranslatableCharacter")]
