"""`draad export transfer`: one client's whole dossier, for the organisation that takes the case over."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import click

from domain.casework import Casework
from domain.days import local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import connect
from domain.store.vault import KeyGone
from domain.taken_over import NotAgreedToTransfer, agreed
from jobs.dossier import Order, dossier
from jobs.export_dossier import FILE, NoneOrSeveral, case_id_of
from jobs.installation import HOME, check
from jobs.layout import NoPages
from jobs.looks import exported, operator
from jobs.progress import Bar
from jobs.worker import catch_up
from projections.export.dossier.asked import Asked
from projections.export.dossier.pack import MANIFEST
from projections.export.whole import whole


class NotAllSigned(Exception):
    """Not all entries of this case stand on the signed log yet. Let the worker run, and export again."""


@click.command("transfer")
@HOME
@click.argument("case")
@click.option("--to", required=True, help="The organisation, as the party is called in the case.")
@click.option("-o", "--output", required=True, type=FILE, help="FILE.zip")
def command(home: Path, case: str, to: str, output: Path) -> None:
    """A ZIP with all of CASE (its id, or its number), when the client agreed that TO reads it."""
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            try:
                export_transfer(database, casework, case, to, output)
            except (NoneOrSeveral, NoSuchCase, CaseIsErased, KeyGone, NoPages, OSError) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why
            except (NotAgreedToTransfer, NotAllSigned) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why


def export_transfer(database: Database, casework: Casework, case: str, to: str, output: Path) -> None:
    """Make it, write down that it goes out, and put it in its place. NotAgreedToTransfer, NotAllSigned."""
    with Bar("transfer") as shown, connect(database) as db:
        catch_up(database, casework)
        of, now = casework.history(case_id_of(db, case)), casework.clock()
        agreed(of.plan, to, local_day(now))
        asked = Asked(local_day(now), now, why=to)
        content = dossier(casework, db, Order(of, asked, operator(), now), shown)
        _check_all_signed(content, len(of.entries))
        exported(db, [of.id], "transfer", now)
        with whole(output) as out:
            out.write(content)


def _check_all_signed(content: bytes, entries: int) -> None:
    with zipfile.ZipFile(BytesIO(content)) as made:
        if json.loads(made.read(MANIFEST))["proofs"]["entries"] != entries:
            raise NotAllSigned
