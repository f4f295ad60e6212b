"""`draad import fhir`, `contacts`, `log` and `dossier`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from domain.casework import Casework
from domain.errors import CaseIsErased
from domain.store.database import Database, open_database, settings_for
from domain.store.import_runs import Aside, Left
from domain.store.imports import AnotherImport
from domain.store.pool import connect
from jobs.following import catch_up
from jobs.imports import IMPORTER
from jobs.imports.contact_import import ContactImport
from jobs.imports.dossier import CaseIsHere, import_dossier
from jobs.imports.event_log import import_log
from jobs.imports.fhir import import_fhir
from jobs.imports.outcome import Outcome
from jobs.imports.roster import SYSTEM, import_roster
from jobs.imports.run import Run, begun, recorded
from jobs.imports.summary import Summary
from jobs.imports.table import NotATable
from jobs.imports.visit import Columns
from jobs.installation import HOME, check
from jobs.progress import Bar
from projections.export.verifier import Wrong, key_in

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
APART = click.option(
    "--rejects",
    "apart",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where lines go that cannot be used. Default: beside the file.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")


@click.command("fhir")
@HOME
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--system", help="Where it comes from, when the resources do not say so. Default: the folder's name."
)
@AS_JSON
def fhir(home: Path, paths: tuple[Path, ...], system: str | None, *, as_json: bool) -> None:
    """FHIR R4: files, folders, .gz, .bz2 and .zip; JSON and XML. Twice imports nothing new."""
    with _ready(home, "fhir", paths, system or "") as (_, casework, run):
        told = import_fhir(paths, casework, by=IMPORTER, system=system, progress=run.progress)
        run.became(told.figures, told.left())
    _say(told, as_json=as_json)


@click.command("contacts")
@HOME
@FILE
@click.option("--system", default=SYSTEM, show_default=True, help="Where it comes from.")
@APART
@AS_JSON
def contacts(home: Path, file: Path, system: str, apart: Path | None, *, as_json: bool) -> None:
    """A roster: who came to which client. CSV, also .gz: case;worker;organisation;started_at;minutes;kind."""
    with _ready(home, "contacts", [file], system) as (database, casework, run):
        told = roster_comes_in(database, casework, run, file, apart)
    _say(told, as_json=as_json)


@click.command("log")
@HOME
@FILE
@click.option("--case-column", "case", required=True, help="Holds which case it is.")
@click.option("--worker-column", "worker", required=True, help="Holds who did it.")
@click.option("--time-column", "time", required=True, help="Holds when; without a zone it is UTC.")
@click.option("--party-column", "party", help="Holds for which organisation.")
@click.option("--system", help="Where it comes from. Default: the folder and the file.")
@APART
@AS_JSON
def log(
    home: Path, file: Path, system: str | None, apart: Path | None, *, as_json: bool, **columns: Any
) -> None:
    """An event log, as contacts and parties: to compare with other processes. CSV, also .gz."""
    system = system or named(file)
    with _ready(home, "log", [file], system) as (_, casework, run):
        told = import_log(_of_contacts(casework, run, system, apart), file, Columns(**columns))
        run.became(told.figures)
    _say(told, as_json=as_json)


@click.command("dossier")
@HOME
@FILE
@click.option("--key", required=True, help="Public key of their log, or a file with it. Ask them for it.")
@AS_JSON
def dossier(home: Path, file: Path, key: str, *, as_json: bool) -> None:
    """A case from another organisation's Draad, with its proofs. Twice imports nothing new."""
    with _ready(home, "dossier", [file]) as (database, casework, run):
        told = import_dossier(file, key_in(key), database, casework, run.progress)
        run.became(told.figures, told.left())
    _say(told, as_json=as_json)


def roster_comes_in(
    database: Database, casework: Casework, run: Run, file: Path, apart: Path | None = None
) -> Outcome:
    """Import this roster, and write down in the run what became of it. NotATable."""
    catch_up(database, casework)  # cases are found by their number
    with connect(database) as db:
        told = import_roster(_of_contacts(casework, run, run.begun.system, apart), file, db)
    run.became(told.figures)
    return told


def named(file: Path) -> str:
    """What a log is called that does not say it: by its folder, and its own name."""
    place = file.resolve()
    return f"{place.parent.name}/{place.name.partition('.')[0]}"


def _of_contacts(casework: Casework, run: Run, system: str, apart: Path | None) -> ContactImport:
    def told(line: int, why: str) -> None:
        run.put_aside(Left(Aside.REJECTED, "line", str(line), why.partition(": ")[0]))

    return ContactImport(casework, by=IMPORTER, system=system, progress=run.progress, apart=apart, told=told)


@contextmanager
def _ready(
    home: Path, kind: str, files: Sequence[Path], system: str = ""
) -> Iterator[tuple[Database, Casework, Run]]:
    """An installation, all its cases, and a run on the list. What goes wrong is said in a sentence."""
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework, Bar("Reading") as shown:
            try:
                what = begun(kind, files, system, casework.clock())
                with recorded(database, what, shown, casework.clock) as run:
                    yield database, casework, run
            except (NotATable, Wrong, OSError) as why:
                raise click.ClickException(str(why)) from why
            except (AnotherImport, CaseIsErased, CaseIsHere) as why:
                raise click.ClickException(str(type(why).__doc__)) from why


def _say(told: Outcome | Summary, *, as_json: bool) -> None:
    click.echo(json.dumps(told.as_json(), ensure_ascii=False, indent=1) if as_json else str(told))
    sys.exit(1 if told.rejected else 0)
