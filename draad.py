"""The command line: `draad demo`, and everything one does with an installation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from domain.store.checks import refuse_unsafe
from domain.store.database import EVENTS, OWNER, READER, Database, open_database
from domain.store.migrate import migrate
from domain.store.pool import connect
from domain.store.programs import Programs
from jobs import processes
from jobs.backup import commands as backups
from jobs.demo import home as demo_home
from jobs.demo import roster
from jobs.exports import csv, dossier, fhir, log, transfer
from jobs.forget import forget
from jobs.forgetting import before_opening
from jobs.imports import commands as imports
from jobs.installation import HOME, check
from jobs.keys import keys
from jobs.load.command import bench
from jobs.progress import Bar
from jobs.running import run, status
from jobs.users import user
from jobs.verify import verify_, witness

WRONG_USE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="draad")
def main() -> None:
    """Draad: the record of a client's trajectory, with the client's say as the thread."""


@main.command()
@HOME
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Throw away what is in the demo and load it again.")
def demo(home: Path, port: int, *, fresh: bool) -> None:
    """Draad with invented clients, to try. Ctrl-C stops it; the data stays."""
    address = f"http://127.0.0.1:{port}"
    if os.environ.get("DRAAD_DATABASE_URL"):
        raise click.UsageError("The demo brings its own database: unset DRAAD_DATABASE_URL.")
    try:
        with processes.polite_stop(), demo_home.taken(home, address):
            if demo_home.holds_a_record(home):
                raise click.ClickException(f"{home} holds a record that is no demo. Choose another --home.")
            if fresh or demo_home.half_loaded(home):
                demo_home.made_anew(home)
            with open_database(home) as database:
                sys.exit(_demo(home, database, port, address))
    except demo_home.RunsAlready as where:
        click.echo(f"Draad already runs on {home}: {where}", err=True)
        sys.exit(WRONG_USE)


def _demo(home: Path, database: Database, port: int, address: str) -> int:
    from web.serve import command as web_command  # noqa: PLC0415 - the other commands need no web

    if not processes.port_is_free(port):
        click.echo(f"Port {port} is in use. Choose another: draad demo --port {port + 1}", err=True)
        return WRONG_USE
    migrate(database)
    refuse_unsafe(database, os.environ)
    before_opening(database)
    position = 0
    if not demo_home.accounts(home):
        with Bar("Inventing an organisation") as shown:
            position = demo_home.load(home, database, shown)
    commands = ([*_draad(), "worker"], web_command(port=port))
    env = {**os.environ, "DRAAD_HOME": str(home.absolute()), "DRAAD_ADDRESS": address}
    env["DRAAD_SECOND_FACTOR"] = "off"  # to try Draad nobody needs a telephone
    env["DRAAD_TELEPHONE"] = "000 000 00 00"  # nobody's
    env["DRAAD_WEBHOOKS_INSIDE"] = "1"  # nor a receiver outside
    return processes.run(commands, env, lambda: _ready(home, database, position, address))


def _ready(home: Path, database: Database, position: int, address: str) -> None:
    from projections.position import wait_until  # noqa: PLC0415

    wait_until(database, position)
    if position:
        roster.comes_in(home, database)
    processes.wait_for_page(f"{address}/sign-in")
    click.echo(f"ready {address}")
    seen = set()
    for account in demo_home.accounts(home):
        if account.role not in seen:
            seen.add(account.role)
            click.echo(f"  {account.role:<14} {account.user:<9} {account.passphrase}")
    sys.stdout.flush()


def _draad() -> list[str]:
    """Ourselves, also where no `draad` is on the path."""
    return [sys.executable, "-m", "draad"]


@main.command("migrate")
@HOME
def migrate_(home: Path) -> None:
    """Make roles, databases and tables, or bring them up to this version."""
    with open_database(home) as database:
        migrate(database)


@main.command()
@HOME
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="HOST:PORT")
def serve(home: Path, bind: str) -> None:
    """The pages. Run `draad worker` beside it."""
    from web.serve import command as web_command  # noqa: PLC0415

    host, _, port = bind.rpartition(":")
    if not port.isdecimal():
        raise click.BadParameter(f"{bind!r} is not HOST:PORT", param_hint="--bind")

    with open_database(home) as database, processes.polite_stop():
        check(database)
        before_opening(database)
        env = {**os.environ, "DRAAD_HOME": str(home.absolute())}
        sys.exit(processes.run([web_command(host, int(port))], env, lambda: None))


@main.command()
@HOME
@click.option("--part", nargs=2, default=(1, 1), type=click.IntRange(1), help="1 2 and 2 2, where two share.")
def worker(home: Path, part: tuple[int, int]) -> None:
    """Keep the lists and reports up to date with the record."""
    from jobs.worker import run as work  # noqa: PLC0415
    from projections.follower import Part  # noqa: PLC0415

    nr, of = part
    if nr > of:
        raise click.UsageError(f"There is no part {nr} of {of}.")
    with open_database(home) as database:
        check(database)
        work(database, home, Part(nr, of))


@main.command()
@HOME
def health(home: Path) -> None:
    """Whether the worker keeps up: 0 when the lists show what was recorded until now, 1 when they do not."""
    from projections.position import newest, wait_until  # noqa: PLC0415

    with open_database(home) as database, connect(database) as db:
        sys.exit(0 if wait_until(database, newest(db), seconds=5) else 1)


@main.group("import")
def import_() -> None:
    """Bring in what was recorded elsewhere."""


@main.group()
def export() -> None:
    """Take out what is recorded here."""


@main.command()
@HOME
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1), help="At once.")
@click.argument("models", nargs=-1)
def rebuild(home: Path, models: tuple[str, ...], processes: int) -> None:
    """Build read models again from the record; all of them when none is named."""
    from jobs.rebuild import rebuild_models  # noqa: PLC0415

    with open_database(home) as database:
        check(database)
        with Bar("Rebuilding") as shown:
            rebuild_models(database, models, shown, processes)


@main.command(context_settings={"ignore_unknown_options": True})
@HOME
@click.option("--owner", is_flag=True, help="As the owner of the tables, instead of reading only.")
@click.argument("args", nargs=-1)
def psql(home: Path, args: tuple[str, ...], *, owner: bool) -> None:
    """Open psql on the database, with the rights of a reader."""
    with open_database(home) as database:
        sys.exit(Programs().psql(database.dsn(OWNER if owner else READER, EVENTS), args))


for command in (user, run, status, bench, verify_, witness):
    main.add_command(command)
for command in (forget, keys, backups.backup, backups.restore_):
    main.add_command(command)
for command in (imports.fhir, imports.contacts, imports.log, imports.dossier):
    import_.add_command(command)
for command in (csv.command, dossier.command, fhir.command, transfer.command, *log.COMMANDS):
    export.add_command(command)

if __name__ == "__main__":
    main()
