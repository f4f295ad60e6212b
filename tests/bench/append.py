"""append_1, append_8, append_32: so many threads each save one event of 300 bytes at a time, in new streams.

Ours goes through the product's recorder (with the wrapped data key beside each entry), theirs through the
recorder of eventsourcing as it comes, from a pool of eight connections. The limit is pgbench: as many
connections that insert such a row in a table with the same two indexes, and nothing else.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

from eventsourcing.persistence import StoredEvent

from domain.store.recorder import StoredEntry
from tests.bench import stock
from tests.bench.measure import Contest, Target
from tests.bench.place import PEERS, Place

BYTES, KEY = 300, 60  # of an event, and of its wrapped key
TABLE = """
    CREATE TABLE plain (
        originator_id uuid NOT NULL,
        originator_version bigint NOT NULL,
        topic text NOT NULL,
        state bytea NOT NULL,
        notification_id bigint GENERATED ALWAYS AS IDENTITY,
        PRIMARY KEY (originator_id, originator_version)
    )"""
INDEX = "CREATE UNIQUE INDEX ON plain (notification_id)"
INSERT = """
    INSERT INTO plain (originator_id, originator_version, topic, state)
    VALUES (gen_random_uuid(), 1, 'action_taken', decode(repeat('ab', 300), 'hex'));
"""
TARGETS = {1: Target(), 8: Target(to_peer=4, to_limit=0.6), 32: Target(to_limit=0.75)}


def contests(place: Place) -> Iterator[Contest]:
    owner = place.as_owner(PEERS)
    owner.execute(TABLE)
    owner.execute(INDEX)
    ours, theirs = place.casework.recorder, stock.recorder(place)

    def save() -> None:
        ours.insert_events([StoredEntry(uuid4(), 1, "action_taken", os.urandom(BYTES), os.urandom(KEY))])

    def save_as_it_comes() -> None:
        theirs.insert_events([StoredEvent(uuid4(), 1, "action_taken", os.urandom(BYTES))])

    def contest(threads: int) -> Contest:
        return Contest(
            f"append_{threads}",
            "saves/s",
            lambda: together(save, threads, place.size.seconds),
            TARGETS[threads],
            peer=lambda: together(save_as_it_comes, threads, place.size.seconds),
            peer_name="eventsourcing",
            limit=lambda: place.pgbench(INSERT, threads),
        )

    yield from map(contest, TARGETS)


def together(do: Callable[[], None], threads: int, seconds: float) -> float:
    """How many a second, all together."""
    until, done = time.perf_counter() + seconds, [0] * threads

    def work(nr: int) -> None:
        while time.perf_counter() < until:
            do()
            done[nr] += 1

    workers = [threading.Thread(target=work, args=(nr,)) for nr in range(threads)]
    began = time.perf_counter()
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return sum(done) / (time.perf_counter() - began)
