"""The command: refuse what is in use, write by several processes, and make the read models."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import click

from domain.case import now
from domain.days import local_day
from domain.store.bulk import Bulk, in_use, tidy
from domain.store.database import Database, open_database
from domain.store.embedded import Embedded
from domain.store.migrate import migrate
from domain.store.pool import connect
from jobs.demo import home as demo_home
from jobs.installation import HOME, check
from jobs.load.again import Again
from jobs.load.templates import templates
from jobs.progress import Bar
from jobs.rebuild import rebuild_models
from projections.follower import move, position_of
from projections.position import newest
from projections.signals import looking

AT_A_TIME = 50  # cases sealed and written together, and held in memory


class InUse(click.ClickException):
    """There is a record here, a demo, or somebody with an account. Choose another --home."""

    def __init__(self) -> None:
        super().__init__(str(type(self).__doc__))


@dataclass(frozen=True)
class Size:
    """What is asked for: cases, entries and contacts of each on average, and the seed of it all."""

    cases: int
    entries: int
    contacts: int
    seed: int


@click.command()
@HOME
@click.option("--load", "cases", required=True, type=click.IntRange(1, 1_000_000), help="So many cases.")
@click.option("--contacts", type=click.IntRange(0), help="So many contacts over all cases. Default: 50 each.")
@click.option(
    "--entries", default=100, show_default=True, type=click.IntRange(10), help="In each, on average."
)
@click.option("--seed", default=1, show_default=True, help="Another one invents another organisation.")
def bench(home: Path, cases: int, contacts: int | None, entries: int, seed: int) -> None:
    """Load an invented organisation of any size in a new home, to measure with."""
    if demo_home.accounts(home) or demo_home.half_loaded(home):
        raise InUse
    each = 50 if contacts is None else round(contacts / cases)
    is_new = not os.environ.get("DRAAD_DATABASE_URL") and not Embedded(home).data.exists()
    with open_database(home) as database:
        migrate(database) if is_new else check(database)
        click.echo(load(database, Size(cases, entries, each, seed)))


def load(database: Database, size: Size) -> str:
    """Load it and make the read models; gives what there is now, and how long it took. InUse."""
    if in_use(database):
        raise InUse
    began = time.monotonic()
    with Bar("Inventing") as shown:
        written = _write_all(database, size, shown)
    tidy(database)
    recorded = time.monotonic()
    with Bar("Making the lists") as shown:
        rebuild_models(database, (), shown, os.cpu_count() or 1)
    with connect(database) as db, db.transaction():
        position_of(db)
        move(db, newest(db))  # the follower has nothing more to do
        looking.move(db)  # every case waits for a look, and holds nobody up
    tidy(database)
    made = time.monotonic()
    seconds = f"written in {recorded - began:.0f} s, lists made in {made - recorded:.0f} s"
    return f"{size.cases} cases with {written} entries and contacts: {seconds}"


def _write_all(database: Database, size: Size, progress: Callable[[int, int], None]) -> int:
    """Write every case, with a process a core; gives how many entries and contacts that are."""
    chunks = [range(at, min(at + AT_A_TIME, size.cases)) for at in range(0, size.cases, AT_A_TIME)]
    write = partial(write_cases, database, size, local_day(now()))
    done, written = 0, 0
    processes = min(os.cpu_count() or 1, len(chunks))
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for chunk, entries in zip(chunks, pool.map(write, chunks), strict=True):
            done, written = done + len(chunk), written + entries
            progress(done, size.cases)
    return written


def write_cases(database: Database, size: Size, today: date, numbers: range) -> int:
    """Write these cases, in a process of its own; gives how many entries and contacts they have."""
    told = templates(today, size.entries, size.contacts)
    with Bulk(database) as bulk:
        again = (Again(told[nr % len(told)], nr, size.seed, today) for nr in numbers)
        return bulk.keep(stream for one in again for stream in one.streams())
