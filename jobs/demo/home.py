"""The folder a demo lives in: taken by one demo at a time, loaded once, and made anew on request."""

from __future__ import annotations

import fcntl
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from domain.casework import Casework
from domain.store.accounts import add_account
from domain.store.database import Database, settings_for
from domain.store.embedded import Embedded
from domain.store.pool import connect
from jobs.demo import organisation
from jobs.demo.staff import AROUND, STAFF, Colleague

WORDS = ("linde", "kers", "brug", "schip", "tuin", "wolk", "duin", "roos", "molen", "kaars", "fluit", "gras")


class RunsAlready(Exception):
    """Draad already runs on this folder."""


@dataclass(frozen=True)
class DemoAccount:
    """One way to sign in to the demo."""

    role: str
    user: str
    passphrase: str


@contextmanager
def taken(home: Path, address: str) -> Iterator[None]:
    """Hold the folder for one demo. RunsAlready tells where the other one is."""
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    with (home / "demo").open("a+") as only:
        try:
            fcntl.flock(only, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            only.seek(0)
            raise RunsAlready(only.read().strip()) from error
        only.truncate(0)
        print(address, file=only, flush=True)
        yield


def made_anew(home: Path) -> None:
    """Throw the demo's database away. Waits until nobody uses it any more."""
    Embedded(home).throw_away()
    for folder in (home / "checkpoints", home / "verified"):  # signed: it would be seen
        shutil.rmtree(folder, ignore_errors=True)
    _accounts_file(home).unlink(missing_ok=True)
    _loading(home).unlink(missing_ok=True)


def holds_a_record(home: Path) -> bool:
    """Whether there is a database here that no demo made: it is never loaded into, nor thrown away."""
    return Embedded(home).data.exists() and not (_accounts_file(home).exists() or half_loaded(home))


def half_loaded(home: Path) -> bool:
    """Whether an earlier start was cut off while it loaded the organisation."""
    return _loading(home).exists()


def accounts(home: Path) -> list[DemoAccount]:
    """How to sign in; empty when nothing was loaded yet."""
    file = _accounts_file(home)
    return [DemoAccount(**row) for row in json.loads(file.read_text())] if file.exists() else []


def load(home: Path, database: Database, progress: Callable[[int, int], None]) -> int:
    """Load the organisation and its accounts; gives the last position in the record."""
    _loading(home).touch()
    casework = Casework(settings_for(database))
    try:
        position = organisation.load(casework, progress)
    finally:
        casework.close()
    made = [_account(database, colleague) for colleague in (*STAFF, *AROUND)]
    file = _accounts_file(home)
    half = file.with_suffix(".new")
    half.touch(mode=0o600)
    half.write_text(json.dumps([asdict(account) for account in made], indent=1))
    half.rename(file)
    _loading(home).unlink()
    return position


def _account(database: Database, colleague: Colleague) -> DemoAccount:
    passphrase = f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(900) + 100}"
    with connect(database) as db:
        add_account(
            db,
            colleague.login,
            passphrase,
            name=colleague.name,
            role=colleague.role,
            organisation=colleague.actor.organisation,
            team=colleague.team,
            email=f"{colleague.login}@delinde.example",
            id=colleague.user,
        )
    return DemoAccount(colleague.role, colleague.login, passphrase)


def _accounts_file(home: Path) -> Path:
    return home / "demo-accounts.json"


def _loading(home: Path) -> Path:
    return home / "demo-loading"
