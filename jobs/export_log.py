"""`draad export xes` and `draad export ocel`: what happened, for programs that discover processes."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from domain.casework import Casework
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import connect
from jobs.installation import HOME, check
from jobs.lists import Incomplete
from jobs.looks import exported
from jobs.process_log import make_log
from jobs.progress import Bar
from jobs.worker import catch_up
from projections.export.log.asked import AskedLog, Format, Period
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
