"""`draad export csv`: lists for a spreadsheet, complete or absent."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from domain.case import now
from domain.casework import Casework
from domain.days import local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import connect
from domain.store.vault import KeyGone
from jobs.following import catch_up
from jobs.installation import HOME, check
from jobs.lists import Incomplete, how_many, refuse_incomplete
from jobs.looks import exported
from jobs.progress import Bar
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.export import continuity, figures
from projections.export.sheet import written
from projections.report.counted import COUNTED
from projections.report.months import Grain, Period
from projections.say import SAY

MONTH = click.DateTime(["%Y-%m"])
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@click.command("csv")
@HOME
@click.argument("which", type=click.Choice(["continuity", "report"]))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "first", type=MONTH, help="Of a report: its first month, 2026-07.")
@click.option("--until", "last", type=MONTH, help="Its last month. Without these: the quarter that is over.")
def command(home: Path, which: str, output: Path, first: datetime | None, last: datetime | None) -> None:
    """A list for a spreadsheet: `continuity` has a row for every case, `report` one for every figure."""
    with open_database(home) as database:
        check(database)
        try:
            if which == "report":
                export_report(database, output, _period(first or last, last or first))
            else:
                export_continuity(database, output)
        except (Incomplete, OSError) as why:
            raise click.ClickException(str(why) or str(type(why).__doc__)) from why


def export_continuity(database: Database, output: Path) -> None:
    """How steady the faces are, case by case, as it is recorded now."""
    with (
        closing(Casework(settings_for(database))) as casework,
        Bar("cases") as shown,
        written(output, continuity.COLUMNS) as write,
        connect(database) as db,
    ):
        catch_up(database, casework)
        with db.transaction():
            db.execute(ONE_MOMENT)
            refuse_incomplete(db, CASELOAD, CONTACTS)
            of, cases = how_many(db), []
            for number, row in enumerate(continuity.rows(db, Sources(casework).id_of), 1):
                write(row)
                cases.append(continuity.case_of(row))
                shown(number, of)
        exported(db, cases, "continuity", casework.clock())


def export_report(database: Database, output: Path, period: Period) -> None:
    """Every figure over a period, as far as it may be shown: no clients, so nobody looks at any."""
    with (
        closing(Casework(settings_for(database))) as casework,
        written(output, figures.COLUMNS) as write,
        connect(database) as db,
    ):
        catch_up(database, casework)
        refuse_incomplete(db, SAY, COUNTED, CONTACTS)
        for row in figures.rows(db, period, local_day(casework.clock())):
            write(row)


def _period(first: datetime | None, last: datetime | None) -> Period:
    if first is None or last is None:
        return Period.finished(Grain.QUARTER, local_day(now()))
    if last < first:
        raise click.BadParameter("it ends before it begins", param_hint="--until")
    return Period(first.date(), last.date())


class Sources:
    """What cases are called where they come from."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def id_of(self, case_id: UUID, number: str) -> str:
        """The id of what it was imported from; the number of the case when it was opened here."""
        with suppress(NoSuchCase, CaseIsErased, KeyGone):
            if source := self._casework.opening(case_id).source:
                return source.id
        return number
