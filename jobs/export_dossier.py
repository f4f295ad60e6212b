"""`draad export dossier`: one client's dossier as a ZIP, made here and now."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.casework import Casework
from domain.days import HERE, end_of, local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import Connection, connect
from domain.store.vault import KeyGone
from jobs.dossier import Order, dossier
from jobs.installation import HOME, check
from jobs.layout import NoPages
from jobs.looks import exported, operator
from jobs.progress import Bar
from jobs.worker import catch_up
from projections.caseload import of_number
from projections.export.dossier.asked import Asked, Length
from projections.export.whole import whole
from projections.export.words import LANGUAGES

FILE = click.Path(dir_okay=False, path_type=Path)
DAYS = ("%d-%m-%Y", "%Y-%m-%d")
MOMENTS = (*DAYS, "%d-%m-%Y %H:%M", "%Y-%m-%dT%H:%M")


class NoneOrSeveral(Exception):
    """No case, or more than one, has this number: give the id of the case."""


@click.command("dossier")
@HOME
@click.argument("case")
@click.option("-o", "--output", required=True, type=FILE, help="FILE.zip")
@click.option("--on", type=click.DateTime(DAYS), help="The plan as it was on this day. Default: today.")
@click.option("--known", type=click.DateTime(MOMENTS), help="With what was recorded by then. Default: now.")
@click.option("--length", type=click.Choice([*map(str, Length)]), default="full", show_default=True)
@click.option("--without-names", is_flag=True, help="Third persons by what they are to the client.")
@click.option("--looks", is_flag=True, help="With who looked at the record.")
@click.option("--for", "why", default="", help="What it is for: it stands in the dossier.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def command(
    home: Path, *, case: str, output: Path, on: datetime | None, known: datetime | None, **more: Any
) -> None:
    """A ZIP with the dossier of CASE (its id, or its number): complete or absent."""
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            now = casework.clock()
            more["length"] = Length(more["length"])
            asked = Asked(day_asked(on, local_day(now)), moment_asked(known, now), **more)
            try:
                export_dossier(database, casework, case, asked, output)
            except (NoneOrSeveral, NoSuchCase, CaseIsErased, KeyGone, NoPages, OSError) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why


def export_dossier(database: Database, casework: Casework, case: str, asked: Asked, output: Path) -> None:
    """Make it, write down that it goes out, and put it in its place."""
    with Bar("dossier") as shown, connect(database) as db:
        catch_up(database, casework)
        of = casework.history(case_id_of(db, case))
        order = Order(of, asked, operator(), casework.clock())
        content = dossier(casework, db, order, shown)
        exported(db, [of.id], "dossier", casework.clock())
        with whole(output) as out:
            out.write(content)
        shown(1, 1)


def case_id_of(db: Connection, case: str) -> UUID:
    """The case with this id or number. NoneOrSeveral."""
    try:
        return UUID(case)
    except ValueError:
        found = of_number(db, case)
    if len(found) != 1:
        raise NoneOrSeveral
    return found[0]


def day_asked(given: datetime | None, today: date) -> date:
    """The day that was given; today without one."""
    return given.date() if given else today


def moment_asked(given: datetime | None, now: datetime) -> datetime:
    """The moment that was given; a day by itself is the end of that day, here. Now without one."""
    if given is None:
        return now
    return end_of(given.date()) if given.time() == time() else given.replace(tzinfo=HERE)
