"""The read models on a real database: cases to record in, and a follower that goes step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.case import Case
from domain.casework import Casework
from domain.store.database import APP, Database, settings_for
from jobs.following import FOLLOWED
from projections import case_row
from projections.caseload import CASELOAD
from projections.follower import Follower
from projections.read_model import Db, ReadModel, Told
from projections.report.counted import COUNTED
from tests import given

Follow = Callable[..., None]
Shown = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def casework(fresh: Database) -> Iterator[Casework]:
    """All cases: none yet."""
    with closing(Casework(settings_for(fresh), given.now)) as opened:
        yield opened


@pytest.fixture
def db(fresh: Database) -> Iterator[Db]:
    """A connection as the app role."""
    with psycopg.connect(fresh.dsn(APP), autocommit=True) as opened:
        yield opened


@pytest.fixture
def follow(fresh: Database, casework: Casework, db: Db) -> Follow:
    """Follow to the end of the record, by one follower that remembers what it saw."""
    follower = a_follower(fresh, casework)

    def to_the_end() -> None:
        while follower.step(db):
            pass

    return to_the_end


def a_follower(
    database: Database,
    casework: Casework,
    models: tuple[ReadModel, ...] = FOLLOWED,
    *,
    batch: int = 500,
    room: int = 50_000,
) -> Follower:
    return Follower(database.dsn(APP), casework.mapper.to_domain_event, models, batch=batch, room=room)


def kept(casework: Casework, *cases: Case) -> int:
    """Keep new cases with their contacts; gives the position of the last entry."""
    return [casework.open(case) for case in cases][-1]


def shown(db: Db) -> Shown:
    """Everything in the read models."""
    return {model.name: rows_of(db, model) for model in FOLLOWED}


def rows_of(db: Db, model: ReadModel) -> list[tuple[Any, ...]]:
    columns = ", ".join(field.name for field in fields(model.row))
    order = "case_id, entry, what" if model is COUNTED else "case_id, entry"
    query = f"SELECT {columns} FROM shown.{model.name} ORDER BY {order}"  # noqa: S608 - names of our own
    return db.execute(query.encode()).fetchall()


def poisoned(db: Db) -> list[tuple[Any, ...]]:
    return db.execute(
        "SELECT originator_id, read_model, why FROM shown.poison ORDER BY originator_id, read_model"
    ).fetchall()


def start_again(db: Db) -> None:
    """As a migration does: everything is followed once more."""
    db.execute("UPDATE shown.position SET notification_id = 0")


def change(casework: Casework, case_id: UUID, words: str = "Samen gewandeld.") -> int:
    with casework.changing(case_id) as changing:
        changing.case.take_action(words, **given.telling(by=given.WORKER))
    return changing.position


def visit(casework: Casework, case_id: UUID, worker: UUID = UUID(int=7)) -> int:
    log = casework.contacts(case_id)
    log.hold_contact(
        by=given.WORKER, workers=(worker,), organisation="De Brug", started_at=given.a_clock()(), minutes=30
    )
    return casework.keep(log)


def broken_for(case_id: UUID) -> ReadModel:
    """A caseload that stumbles over one case."""

    def rows(told: Told) -> Iterator[Any]:
        if told.case_id == case_id:
            raise ZeroDivisionError("Sanne Mulder")
        yield from case_row.rows(told)

    return ReadModel("caseload", CASELOAD.row, CASELOAD.opens, rows)
