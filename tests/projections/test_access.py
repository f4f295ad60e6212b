"""Who looked, folded: by day, person and ground; and the short block of the last who did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.access import Ground
from domain.casework import Casework
from domain.entry import Actor, Role
from domain.store.access_log import Code, Look, Point, Visit, write
from domain.store.database import APP, Database, settings_for
from domain.store.pool import Connection
from projections.access import Asked, Period, lately, lines, of_client, one_look
from projections.access_review import months, to_see, whole

NOOR = Actor(UUID(int=0xA7), Role.WORKER, "Noor Bakker", "De Linde", "Noord")
ILSE = Actor(UUID(int=0xA8), Role.COORDINATOR, "Ilse Kramer", "De Linde", "Noord")
CASE, OTHER = UUID(int=0xCA), UUID(int=0xCB)
TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    casework = Casework(settings_for(fresh))
    yield casework
    casework.close()


@pytest.fixture
def db(fresh: Database) -> Iterator[Connection]:
    with psycopg.connect(fresh.dsn(APP), autocommit=True, options="-c timezone=UTC") as db:
        yield db


@pytest.fixture
def looks(db: Connection, casework: Casework) -> Callable[..., None]:
    """Writes one look down."""

    def look(
        by: Actor = NOOR,
        at: datetime = NOON,
        ground: str = Ground.JOINED,
        *,
        code: str = Code.READ,
        of: UUID = CASE,
        shown: bool = True,
        detail: str = "case.plan",
    ) -> None:
        visit = Visit(by, at, Point.WEB, detail, uuid4(), shown)
        write(db, casework.vault, visit, [Look(of, ground, code)])

    return look


def test_looks_fold_by_day_person_and_ground(db: Connection, looks: Callable[..., None]) -> None:
    looks()
    looks(at=NOON + timedelta(hours=1), detail="case.story")
    looks(at=NOON + timedelta(hours=2), ground=Ground.EMERGENCY)
    looks(ILSE, NOON - timedelta(days=1), Ground.TEAM)
    looks(of=OTHER)
    found = of_client(db, CASE)
    assert [(one.day.day, one.user_name, one.ground, one.times) for one in found] == [
        (20, "Noor Bakker", "emergency", 1),
        (20, "Noor Bakker", "joined", 2),
        (19, "Ilse Kramer", "team", 1),
    ]
    assert found[1].parts == ["case.plan", "case.story"]
    assert (found[1].first, found[1].last) == (NOON, NOON + timedelta(hours=1))
    assert {one.found for one in found} == {3}


def test_own_looks_and_what_came_to_nothing_are_not_told(db: Connection, looks: Callable[..., None]) -> None:
    looks(Actor(uuid4(), Role.CLIENT, "Sanne"), ground=Ground.OWN)
    looks(shown=False)
    assert not of_client(db, CASE)
    assert not lately(db, CASE, TODAY)


def test_lists_are_apart(db: Connection, looks: Callable[..., None]) -> None:
    looks(ground="role", code=Code.LIST)
    assert not of_client(db, CASE)
    assert [one.times for one in of_client(db, CASE, in_list=True)] == [1]
    assert not lately(db, CASE, TODAY)


def test_lately_counts_the_days_in_the_month_of_the_last_look_and_not_the_pages(
    db: Connection, looks: Callable[..., None]
) -> None:
    for days in (0, 0, 0, 1, 2, 30):
        looks(at=NOON - timedelta(days=days))
    looks(ILSE, datetime(2026, 10, 31, 23, 30, tzinfo=UTC), Ground.TEAM)  # here it is November already
    looks(ILSE, datetime(2026, 10, 3, 9, tzinfo=UTC), Ground.TEAM)
    found = lately(db, CASE, TODAY)
    assert [(one.user_name, one.month, one.days, one.last) for one in found] == [
        ("Noor Bakker", date(2026, 11, 1), 3, date(2026, 11, 20)),
        ("Ilse Kramer", date(2026, 11, 1), 1, date(2026, 11, 1)),
    ]


def test_who_looked_long_ago_is_not_in_the_short_block(db: Connection, looks: Callable[..., None]) -> None:
    looks(at=NOON - timedelta(days=90))
    assert not lately(db, CASE, TODAY)
    assert of_client(db, CASE)


def test_a_period_ends_with_its_last_day_also_when_the_clock_goes_back(
    db: Connection, looks: Callable[..., None]
) -> None:
    looks(at=datetime(2026, 10, 25, 22, 30, tzinfo=UTC))  # 23.30 in winter time
    assert of_client(db, CASE, Period(date(2026, 10, 25), date(2026, 10, 25)))
    assert not of_client(db, CASE, Period(date(2026, 10, 26)))
    assert not of_client(db, CASE, Period(None, date(2026, 10, 24)))


def test_one_look_is_found_in_its_own_record_only(db: Connection, looks: Callable[..., None]) -> None:
    looks()
    (line,) = lines(db, Asked())
    found = one_look(db, CASE, line.id)
    assert found
    assert found.user_name == "Noor Bakker"
    assert one_look(db, OTHER, line.id) is None


def test_a_month_is_overdue_after_fourteen_days(db: Connection, looks: Callable[..., None]) -> None:
    assert not months(db, TODAY)
    looks(at=datetime(2026, 8, 31, 22, 30, tzinfo=UTC))  # September here
    looks(at=NOON)
    assert [(one.first.month, one.overdue) for one in months(db, TODAY)] == [(10, True), (9, True)]
    assert [one.overdue for one in months(db, date(2026, 11, 15))] == [False, True]
    assert [one.overdue for one in months(db, date(2026, 11, 16))] == [True, True]


def test_what_is_reviewed_is_of_this_month_only(db: Connection, looks: Callable[..., None]) -> None:
    for at in (NOON, datetime(2026, 10, 31, 22, 59, tzinfo=UTC), datetime(2026, 10, 31, 23, tzinfo=UTC)):
        looks(at=at, ground=Ground.EMERGENCY)
    october = to_see(db, date(2026, 10, 1), "seed")
    assert [one.times for one in october["emergency"]] == [1]
    assert whole(date(2026, 2, 1)) == Period(date(2026, 2, 1), date(2026, 2, 28))


def test_the_sample_depends_on_the_seed(db: Connection, looks: Callable[..., None]) -> None:
    for number in range(60):
        looks(of=UUID(int=number + 1))

    def sample(seed: str) -> set[UUID]:
        return {one.object_id for one in to_see(db, date(2026, 11, 1), seed)["sample"]}

    assert sample("a") == sample("a")
    assert len(sample("a")) == 20
    assert sample("a") != sample("b")
