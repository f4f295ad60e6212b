"""`draad export transfer`: one client's whole dossier, for the organisation that takes the case over."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from uuid import UUID

import click

from domain.case import Case
from domain.casework import Casework
from domain.contacts import ContactLog
from domain.days import local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.database import Database, open_database, settings_for
from domain.store.pool import connect
from domain.store.vault import KeyGone
from domain.taken_over import NotAgreedToTransfer, agreed
from jobs.exports.dossier import FILE, NoneOrSeveral, Order, case_id_of, dossier
from jobs.following import catch_up
from jobs.installation import HOME, check
from jobs.layout import NoPages
from jobs.looks import exported, operator
from jobs.progress import Bar
from projections.export.dossier.asked import Asked
from projections.export.dossier.pack import MANIFEST
from projections.export.whole import whole
from projections.read_model import poisonous


class NotReadable(Exception):
    """Something in this case or its contacts cannot be read. Nothing goes out: `draad verify` says what."""


class NotAllSigned(Exception):
    """Not all entries of this case stand on the signed log yet. Let the worker run, and export again."""


@click.command("transfer")
@HOME
@click.argument("case")
@click.option("--to", required=True, help="The organisation, as the party is called in the case.")
@click.option("-o", "--output", required=True, type=FILE, help="FILE.zip")
def command(home: Path, case: str, to: str, output: Path) -> None:
    """A ZIP with all of CASE (its id, or its number), when the client agreed that TO reads it.

    With its contacts and files. Who looked stays here: that log is of the organisation that kept it.
    """
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            try:
                export_transfer(database, casework, case, to, output)
            except (NoneOrSeveral, NoSuchCase, CaseIsErased, KeyGone, NoPages, OSError) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why
            except (NotAgreedToTransfer, NotAllSigned, NotReadable) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why


def export_transfer(database: Database, casework: Casework, case: str, to: str, output: Path) -> None:
    """Make it, write down that it goes out, and put it in its place. NotAgreedToTransfer, NotAllSigned,
    NotReadable.
    """
    with Bar("transfer") as shown, connect(database) as db:
        catch_up(database, casework)
        (of, came), now = _whole(casework, case_id_of(db, case)), casework.clock()
        agreed(of.plan, to, local_day(now))
        asked = Asked(local_day(now), now, why=to)
        content = dossier(casework, db, Order(of, asked, operator(), now, transfer=True), shown)
        _check_all_signed(content, len(of.entries), came.version)
        exported(db, [of.id], "transfer", now)
        with whole(output) as out:
            out.write(content)


def _whole(casework: Casework, case_id: UUID) -> tuple[Case, ContactLog]:
    """The case and its contacts. NoSuchCase, CaseIsErased, NotReadable."""
    try:
        return casework.history(case_id), casework.contacts(case_id)
    except (NoSuchCase, CaseIsErased, KeyGone):
        raise
    except Exception as error:
        if poisonous(error):
            raise NotReadable from error
        raise


def _check_all_signed(content: bytes, entries: int, contacts: int) -> None:
    with zipfile.ZipFile(BytesIO(content)) as made:
        proven = json.loads(made.read(MANIFEST))["proofs"]
    if (proven["entries"], proven.get("contacts")) != (entries, contacts):
        raise NotAllSigned
