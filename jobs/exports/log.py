"""`draad export xes` and `draad export ocel`: what happened, for programs that discover processes.

One case after the other: memory stays what one case takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO
from uuid import UUID

import click

from domain.casework import Casework
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import Connection, connect
from domain.store.vault import KeyGone
from jobs.following import catch_up
from jobs.installation import HOME, check
from jobs.lists import Incomplete, how_many, refuse_incomplete
from jobs.looks import exported
from jobs.progress import Bar
from projections.caseload import CASELOAD, after
from projections.export.continuity import ALL, AT_A_TIME
from projections.export.log import ocel, xes
from projections.export.log.asked import AskedLog, Format, Period
from projections.export.log.happening import CaseLog, case_log
from projections.export.log.names import Names
from projections.export.whole import whole

DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


def command(kind: Format, about: str) -> click.Command:
    """The command that makes a log of this kind."""

    @click.command(kind, help=about)
    @HOME
    @click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--from", "first", type=DAY, help="What happened from this day on.")
    @click.option("--until", "last", type=DAY, help="What happened until this day.")
    @click.option(
        "--names",
        type=click.Choice(["pseudonym", "none"]),
        default="pseudonym",
        show_default=True,
        help="Who did it: under a name that holds in this file only, or not at all.",
    )
    def made(home: Path, output: Path, first: datetime | None, last: datetime | None, names: str) -> None:
        if first and last and last < first:
            raise click.BadParameter("it ends before it begins", param_hint="--until")
        period = Period(first and first.date(), last and last.date())
        with open_database(home) as database:
            check(database)
            try:
                export_log(database, output, AskedLog(kind, period, people=names != "none"))
            except (Incomplete, OSError) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why

    return made


COMMANDS = (
    command(Format.XES, "What happened, as XES (IEEE 1849): a trace for every case."),
    command(Format.OCEL, "What happened, as OCEL 2.0 JSON: also by goal, support and person."),
)


def export_log(database: Database, output: Path, asked: AskedLog) -> None:
    """Make it, write down whose cases are in it, and put it in its place."""
    with (
        closing(Casework(settings_for(database))) as casework,
        Bar("cases") as shown,
        whole(output) as out,
        connect(database) as db,
    ):
        catch_up(database, casework)
        cases = make_log(casework, db, asked, out, shown)
        exported(db, cases, asked.format, casework.clock())


WRITERS: dict[Format, Callable[[IO[bytes], Iterable[CaseLog]], None]] = {
    Format.XES: xes.write,
    Format.OCEL: ocel.write,
}
Progress = Callable[[int, int], None]


def make_log(
    casework: Casework, db: Connection, asked: AskedLog, out: IO[bytes], progress: Progress
) -> list[UUID]:
    """Write what is recorded by now; gives the cases that are in it. Incomplete."""
    refuse_incomplete(db, CASELOAD)
    known, names, taken = casework.clock(), Names(people=asked.people), list[UUID]()
    read = partial(case_log, known=known, period=asked.period, names=names)
    WRITERS[asked.format](out, _taken(_every(casework, db, read, progress), taken))
    return taken


def _every(
    casework: Casework, db: Connection, read: Callable[..., CaseLog], progress: Progress
) -> Iterator[CaseLog]:
    """Every case in which something happened, one by one. Who was forgotten is not there."""
    last, done, of = None, 0, how_many(db)
    while page := after(db, ALL, last, AT_A_TIME):
        for row in page:
            log = _log_of(casework, row.case_id, read)
            if log and log.happenings:
                yield log
        last, done = page[-1].case_id, done + len(page)
        progress(done, max(of, done))


def _log_of(casework: Casework, case_id: UUID, read: Callable[..., CaseLog]) -> CaseLog | None:
    with suppress(CaseIsErased, KeyGone, NoSuchCase):
        return read(casework.history(case_id), casework.contacts(case_id))
    return None


def _taken(logs: Iterable[CaseLog], into: list[UUID]) -> Iterator[CaseLog]:
    for log in logs:
        into.append(log.case_id)
        yield log
