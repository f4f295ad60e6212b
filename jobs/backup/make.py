"""Making a backup: everything that cannot be made again, and tried out before it gets its name.

First the checkpoints, then the record, then the keys: so each fits what was copied before it. A client
whose key is destroyed in between is forgotten in the backup too.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from domain.store.database import EVENTS, KEYS, OWNER, Database
from domain.store.dump import dump
from domain.store.embedded import Embedded
from domain.store.log.logs import LOGS
from domain.store.log.outside import pin, signer
from domain.store.log.verify import Verdict
from domain.store.secret import Secrets
from jobs.backup import folders
from jobs.backup.folders import Backup, Part, list_up, made, refuse_together, this_version
from jobs.backup.restore import SECRETS, restore
from jobs.sequence import checkpoints, key_file

Progress = Callable[..., None]


def back_up(
    database: Database, home: Path, folder: Path, keys: Path, *, now: datetime, progress: Progress
) -> list[Verdict]:
    """Make a backup, restore it elsewhere, and give what was found there. NotEmpty, NotApart."""
    refuse_together(folder, keys)
    with made(folder) as record_half, made(keys) as keys_half:
        log = signer(database.secrets, LOGS[0].name).name
        record = Part(record_half, folders.RECORD, log, now, this_version())
        backup = Backup(record, Part(keys_half, folders.KEYS, log, now, this_version()))
        _copy_checkpoints(database, home, record_half)
        dump(database.dsn(OWNER, EVENTS), backup.record.dump, lambda *done: progress(*done, "record"))
        dump(database.dsn(OWNER, KEYS), backup.keys.dump, lambda *done: progress(*done, "keys"))
        for name in (*SECRETS, *database.secrets.laid_down):
            file = keys_half / name
            file.touch(mode=0o600)
            file.write_text(database.secrets.read(name))
        list_up(backup.record)
        list_up(backup.keys)
        with _elsewhere() as (other, there):
            return restore(there, other, backup, outside=(), accept_loss=False, now=now, progress=progress)


def _copy_checkpoints(database: Database, home: Path, to: Path) -> None:
    pin(key_file(home), [signer(database.secrets, of.name).verifier for of in LOGS])
    shutil.copytree(checkpoints(home).path, to / "checkpoints")


@contextmanager
def _elsewhere() -> Iterator[tuple[Path, Database]]:
    """An installation that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="draad-") as place:
        Path(place).chmod(0o711)  # root's server runs as another user
        home = Path(place) / "home"
        try:
            with Embedded(home) as server:
                yield home, Database(server.admin, Secrets(home / "secrets"), server.socket)
        finally:
            Embedded(home).throw_away()
