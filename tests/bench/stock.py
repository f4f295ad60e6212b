"""The library as it comes: eventsourcing's own recorder, mapper, repository and projection runner."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import ApplicationRecorder, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner

from tests.bench.place import PEERS, Place

GOAL, WORKER = UUID(int=1), UUID(int=7)


class Case(Aggregate):
    """As plain as can be: what was done, by whom, on which day."""

    @event("Opened")
    def __init__(self, client: str) -> None:
        self.client = client
        self.told: list[tuple[str, str, str, str]] = []

    @event("ActionTaken")
    def take_action(self, words: str, goal: str, by: str, happened_on: str) -> None:
        self.told.append((words, goal, by, happened_on))


class Cases(Application[UUID]):
    """An application as the library's tutorial writes it."""


class Saves(Application[UUID]):
    """Another, with a table of its own: for events that nobody reads."""


class View(PostgresTrackingRecorder):
    """The least a read model can do: remember how far it is."""


class Trivial(Projection[View]):
    name = "trivial"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002
        self.view.insert_tracking(tracking)


def environment(place: Place, pool: int = 8) -> dict[str, str]:
    at = place.peers
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": PEERS,
        "POSTGRES_HOST": at["host"],
        "POSTGRES_PORT": at["port"],
        "POSTGRES_USER": at["user"],
        "POSTGRES_PASSWORD": at["password"],
        "POSTGRES_POOL_SIZE": str(pool),
        "POSTGRES_MAX_OVERFLOW": "0",
        "POSTGRES_CONNECT_TIMEOUT": "60",  # seconds that a thread waits for one of these connections
    }


def cases(place: Place) -> Cases:
    return place.until.enter_context(Cases(env=environment(place)))


def recorder(place: Place) -> ApplicationRecorder:
    return place.until.enter_context(Saves(env=environment(place))).recorder


def record(app: Cases, many: int, entries: int) -> int:
    """As many aggregates with as many events each, one of each in turn; gives the last number."""
    aggregates = [Case(f"client {nr}") for nr in range(many)]
    for _ in range(entries - 1):
        for case in aggregates:
            act(case)
        app.save(*aggregates)
    return app.recorder.max_notification_id() or 0


def act(case: Case) -> None:
    case.take_action(
        "Samen gewandeld, en daarna koffie gedronken.", str(GOAL), f"{WORKER} worker De Brug", "2026-11-22"
    )


def change(app: Cases) -> int:
    """One event more; gives its number."""
    case = Case("client")
    return max(one.notification.id for one in app.save(case))


@contextmanager
def running(place: Place) -> Iterator[ProjectionRunner[Cases, View]]:
    """Its projection runner, in this process."""
    with ProjectionRunner(
        application_class=Cases, projection_class=Trivial, view_class=View, env=environment(place, pool=3)
    ) as runner:
        yield runner


def followed(place: Place, last: int) -> float:
    """Events a second, from nothing to this number."""
    place.as_owner(PEERS).execute("DROP TABLE IF EXISTS trivial_tracking")
    began = time.perf_counter()
    with running(place) as runner:
        runner.wait(last, timeout=600)
        return last / (time.perf_counter() - began)


def a_long_case(app: Cases, entries: int) -> UUID:
    case = Case("client")
    for _ in range(entries - 1):
        act(case)
    app.save(case)
    return case.id
