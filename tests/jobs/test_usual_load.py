"""How much recording is usual here: the median of one night is the limit of who looks from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.entry import Actor, Role
from domain.kinds import ByWhom
from domain.source import Source
from domain.store import jobs, settings
from domain.store.database import Database
from domain.store.pool import Connection
from domain.store.timetable import JOBS, Owed
from jobs.following import catch_up
from jobs.schedule import take_up
from jobs.work import Means
from projections.signals import looking, usual
from projections.signals.recording_load import recording_load
from tests import given
from tests.jobs.conftest import Clock

NIGHT = JOBS[0]
LOAD, LIMIT = recording_load.name, usual.LIMIT
MANAGER = Actor(UUID(int=0xD0), Role.MANAGER, "Ingrid Vos")
FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)
Night = Callable[[], dict[str, int]]
Keep = Callable[..., Case]


@pytest.fixture
def keep(fresh: Database, casework: Casework) -> Keep:
    """Keeps a case of so many entries and contacts, some of which did not take place; the lists show it.

    Its opening is longer ago than the quarter of a year that the signal looks at.
    """

    def one(entries: int, contacts: int, cancelled: int = 0, source: Source | None = None) -> Case:
        case = given.an_opened_case()
        log = ContactLog.open(case.id, case.client_id, FIRST)
        for n in range(contacts):
            log.hold_contact(
                by=given.WORKER,
                workers=(UUID(int=7),),
                organisation="De Brug",
                started_at=FIRST + timedelta(hours=n),
                contact_id=(contact := uuid4()),
            )
            if n < cancelled:
                log.cancel_contact(by=given.WORKER, contact_id=contact, by_whom=ByWhom.CLIENT)
        while len(case.entries) < entries:
            case.take_action("Samen gewandeld.", **given.telling(by=given.WORKER), source=source)
        casework.keep(case, log)
        catch_up(fresh, casework)
        return case

    return one


@pytest.fixture
def night(fresh: Database, db: Connection, clock: Clock, means: Means) -> Night:
    """The next night round; gives what it counted."""

    def next_one() -> dict[str, int]:
        looking.drain(db, means.decode, clock())
        clock.moment += timedelta(days=1)
        take_up(fresh, NIGHT, means, clock)
        ran = jobs.last(db, clock())[NIGHT.name]
        assert ran.outcome == jobs.OK
        return ran.counts

    return next_one


def told_of(db: Connection) -> list[UUID]:
    """The cases in which there is too much recording."""
    asked = {"signal": LOAD}
    return [
        case for (case,) in db.execute("SELECT case_id FROM shown.signals WHERE signal = %(signal)s", asked)
    ]


def choose(db: Connection, value: int, seen: int = 0) -> None:
    settings.choose(db, LOAD, LIMIT, value, seen=seen, by=MANAGER, why="Past bij ons.", now=FIRST)


def test_what_is_written_three_times_is_noticed_the_night_after_and_a_steady_twin_is_not(
    keep: Keep, night: Night, db: Connection
) -> None:
    busy = keep(62, 20)
    for _ in range(2):
        keep(30, 20)
    assert night()["entries_per_100_contacts"] == 150
    assert told_of(db) == []  # nothing to compare with yet
    assert looking.limits(db) == {LOAD: {LIMIT: 300}}
    night()
    assert told_of(db) == [busy.id]


def test_as_much_as_twice_the_median_is_silent(keep: Keep, night: Night, db: Connection) -> None:
    for entries in (61, 30, 30):
        keep(entries, 20)
    night()
    night()
    assert told_of(db) == []


def test_the_next_look_compares_with_the_last_night_also_during_the_day(
    keep: Keep, night: Night, db: Connection, means: Means, clock: Clock
) -> None:
    for _ in range(3):
        keep(20, 20)
    night()
    new = keep(42, 20)
    looking.drain(db, means.decode, clock())
    assert told_of(db) == [new.id]


def test_each_night_counts_anew(keep: Keep, night: Night, db: Connection) -> None:
    keep(20, 20)
    assert night()["entries_per_100_contacts"] == 100
    for _ in range(2):
        keep(50, 20)
    assert night()["entries_per_100_contacts"] == 250
    assert looking.limits(db) == {LOAD: {LIMIT: 500}}


def test_what_a_manager_chose_goes_before_the_median(keep: Keep, night: Night, db: Connection) -> None:
    busy = keep(62, 20)
    keep(30, 20)
    night()
    choose(db, 9000)
    assert looking.limits(db) == {LOAD: {LIMIT: 9000}}
    night()
    assert told_of(db) == []
    choose(db, 304, seen=1)
    night()
    assert told_of(db) == [busy.id]
    choose(db, 0, seen=2)
    night()
    assert told_of(db) == []


def test_another_limit_of_the_same_signal_leaves_the_median(keep: Keep, night: Night, db: Connection) -> None:
    keep(20, 20)
    night()
    settings.choose(db, LOAD, "days", 30, seen=0, by=MANAGER, why="Past bij ons.", now=FIRST)
    assert looking.limits(db) == {LOAD: {"days": 30, LIMIT: 200}}


def test_what_was_told_again_after_an_import_makes_nothing_usual(keep: Keep, night: Night) -> None:
    """Of the second case only the opening was written here."""
    keep(20, 20)
    keep(60, 20, source=given.ELSEWHERE)
    assert night()["entries_per_100_contacts"] == (100 + 5) // 2


def test_cases_with_few_contacts_say_nothing_of_what_is_usual(
    keep: Keep, night: Night, db: Connection
) -> None:
    keep(40, 9)
    keep(40, 10, cancelled=1)
    assert "entries_per_100_contacts" not in night()
    assert looking.limits(db) == {}
    keep(40, 10)
    assert night()["entries_per_100_contacts"] == 400


def test_before_any_night_nobody_is_told(keep: Keep, db: Connection, means: Means, clock: Clock) -> None:
    keep(90, 20)
    assert looking.limits(db) == {}
    looking.drain(db, means.decode, clock())
    assert told_of(db) == []


def test_a_night_that_was_cut_off_or_failed_is_no_measure(
    keep: Keep, night: Night, db: Connection, clock: Clock
) -> None:
    keep(20, 20)
    night()
    for days, failed in ((1, False), (2, True)):
        owed = Owed(clock() + timedelta(days=days), 0)
        jobs.begin(db, NIGHT.name, owed, clock())
        if failed:
            jobs.fail(db, NIGHT.name, owed.due, clock(), ValueError())
    assert looking.limits(db) == {LOAD: {LIMIT: 200}}


def test_the_limit_stays_within_what_can_be_chosen(keep: Keep, night: Night, db: Connection) -> None:
    db.execute("UPDATE draad.job SET counts = '{}'")
    jobs.begin(db, NIGHT.name, Owed(FIRST, 0), FIRST)
    jobs.finish(db, NIGHT.name, FIRST, FIRST, {usual.WHAT: settings.MOST})
    assert looking.limits(db) == {LOAD: {LIMIT: settings.MOST}}


def test_it_is_counted_by_the_job_of_that_name() -> None:
    assert NIGHT.name == usual.NIGHT
