"""`draad verify`: whether everything is as it was signed. `draad witness`: a copy for who remembers it."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from domain.casework import Casework
from domain.store import sound
from domain.store.database import APP, KEYS, Database, open_database, settings_for
from domain.store.log.checkpoint import NoCheckpoint
from domain.store.log.leaves import Leaves
from domain.store.log.logs import LOGS, Log
from domain.store.log.losses import accepted
from domain.store.log.outside import Folder, NotPinned, pinned
from domain.store.log.verify import Make, Stretch, Verdict
from domain.store.pool import Connection, connect, connect_to
from domain.store.renewing import destroyed
from domain.store.vault import KeysBehind
from jobs.evidence import verdicts
from jobs.following import FOLLOWED, catch_up
from jobs.installation import HOME, check
from jobs.sequence import checkpoints, key_file
from projections.fresh import stale

NOT_OK = 1
_here: list[Connection] = []  # of a process that makes leaves: its connection
KEY = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The public keys as you wrote them down elsewhere. Default: those in the home.",
)


@click.command("verify")
@HOME
@KEY
@click.option("--deep", is_flag=True, help="Also streams, keys, jobs, every checkpoint, and the lists.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
def verify_(home: Path, key: Path | None, *, deep: bool, as_json: bool, processes: int) -> None:
    """Whether nothing was changed, taken out or put in since it was recorded: 0 when it is so, else 1."""
    with open_database(home) as database, ExitStack() as until:
        check(database)
        db = until.enter_context(connect(database))
        make = several(until, database, processes) if processes > 1 else None
        try:
            found = verdicts(db, home, os.environ, key=key, all_notes=deep, make=make)
        except NotPinned as why:
            raise click.UsageError(str(type(why).__doc__)) from why
        more = list(_deep(database, db)) if deep else []
    told = _told(found, more)
    for said in [json.dumps(told, default=str, indent=1)] if as_json else [*map(line, found), *more]:
        click.echo(said)
    sys.exit(0 if told["ok"] else NOT_OK)


@click.command()
@HOME
@KEY
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def witness(home: Path, key: Path | None, folder: Path) -> None:
    """Put the last checkpoints in FOLDER, of somebody else, if the log still begins with what lies there."""
    with open_database(home) as database, connect(database) as db:
        check(database)
        for of in LOGS:
            try:
                said = _witnessed(db, of, Folder(folder), home, key)
            except NotPinned as why:
                raise click.UsageError(str(type(why).__doc__)) from why
            click.echo(f"{of.name}: {said}")


def _witnessed(db: Connection, of: Log, there: Folder, home: Path, key: Path | None) -> str:
    public = pinned(key or key_file(home), of.name)
    note, before = checkpoints(home).last(of.name), there.last(of.name)
    if note is None:
        return "there is no checkpoint yet"
    try:
        newest, known = public.opens(note), public.opens(before) if before else None
    except NoCheckpoint as why:
        raise click.ClickException(f"{of.name}: not signed by the pinned key") from why
    leaves = Leaves(db, of.name)
    if leaves.over(0, newest.size) != newest.root:
        raise click.ClickException(f"{of.name}: the list in the database is not what was signed")
    if known and any(loss.covers(known) for loss in accepted(of.name, public, [checkpoints(home)])):
        known = None  # somebody accepted that it is gone
    if known and (known.size > newest.size or leaves.over(0, known.size) != known.root):
        raise click.ClickException(f"{of.name}: does not begin with what lies in {there.path}")
    if note != before:
        there.keep(of.name, note)
    return f"{newest.size} entries"


def several(until: ExitStack, database: Database, processes: int) -> Make:
    """Processes that make leaves, each with a connection of its own."""
    fresh = multiprocessing.get_context("spawn")
    pool = until.enter_context(ProcessPoolExecutor(processes, fresh, _open, (database.dsn(APP),)))
    return lambda of, stretches: pool.map(partial(_leaves, of.name), stretches)


def _open(dsn: str) -> None:
    _here.append(connect_to(dsn))


def _leaves(log: str, stretch: Stretch) -> bytes:
    of = next(one for one in LOGS if one.name == log)
    return of.leaves(_here[0], *stretch)


def _deep(database: Database, db: Connection) -> Iterable[str]:
    """What the logs do not say: whether all that lies there fits together."""
    yield from sound.gaps(db)
    yield from sound.effects(db)
    with closing(Casework(settings_for(database))) as casework:
        with connect_to(database.dsn(APP, KEYS)) as keys_db:
            gone = {(told.originator_id, told.entry) for told in destroyed(db, casework.vault)}
            yield from sound.keys(db, keys_db, gone)
            yield from sound.forgotten(db, keys_db, gone)
            yield from sound.shut(db, keys_db, casework.vault)
        with suppress(KeysBehind):  # that was said
            catch_up(database, casework)
            yield from stale(database.dsn(APP), casework.mapper.to_domain_event, FOLLOWED)


def _told(found: list[Verdict], more: list[str]) -> dict[str, Any]:
    record, looks = (_as_json(verdict) for verdict in found)
    both = all(verdict.ok for verdict in found) and not more
    return {**record, "ok": both, "record": record["ok"], "looks": looks, "deep": more}


def _as_json(verdict: Verdict) -> dict[str, Any]:
    signed = verdict.checkpoint
    return {
        "ok": verdict.ok,
        "entries": verdict.entries,
        "checkpoint": signed
        and {"size": signed.size, "root": signed.root.hex(), "signed_at": verdict.signed_at},
        "first_bad": verdict.first_bad and vars(verdict.first_bad),
        "findings": verdict.findings,
        "losses": [{"kept": loss.kept.size, "known": loss.known, "at": loss.at} for loss in verdict.losses],
        "not_yet_signed": {
            "entries": verdict.waiting,
            "since": verdict.signed_at if verdict.waiting else None,
        },
    }


def line(verdict: Verdict) -> str:
    """What was found, for people."""
    said = [f"{verdict.log}: {verdict.entries} entries, {'all as signed' if verdict.ok else 'NOT AS SIGNED'}"]
    if verdict.first_bad:
        bad = verdict.first_bad
        said.append(f"  first: entry {bad.notification_id}, {bad.stream} version {bad.version}: {bad.what}")
    said += [f"  {line}" for line in (*verdict.findings, *verdict.losses)]
    if verdict.waiting:
        since = verdict.signed_at or "the beginning"
        said.append(f"  Limit: {verdict.waiting} entries came after the last checkpoint, of {since};")
        said.append("  a change in those is seen only by the list in the database.")
    return "\n".join(said)
