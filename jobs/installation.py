"""An installation, as the commands open it: only when its database is of this version, and safe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from domain.store.checks import Unsafe, refuse_unsafe
from domain.store.database import Database, open_database
from domain.store.migrate import DatabaseIsNewer, DatabaseIsOlder, check_version
from domain.store.pool import Connection, connect

HOME = click.option(
    "--home",
    envvar="DRAAD_HOME",
    default="var",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with the embedded database and its secrets.",
)


def check(database: Database) -> None:
    """Go on only with a database that this version can work with."""
    try:
        check_version(database)
        refuse_unsafe(database, os.environ)
    except Unsafe as why:
        raise click.ClickException(str(why)) from why
    except (DatabaseIsOlder, DatabaseIsNewer) as why:
        raise click.ClickException(str(type(why).__doc__)) from why


@contextmanager
def accounts(home: Path) -> Iterator[Connection]:
    """The tables of who may come in."""
    with open_database(home) as database:
        check(database)
        with connect(database) as db:
            yield db
