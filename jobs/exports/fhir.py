"""`draad export fhir`: a case as FHIR R4, or every case; complete or absent."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import click
import msgspec

from domain.casework import Casework
from domain.days import local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import Connection, connect
from domain.store.vault import KeyGone
from jobs.exports.dossier import DAYS, FILE, MOMENTS, NoneOrSeveral, case_id_of, day_asked, moment_asked
from jobs.following import catch_up
from jobs.installation import HOME, check
from jobs.lists import Incomplete, how_many, refuse_incomplete
from jobs.looks import exported
from jobs.progress import Bar
from projections.caseload import CASELOAD, after
from projections.contacts import CONTACTS
from projections.export.continuity import ALL, AT_A_TIME
from projections.export.fhir.bundle import bundle_of
from projections.export.fhir.then import readable
from projections.export.whole import whole
from projections.then import Moment


@click.command("fhir")
@HOME
@click.argument("case", required=False)
@click.option("--all", "every", is_flag=True, help="Every case: a ZIP with a bundle of each.")
@click.option("-o", "--output", required=True, type=FILE, help="FILE.json; with --all FILE.zip")
@click.option("--on", type=click.DateTime(DAYS), help="The plan as it was on this day. Default: today.")
@click.option("--known", type=click.DateTime(MOMENTS), help="With what was recorded by then. Default: now.")
@click.option("--looks", is_flag=True, help="With who looked at the record.")
def command(
    home: Path,
    *,
    case: str | None,
    every: bool,
    output: Path,
    on: datetime | None,
    known: datetime | None,
    looks: bool,
) -> None:
    """CASE (its id, or its number) as a FHIR R4 Bundle: complete or absent. See docs/fhir.md."""
    if every == bool(case):
        raise click.UsageError("Give a case, or --all.")
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            now = casework.clock()
            moment = Moment(day_asked(on, local_day(now)), moment_asked(known, now))
            try:
                export_fhir(database, casework, case, moment, output, looks=looks)
            except (NoneOrSeveral, Incomplete, NoSuchCase, CaseIsErased, KeyGone, OSError) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why


def export_fhir(
    database: Database, casework: Casework, case: str | None, moment: Moment, output: Path, *, looks: bool
) -> None:
    """Make it, write down whose cases go out, and put it in its place. Without a case: all of them."""
    with Bar("cases") as shown, whole(output) as out, connect(database) as db:
        catch_up(database, casework)
        refuse_incomplete(db, CONTACTS)
        export = Export(casework, db, moment, looks=looks)
        if case:
            taken = [case_id_of(db, case)]
            out.write(export.bundle(taken[0]))
        else:
            taken, of = [], how_many(db)
            for done, case_id in enumerate(export.into(out), 1):
                taken.append(case_id)
                shown(done, max(done, of))
        exported(db, taken, "fhir", casework.clock())


class Export:
    """One run: what goes out is as the operator may read it, who is of no team."""

    def __init__(self, casework: Casework, db: Connection, moment: Moment, *, looks: bool) -> None:
        self.casework, self.db, self.moment, self.looks = casework, db, moment, looks

    def bundle(self, case_id: UUID) -> bytes:
        """The case as JSON. NoSuchCase, CaseIsErased, KeyGone."""
        today = local_day(self.casework.clock())
        entries = readable(self.casework.history(case_id).entries, None, today)
        return msgspec.json.encode(bundle_of(self.db, case_id, entries, self.moment, looks=self.looks))

    def into(self, out: BinaryIO) -> Iterator[UUID]:
        """Write a bundle of every case, one by one; gives whose. Who was forgotten is not there."""
        refuse_incomplete(self.db, CASELOAD)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for case_id in self._every():
                with suppress(NoSuchCase, CaseIsErased, KeyGone):
                    file.writestr(_named(case_id), self.bundle(case_id), zipfile.ZIP_DEFLATED)
                    yield case_id

    def _every(self) -> Iterator[UUID]:
        last = None
        while page := after(self.db, ALL, last, AT_A_TIME):
            yield from (row.case_id for row in page)
            last = page[-1].case_id


def _named(case_id: UUID) -> zipfile.ZipInfo:
    """By its id, which says nothing of whose it is."""
    named = zipfile.ZipInfo(f"{case_id}.json")
    named.external_attr = 0o600 << 16  # for who unpacks it alone
    return named
