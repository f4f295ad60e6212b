"""Several followers that share the work: each its own streams, and one position that holds for all."""

from __future__ import annotations

import psycopg
import pytest

from domain.casework import Casework
from domain.store.database import APP, Database
from jobs.following import FOLLOWED
from projections.follower import WHO, Follower, Part, position_of
from projections.read_model import Db
from tests import given
from tests.projections.conftest import Follow, change, kept, shown, start_again, visit

HALVES = (Part(1, 2), Part(2, 2))


def followers(database: Database, casework: Casework, parts: tuple[Part, ...] = HALVES) -> list[Follower]:
    decode = casework.mapper.to_domain_event
    return [Follower(database.dsn(APP), decode, FOLLOWED, batch=7, part=part) for part in parts]


def to_the_end(follower: Follower, db: Db) -> None:
    while follower.step(db):
        pass


def position(db: Db, who: str = WHO) -> int:
    found = db.execute(
        "SELECT notification_id FROM shown.position WHERE follower = %(who)s", {"who": who}
    ).fetchone()
    return int(found[0]) if found else 0


def test_two_halves_show_the_same_as_one(fresh: Database, casework: Casework, follow: Follow, db: Db) -> None:
    cases = [given.sanne() for _ in range(4)]
    last = kept(casework, *cases)
    for case in cases:
        change(casework, case.id)
        last = visit(casework, case.id)
    one, other = followers(fresh, casework)
    to_the_end(one, db)
    by_one_half = shown(db)
    to_the_end(other, db)
    by_both = shown(db)
    assert position(db) == last
    start_again(db)
    follow()
    assert shown(db) == by_both
    theirs = {row[0] for row in by_one_half["caseload"]}
    assert theirs == {case.id for case in cases if one.part.holds(case.id)}


def test_what_one_half_shows_is_not_yet_what_is_shown(fresh: Database, casework: Casework, db: Db) -> None:
    """Else the other would begin where this one is, and leave out what came before."""
    last = kept(casework, *(given.sanne() for _ in range(4)))
    one, other = followers(fresh, casework)
    to_the_end(one, db)
    assert position(db, one.part.who) == last
    assert position(db) == 0
    other.step(db)
    assert position(db) == 7


def test_halves_go_on_where_the_whole_was(
    fresh: Database, casework: Casework, follow: Follow, db: Db
) -> None:
    case = given.sanne()
    kept(casework, case)
    follow()
    last = change(casework, case.id)
    halves = followers(fresh, casework)
    assert [half.step(db) for half in halves] == [1, 1]
    assert position(db) == last
    change(casework, case.id)
    follow()
    assert [half.step(db) for half in halves] == [0, 0]  # else they would show for a while what was so before


def test_a_rebuild_waits_for_a_half_that_is_under_way(fresh: Database, casework: Casework, db: Db) -> None:
    """It would write in the table that goes away."""
    kept(casework, given.sanne())
    half = followers(fresh, casework)[0]
    half.step(db)
    with psycopg.connect(fresh.dsn(APP), autocommit=True, options="-c lock_timeout=100") as rebuilding:
        with db.transaction():
            half.step(db)
            with pytest.raises(psycopg.errors.LockNotAvailable), rebuilding.transaction():
                position_of(rebuilding)
        with rebuilding.transaction():
            position_of(rebuilding)


@pytest.mark.parametrize("of", [2, 3])
def test_every_stream_has_one_follower(of: int) -> None:
    streams = [given.sanne().id for _ in range(50)]
    assert all(sum(Part(nr, of).holds(one) for nr in range(1, of + 1)) == 1 for one in streams)
