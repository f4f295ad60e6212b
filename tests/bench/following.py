"""follow, rebuild, verify, read_your_write: what happens with a record of many cases.

follow, rebuild: ours shows the entries of an invented organisation, sealed, in all followed read models
together: a thousand cases, 150,000 entries and contacts. First as they came, from nothing, of a hundred cases
in turn and then the next hundred; then made anew by stream, in two processes. Theirs is eventsourcing's
projection runner over 2,000 events of a hundred aggregates in turn, unsealed, with the most trivial view: it
takes each by itself, and knows no other way to make one anew. The limit only reads the rows.
read_your_write: from the end of a save until a list shows it, with the follower in another process; theirs
in its own. Our worker has nothing else to do by then: the work of its first night is behind it.
verify: ours makes every leaf of the signed log anew, in two processes; the limit reads what they are made of.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import psycopg

from domain.case import now
from domain.store import jobs
from domain.store.database import APP
from domain.store.log.logs import RECORD
from domain.store.log.outside import pinned
from domain.store.log.verify import verify
from domain.store.pool import connect
from jobs.following import FOLLOWED
from jobs.sequence import checkpoints, key_file, sequencers
from jobs.verify import several
from jobs.worker import run
from projections.follower import Follower
from projections.position import Position
from projections.rebuild import rebuild
from projections.signals import looking
from tests import given
from tests.bench import organisation, stock
from tests.bench.measure import Contest, Measure, Target, once
from tests.bench.place import Place

ROWS = """
    SELECT notification_id, originator_id, originator_version, topic, state, wrapped
      FROM draad.stored_events LEFT JOIN draad.entry_keys USING (originator_id, originator_version)
     ORDER BY notification_id"""
LEAVES = """
    SELECT notification_id, originator_id, originator_version, topic, state
      FROM draad.stored_events
     ORDER BY notification_id"""


def contests(place: Place) -> Iterator[Contest]:
    total, cases = organisation.record(place), stock.cases(place)
    many = min(place.size.cases, organisation.IN_TURN)
    theirs = stock.record(cases, many, place.size.entries // 5)  # slow enough to tell
    reader = place.until.enter_context(psycopg.connect(place.database.dsn(APP)))

    def follow() -> float:
        organisation.forget_what_is_shown(place)
        return once(lambda: _follow(place))

    def made_anew() -> int:
        rebuild(place.database, place.casework, FOLLOWED, processes=2)
        return total

    def contest(name: str, ours: Measure, target: float) -> Contest:
        return Contest(
            name,
            "entries/s",
            ours,
            Target(to_peer=target),
            peer=lambda: stock.followed(place, theirs),
            peer_name="eventsourcing",
            limit=lambda: _read(reader, ROWS),
        )

    yield contest("follow", follow, 7)
    yield contest("rebuild", lambda: once(made_anew), 20)
    yield _verify(place, reader)
    yield _read_your_write(place, cases)


def _follow(place: Place) -> int:
    decode, learn, done = place.casework.mapper.to_domain_event, place.casework.vault.learn, 0
    follower = Follower(place.database.dsn(APP), decode, FOLLOWED, learn=learn)
    with connect(place.database) as db:
        while step := follower.step(db):
            done += step
    return done


def _read(db: psycopg.Connection[tuple[object, ...]], query: str) -> float:
    with db.cursor(binary=True) as rows:
        return once(lambda: len(rows.execute(query.encode()).fetchall()))


def _verify(place: Place, reader: psycopg.Connection[tuple[object, ...]]) -> Contest:
    db = place.until.enter_context(connect(place.database))
    for signing in sequencers(db, place.database, place.home):
        while signing.step():
            pass
    make = several(place.until, place.database, processes=2)
    key, folders = pinned(key_file(place.home), RECORD.name), [checkpoints(place.home)]

    def verified() -> int:
        verdict = verify(db, RECORD, key, folders, make=make)
        assert verdict.ok
        return verdict.entries

    verified()  # the processes are there
    return Contest(
        "verify",
        "entries/s",
        lambda: once(verified),
        Target(to_limit=0.6),
        limit=lambda: _read(reader, LEAVES),
    )


def _read_your_write(place: Place, cases: stock.Cases) -> Contest:
    case = given.sanne()
    place.casework.clock = case.clock
    place.casework.open(case)
    runner = place.until.enter_context(stock.running(place))
    shown = place.until.enter_context(_worker(place))

    def ours() -> float:
        with place.casework.changing(case.id) as changing:
            organisation.act(changing.case)
        began = time.perf_counter()
        assert shown.wait(changing.position, 60)
        return time.perf_counter() - began

    def theirs() -> float:
        last = stock.change(cases)
        began = time.perf_counter()
        runner.wait(last, timeout=60)
        return time.perf_counter() - began

    ours()  # the worker has caught up
    _until_at_rest(place)
    times = range(place.size.times)
    return Contest(
        "read_your_write",
        "ms",
        lambda: 1000 * median(ours() for _ in times),
        Target(ours=5),
        peer=lambda: 1000 * median(theirs() for _ in times),
        peer_name="eventsourcing",
    )


def _until_at_rest(place: Place) -> None:
    """The worker has done the work of the night, with which it begins on its first day."""
    with connect(place.database) as db:
        while looking.waiting(db) or not all(run.outcome for run in jobs.last(db, now()).values()):
            time.sleep(0.2)


@contextmanager
def _worker(place: Place) -> Iterator[Position]:
    """A worker in a process of its own, and who waits for it."""
    fresh = multiprocessing.get_context("spawn")
    worker = fresh.Process(target=run, args=(place.database, place.home))
    worker.start()
    try:
        with Position(place.database.dsn(APP)) as shown:
            yield shown
    finally:
        worker.terminate()
        worker.join()
