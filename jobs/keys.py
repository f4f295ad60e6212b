"""`draad keys rotate`: another master key."""

from __future__ import annotations

from pathlib import Path

import click

from domain.store.database import open_database
from domain.store.masters import BEFORE, InUse, rotate
from domain.store.migrate import check_version
from domain.store.vault import AnotherMaster
from jobs.installation import HOME
from jobs.progress import Bar


@click.group("keys")
def keys() -> None:
    """The master key, by which the keys of all clients are wrapped."""


@keys.command("rotate")
@HOME
def rotate_(home: Path) -> None:
    """Wrap all clients' keys by a new master key: `master.next` among the secrets, else one is made.

    Stop web and worker first. Broken off, start it again: it goes on.
    """
    with open_database(home) as database:
        check_version(database)
        try:
            with Bar("Wrapping") as shown:
                many = rotate(database, shown)
        except (InUse, AnotherMaster) as why:
            raise click.ClickException(str(type(why).__doc__)) from why
        click.echo(f"{many} keys are wrapped by the new master key. The old one is in {BEFORE}: it opens")
        click.echo("only backups from before. Take it away; destroy it when the last of those is gone.")
