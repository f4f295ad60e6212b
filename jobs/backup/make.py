"""Making a backup: everything that cannot be made again, and tried out before it gets its name.

First the checkpoints, then both databases as they are at one moment, the record before the keys: so each fits
what was copied before it. What is recorded or forgotten while they are copied is not in it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from domain.store.database import EVENTS, KEYS, OWNER, Database
from domain.store.dump import dump, moment
from domain.store.embedded import Embedded
from domain.store.erasing import alone
from domain.store.log.logs import LOGS
from domain.store.log.outside import pin, signer
from domain.store.log.verify import Verdict
from domain.store.secret import Secrets
from jobs.backup import folders
from jobs.backup.folders import Backup, Part, list_up, made, refuse_together, this_version
from jobs.backup.restore import SECRETS, restore
from jobs.backup.trying import trying
from jobs.sequence import checkpoints, key_file

Progress = Callable[..., None]


def back_up(
    database: Database, home: Path, folder: Path, keys: Path, *, now: datetime, progress: Progress
) -> list[Verdict]:
    """Make a backup, restore it elsewhere, and give what was found there. NotEmpty, NotApart."""
    refuse_together(folder, keys)
    with trying(home, folder, keys) as other, made(folder) as record_half, made(keys) as keys_half:
        log = signer(database.secrets, LOGS[0].name).name
        record = Part(record_half, folders.RECORD, log, now, this_version())
        backup = Backup(record, Part(keys_half, folders.KEYS, log, now, this_version()))
        _copy_checkpoints(database, home, record_half)
        with _now(database) as (of_record, of_keys):
            events, clients = database.dsn(OWNER, EVENTS), database.dsn(OWNER, KEYS)
            dump(events, of_record, backup.record.dump, lambda *done: progress(*done, "record"))
            dump(clients, of_keys, backup.keys.dump, lambda *done: progress(*done, "keys"))
        for name in (*SECRETS, *database.secrets.laid_down):
            file = keys_half / name
            file.touch(mode=0o600)
            file.write_text(database.secrets.read(name))
        list_up(backup.record)
        list_up(backup.keys)
        with Embedded(other) as server:
            there = Database(server.admin, Secrets(other / "secrets"), server.socket)
            return restore(there, other, backup, outside=(), accept_loss=False, now=now, progress=progress)


def _copy_checkpoints(database: Database, home: Path, to: Path) -> None:
    pin(key_file(home), [signer(database.secrets, of.name).verifier for of in LOGS])
    shutil.copytree(checkpoints(home).path, to / "checkpoints")


@contextmanager
def _now(database: Database) -> Iterator[tuple[str, str]]:
    """The record and the keys at one moment: no key is renewed in between, as for who forgets an entry."""
    with ExitStack() as until:
        with alone(database):
            record, keys = (until.enter_context(moment(database.dsn(OWNER, of))) for of in (EVENTS, KEYS))
        yield record, keys
