"""What runs by itself, from the command line: how it stands, and a job by hand."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from domain.case import now
from domain.casework import Casework
from domain.days import HERE
from domain.store.database import Database, open_database, settings_for
from domain.store.jobs import OK, Run
from domain.store.pool import connect
from domain.store.timetable import JOBS
from jobs.installation import HOME, check
from jobs.progress import Bar
from jobs.schedule import RunsNow, by_hand
from jobs.work import Means, NotYet
from projections.condition import Condition, Standing, condition


@click.command()
@HOME
@click.argument("job", type=click.Choice([job.name for job in JOBS]))
def run(home: Path, job: str) -> None:
    """Do a job now that otherwise happens by itself. Safe to repeat."""
    with _opened(home) as (database, casework), Bar(job) as shown:
        try:
            ran = by_hand(database, job, Means(casework.mapper.to_domain_event, home, os.environ), shown)
        except (RunsNow, NotYet) as why:
            raise click.ClickException(str(type(why).__doc__)) from why
    click.echo(_told(ran))
    sys.exit(0 if ran.outcome == OK else 1)


@click.command()
@HOME
@click.option("--json", "as_json", is_flag=True, help="For a program that watches.")
def status(home: Path, *, as_json: bool) -> None:
    """How far the lists are, what ran, and what is wrong: 0 when nothing is, else 1."""
    with _opened(home) as (database, casework), connect(database) as db:
        found = condition(db, casework.mapper.to_domain_event, now())
    wrong = list(found.wrong())
    for line in [_as_json(found, wrong)] if as_json else [*_lines(found), *wrong]:
        click.echo(line)
    sys.exit(1 if wrong else 0)


@contextmanager
def _opened(home: Path) -> Iterator[tuple[Database, Casework]]:
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            yield database, casework


def _lines(found: Condition) -> Iterator[str]:
    for one in found.followed:
        yield f"{one.who:<12} at {one.position} of {one.newest}, {one.seconds} s behind"
    yield f"{'to look at':<12} {found.waiting} cases"
    yield f"{'drafts':<12} {found.drafts}"
    yield f"{'quarantine':<12} {len(found.left_out)}"
    for out in found.left_out:
        yield f"  {out.read_model}: {out.stream}, {out.why}, since {_here(out.since)}"
    for standing in found.jobs:
        ran = _told(standing.last) if standing.last else "never ran"
        yield f"{standing.job.name:<12} {ran}; next {_here(standing.next)}"


def _told(ran: Run) -> str:
    """How it went, with the time here."""
    counts = ", ".join(f"{name} {count}" for name, count in sorted(ran.counts.items()))
    missed = f"{ran.missed} earlier moments missed" if ran.missed else ""
    parts = (_here(ran.started_at), ran.outcome or "not finished", counts, missed, ran.why)
    return ", ".join(filter(None, parts))


def _here(moment: datetime) -> str:
    return f"{moment.astimezone(HERE):%Y-%m-%d %H:%M}"


def _as_json(found: Condition, wrong: list[str]) -> str:
    told = {
        "wrong": wrong,
        "followed": [asdict(one) for one in found.followed],
        "to_look_at": found.waiting,
        "drafts": found.drafts,
        "quarantine": [asdict(one) for one in found.left_out],
        "jobs": [_job(one) for one in found.jobs],
    }
    return json.dumps(told, default=str, indent=1)


def _job(one: Standing) -> dict[str, object]:
    last = asdict(one.last) if one.last else None
    return {"job": one.job.name, "last": last, "done": one.done, "next": one.next, "late": one.late}
