"""audited_update, bytes_per_change: somebody writes one thing down, and what was so before stays known.

Ours is a whole command: the case is read, the rules are asked, the entry is sealed and appended. Theirs read
and change one row, in one transaction with the version that they keep of it: by a trigger (django-pghistory),
after the save (django-simple-history), in the flush (SQLAlchemy-Continuum). The row holds the same facts:
what was done, by whom, for which goal, who wrote it down, as what, of which organisation and team, the day
and the moment. One after the other, over 200 cases or rows. The limit is pgbench, that updates such a row and
inserts one.
bytes_per_change: what the tables of the history grew by, with their indexes. Once of such an entry, which is
all of its row and all of ours; and once of a plan, of which the words of one goal change: theirs is a row of
some 2 kB, which is copied whole; ours is what was decided, with the say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from tests import given
from tests.bench import organisation
from tests.bench.measure import Contest, Target, a_second
from tests.bench.place import PEERS, Place

ROWS = 200
TABLES = """
    CREATE TABLE current (
        id integer PRIMARY KEY,
        words text NOT NULL,
        who text NOT NULL,
        happened_on date NOT NULL,
        recorded_at timestamptz NOT NULL
    );
    CREATE TABLE version (
        LIKE current,
        nr bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
    );
    INSERT INTO current
    SELECT id, '', '', now(), now()
      FROM generate_series(1, 200) AS id;
    CREATE INDEX ON version (id)"""
UPDATE = """
\\set id random(1, 200)
WITH now_so AS (
    UPDATE current
       SET words = 'Samen gewandeld, en daarna koffie gedronken.', who = 'worker De Brug', recorded_at = now()
     WHERE id = :id
    RETURNING id, words, who, happened_on, recorded_at
)
INSERT INTO version (id, words, who, happened_on, recorded_at)
SELECT id, words, who, happened_on, recorded_at
  FROM now_so;
"""
OURS = ("draad.stored_events", "draad.entry_keys")


def contests(place: Place) -> Iterator[Contest]:
    from tests.bench import continuum, django_peers  # noqa: PLC0415 - they are set up for one database

    place.as_owner(PEERS).execute(TABLES)
    ours, adjusted = _ours(place, organisation.act), _ours(place, _adjust)
    django, versioned = django_peers.Peer(place), continuum.Peer(place)
    peers = {
        "django-simple-history": django.simple_history(ROWS),
        "SQLAlchemy-Continuum": versioned.changes(ROWS),
    }
    pghistory, plans = django.pghistory(ROWS), django.plans(ROWS)

    def rate(change: Callable[[], int]) -> Callable[[], float]:
        return lambda: a_second(change, place.size.seconds)

    yield Contest(
        "audited_update",
        "changes/s",
        rate(ours),
        Target(to_peer=1),
        peer=rate(pghistory),
        peer_name="django-pghistory",
        limit=lambda: place.pgbench(UPDATE, 1),
        others={name: rate(change) for name, change in peers.items()},
    )
    yield Contest(
        "bytes_per_change",
        "bytes",
        lambda: _grown(place, "draad", OURS, ours),
        Target(to_peer=1),
        peer=lambda: _grown(place, PEERS, django_peers.PGHISTORY, pghistory),
        peer_name="django-pghistory",
        others={
            "SQLAlchemy-Continuum": lambda: _grown(
                place, PEERS, continuum.TABLES, peers["SQLAlchemy-Continuum"]
            )
        },
    )
    yield Contest(
        "bytes_per_change_of_a_plan",
        "bytes",
        lambda: _grown(place, "draad", OURS, adjusted),
        Target(to_peer=1),
        peer=lambda: _grown(place, PEERS, django_peers.PLANS, plans),
        peer_name="django-pghistory, the plan in a row of 2 kB",
    )


def _adjust(case: Any) -> None:
    """Other words for the goal, and what the client said to that."""
    goal = given.the(case.plan.goals)
    words = f"Ik kook {case.version} keer voor mijn zus en haar dochter."
    case.adjust_goal(goal, words, **given.deciding(by=given.WORKER))


def _ours(place: Place, act: Callable[[Any], None]) -> Callable[[], int]:
    cases = [given.sanne() for _ in range(ROWS)]
    place.casework.clock = cases[0].clock
    for case in cases:
        place.casework.open(case)
    turn = cycle(cases)

    def change() -> int:
        with place.casework.changing(next(turn).id) as changing:
            act(changing.case)
        return 1

    return change


def _grown(place: Place, database: str, tables: tuple[str, ...], change: Callable[[], int]) -> float:
    """Bytes a change, over so many that a page more or less does not show."""
    db: Any = place.as_owner(database)
    before, changes = _size(db, tables), place.size.changes
    for _ in range(changes):
        change()
    return float(_size(db, tables) - before) / changes


def _size(db: Any, tables: tuple[str, ...]) -> int:
    found = db.execute(
        "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%(tables)s::text[]) AS name",
        {"tables": list(tables)},
    ).fetchone()
    return int(found[0])
