"""`draad backup` and `draad restore`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from domain.case import now
from domain.store.database import open_database
from domain.store.dump import NotCopied
from domain.store.migrate import DatabaseIsNewer
from domain.store.replacing import HoldsARecord
from jobs.backup import folders
from jobs.backup.make import back_up
from jobs.backup.restore import NotSound, OtherSecrets, Shut, WouldLose, restore
from jobs.installation import HOME, check
from jobs.progress import Bar
from jobs.sequence import witnesses
from jobs.verify import line

FOLDER = click.Path(file_okay=False, path_type=Path)
KEYS = click.option("--keys", required=True, type=FOLDER, help="The folder of the keys, kept elsewhere.")
SAID = (
    folders.NotEmpty,
    folders.NotApart,
    folders.NoBackup,
    folders.Damaged,
    folders.NotTogether,
    NotCopied,
    HoldsARecord,
    DatabaseIsNewer,
    WouldLose,
    NotSound,
    Shut,
    OtherSecrets,
)


@click.command()
@HOME
@KEYS
@click.argument("folder", type=FOLDER)
def backup(home: Path, keys: Path, folder: Path) -> None:
    """Copy the record to FOLDER and its keys to another, and see that both can be restored."""
    try:
        with open_database(home) as database, Bar("Copying") as shown:
            check(database)
            found = back_up(database, home, folder, keys, now=now(), progress=shown)
    except SAID as why:
        raise _told(why) from why
    for verdict in found:
        click.echo(line(verdict))
    click.echo(f"Restored elsewhere, and as it was signed. Keep {keys} apart from {folder}.")


@click.command("restore")
@HOME
@KEYS
@click.option("--accept-loss", is_flag=True, help="What was signed after the backup is gone: accept that.")
@click.option("--forget-shut", is_flag=True, help="Clients of whom nothing opens are gone: accept that.")
@click.argument("folder", type=FOLDER)
def restore_(home: Path, keys: Path, folder: Path, **accepted: bool) -> None:
    """Bring the record back from FOLDER, in a home without one."""
    how: Any = {"outside": witnesses(os.environ), "now": now(), **accepted}
    try:
        whole = folders.opened(folder, keys)
        with open_database(home) as database, Bar("Copying") as shown:
            found = restore(database, home, whole, **how, progress=shown)
    except SAID as why:
        raise _told(why) from why
    for verdict in found:
        click.echo(line(verdict))
    click.echo(f"This is the record as it was at {whole.record.made_at:%Y-%m-%d %H:%M} UTC.")
    click.echo("Start the worker: it makes the lists. Look through the accounts: those of then are back.")


def _told(why: Exception) -> click.ClickException:
    return click.ClickException(" ".join(filter(None, (type(why).__doc__, str(why)))))
