"""Bringing a backup back: beside what is there, held against what was signed, and then in its place.

What was signed outside of more than the backup holds is lost. That is said, and has to be accepted; it is
then written down with a signature, so that the record does not read as one that was cut off.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from domain.store import drafts, sound
from domain.store.database import APP, EVENTS, KEYS, Database
from domain.store.dump import load
from domain.store.log.checkpoint import NoCheckpoint, Signer, Verifier
from domain.store.log.leaves import Leaves
from domain.store.log.logs import LOGS, Log
from domain.store.log.losses import accept
from domain.store.log.outside import Folder, pinned, signer
from domain.store.log.sequencer import LogBroken, Sequencer
from domain.store.log.verify import Verdict, verify
from domain.store.pool import Connection, connect_to
from domain.store.renewing import destroyed
from domain.store.replacing import (
    beside,
    bring_up_beside,
    make_beside,
    number_further,
    put_in_place,
    refuse_a_record,
)
from domain.store.secret import Secrets
from domain.store.vault import Vault
from jobs.backup.folders import Backup, NotTogether
from jobs.evidence import remembered
from jobs.forgetting import before_opening
from jobs.sequence import checkpoints, key_file

SECRETS = ("master", "log")  # the passwords of the roles are made anew
Progress = Callable[..., None]


class WouldLose(Exception):
    """More was signed than this backup holds. Look for a younger one, or restore with --accept-loss."""


class NotSound(Exception):
    """What came out of this backup is not as it was signed. Take another one."""


class Shut(Exception):
    """What is kept of these clients does not open with these keys: theirs was renewed since, as one entry was
    destroyed. Take a younger record, or restore with --forget-shut, and they are forgotten.
    """


class OtherSecrets(Exception):
    """The secrets that were laid here are not those of this backup."""


def restore(
    database: Database,
    home: Path,
    backup: Backup,
    *,
    outside: Sequence[Folder],
    accept_loss: bool,
    forget_shut: bool = False,
    now: datetime,
    progress: Progress,
) -> list[Verdict]:
    """Gives what was found. HoldsARecord, WouldLose, NotSound, Shut.

    `outside`: who else knows what was signed.
    """
    refuse_a_record(database)
    _take_secrets(database.secrets, backup)
    make_beside(database)
    load(database.admin(beside(KEYS)), backup.keys.dump, lambda *done: progress(*done, "keys"))
    load(database.admin(beside(EVENTS)), backup.record.dump, lambda *done: progress(*done, "record"))
    bring_up_beside(database)
    half = home / "restoring"
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(backup.record.folder / "checkpoints", checkpoints(half).path)
    known = [*outside, remembered(home), *_of_before(home)]
    with connect_to(database.dsn(APP, beside(EVENTS))) as db:
        for of in LOGS:
            key = signer(database.secrets, of.name)
            _sign(db, of, key, checkpoints(half), now)
            if lost := _lost(db, of, key, known, accept_loss=accept_loss):
                checkpoints(half).accept(of.name, accept(Leaves(db, of.name), key, lost, now))
        found = [_verdict(db, of, half, known) for of in LOGS]
        _refuse_unsound(db, database, found, forget_shut=forget_shut)
    number_further(database)
    _put_checkpoints_in_place(home, half, now)
    put_in_place(database)
    before_opening(database)
    return found


def _take_secrets(secrets: Secrets, backup: Backup) -> None:
    taken = Secrets(backup.keys.folder, given=True)
    if signer(taken, LOGS[0].name).name != backup.record.log:
        raise NotTogether
    for name in (*SECRETS, *taken.laid_down):
        if not secrets.given:
            secrets.put(name, taken.read(name))
        elif secrets.read(name) != taken.read(name):
            raise OtherSecrets


def _of_before(home: Path) -> list[Folder]:
    """What is left here of before, also of a restore that was broken off."""
    return [Folder(path) for path in sorted(home.glob("checkpoints*")) if path.is_dir()]


def _sign(db: Connection, of: Log, key: Signer, here: Folder, now: datetime) -> None:
    """Put on the list what came in while the backup was made, without a word to the witnesses."""
    sequencer = Sequencer(db, of, key, here, witnesses=(), clock=lambda: now)
    try:
        while sequencer.step():
            pass
    except LogBroken as error:
        raise NotSound(of.name) from error


def _lost(db: Connection, of: Log, key: Signer, known: Sequence[Folder], *, accept_loss: bool) -> int:
    """Up to which entry was signed, when that is more than is here; else 0. WouldLose, when not accepted."""
    here, there = Leaves(db, of.name).head()[0], _largest(of, key.verifier, known)
    if there > here and not accept_loss:
        raise WouldLose(f"{of.name}: {there - here} of {there} entries")
    return there if there > here else 0


def _verdict(db: Connection, of: Log, half: Path, known: Sequence[Folder]) -> Verdict:
    key = pinned(key_file(half), of.name)
    return verify(db, of, key, [checkpoints(half), *known], all_notes=True)


def _largest(of: Log, key: Verifier, known: Sequence[Folder]) -> int:
    """How many entries the longest checkpoint speaks of."""
    found = [0]
    for folder in known:
        for note in folder.notes(of.name):
            try:
                found.append(key.opens(note).size)
            except NoCheckpoint:
                continue
    return max(found)


def _refuse_unsound(
    db: Connection, database: Database, found: Sequence[Verdict], *, forget_shut: bool
) -> None:
    wrong = [f"{verdict.log}: {verdict.first_bad or verdict.findings}" for verdict in found if not verdict.ok]
    there, master = database.dsn(APP, beside(KEYS)), bytes.fromhex(database.secrets.read("master"))
    with connect_to(there) as keys_db, closing(Vault(there, master)) as vault:
        gone = {(told.originator_id, told.entry) for told in destroyed(db, vault)}
        wrong += [*sound.gaps(db), *sound.keys(db, keys_db, gone)]
        if wrong:
            raise NotSound("; ".join(wrong))
        drafts.drop_shut(db, vault)  # no part of the record: they stop nothing, and cost nobody their case
        shut = [*sound.shut_clients(db, keys_db, vault)]
        if shut and not forget_shut:
            raise Shut(", ".join(map(str, shut)))
        for client in shut:
            vault.destroy(client)  # the sweep does the rest


def _put_checkpoints_in_place(home: Path, half: Path, now: datetime) -> None:
    """Those of before stay beside them: they are evidence."""
    if checkpoints(home).path.exists():
        checkpoints(home).path.replace(home / f"checkpoints-before-{now:%Y%m%dT%H%M%S}")
    checkpoints(half).path.replace(checkpoints(home).path)
    half.rmdir()
