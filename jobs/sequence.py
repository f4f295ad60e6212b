"""In the worker: what was recorded, and who looked, is put on the logs and signed, at most a second later."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path

from domain.case import now
from domain.store.database import Database
from domain.store.log.logs import LOGS
from domain.store.log.outside import KEY, Folder, NotPinned, pin, pinned, signer
from domain.store.log.sequencer import LogBroken, Sequencer
from domain.store.pool import UNREACHABLE, Connection, connect

EVERY = 1.0  # seconds
log = logging.getLogger(__name__)


def checkpoints(home: Path) -> Folder:
    """The home's own."""
    return Folder(home / "checkpoints")


def key_file(home: Path) -> Path:
    """Where the public keys are. Take a copy elsewhere: `draad verify --key`."""
    return home / KEY


def witnesses(environ: Mapping[str, str]) -> list[Folder]:
    """The folders of DRAAD_WITNESSES, with a colon between them: of another machine, another organisation."""
    return [Folder(Path(path)) for path in environ.get("DRAAD_WITNESSES", "").split(os.pathsep) if path]


def sequence(database: Database, home: Path, stop: threading.Event) -> None:
    """Until told to stop. A log that is not as it was signed is left alone; the job `verify` says so."""
    while not stop.is_set():
        try:
            _sequence(database, home, stop)
        except UNREACHABLE as error:
            log.warning("the database is away: %s", type(error).__name__)
            stop.wait(EVERY)
        except OSError as error:
            log.error("checkpoints cannot be written: %s", type(error).__name__)  # noqa: TRY400
            stop.wait(EVERY)
        except LogBroken as why:
            log.error("%s", type(why).__doc__)  # noqa: TRY400 - it says what to do; the place says nothing
            return


def _sequence(database: Database, home: Path, stop: threading.Event) -> None:
    with connect(database) as db:
        steps = [sequencer.step for sequencer in sequencers(db, database, home)]
        while not stop.wait(EVERY):
            while sum(step() for step in steps) and not stop.is_set():
                pass


def sequencers(db: Connection, database: Database, home: Path) -> list[Sequencer]:
    """One for each log. LogBroken: the key is not the one that was pinned."""
    keys = {of.name: signer(database.secrets, of.name) for of in LOGS}
    pin(key_file(home), [key.verifier for key in keys.values()])
    others = witnesses(os.environ)
    for name, key in keys.items():
        try:
            if pinned(key_file(home), name) != key.verifier:
                raise LogBroken
        except NotPinned as error:
            raise LogBroken from error
    return [Sequencer(db, of, keys[of.name], checkpoints(home), witnesses=others, clock=now) for of in LOGS]
