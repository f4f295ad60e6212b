"""`draad export`: what goes out, as files that are complete or absent."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import click

from domain.casework import Casework
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import Connection, connect
from domain.store.vault import KeyGone
from jobs.installation import HOME, check
from jobs.progress import Bar
from jobs.worker import catch_up
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.export import continuity
from projections.export.sheet import written
from projections.read_model import left_out

ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
HOW_MANY = "SELECT count(*) FROM shown.caseload"


class Incomplete(Exception):
    """Cases are missing from the lists: run `draad rebuild`, and export again."""


@click.group()
def export() -> None:
    """Take out what is recorded here."""


@export.command("csv")
@HOME
@click.argument("which", type=click.Choice(["continuity"]))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def csv_(home: Path, which: str, output: Path) -> None:  # noqa: ARG001  # there is one yet
    """A list for a spreadsheet: `continuity` has a row for every case."""
    with open_database(home) as database:
        check(database)
        try:
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
            if left_out(db, CASELOAD.name) or left_out(db, CONTACTS.name):
                raise Incomplete
            of = _how_many(db)
            for number, row in enumerate(continuity.rows(db, Sources(casework).id_of), 1):
                write(row)
                shown(number, of)


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


def _how_many(db: Connection) -> int:
    row = db.execute(HOW_MANY).fetchone()
    return int(row[0]) if row else 0
