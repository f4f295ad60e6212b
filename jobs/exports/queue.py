"""The files that were asked for on a page: made one by one by the worker, as the one who asked may read now.

Only one worker makes them at a time. What was cut off is taken up again; what fails says so, and is asked
anew by whoever wants it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from tempfile import TemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from domain.access import ground_of
from domain.case import Case
from domain.casework import Casework
from domain.days import local_day
from domain.entry import Role
from domain.errors import CaseIsErased, NoSuchCase
from domain.permissions import may
from domain.store import exports, jobs
from domain.store.accounts import Account, account_with
from domain.store.exports import TRIES, WAKES, Export
from domain.store.pool import UNREACHABLE, Connection
from domain.store.vault import KeyGone, KeysBehind
from jobs.exports.dossier import Order, dossier
from jobs.exports.log import make_log
from jobs.looks import exported
from projections import review
from projections.export.dossier.asked import Asked, Length
from projections.export.log.asked import AskedLog
from projections.follower import keep_on

LARGEST = 200_000_000  # bytes: sealed and stored it is in memory as a whole, a few times over
log = logging.getLogger(__name__)


class Stopped(Exception):
    """The worker was told to stop. The file is made after its next start."""


class NotTheirs(Exception):
    """Who asked for it may not read this case any more."""


class TooLarge(Exception):
    """It is more than is kept here. At the command line it can be written to a file."""


class CutOff(Exception):
    """Making it was cut off again and again."""


def keep_making(dsn: str, casework: Casework, stop: threading.Event) -> None:
    """Make what is asked for until told to stop."""
    with suppress(Stopped):
        keep_on(dsn, WAKES, lambda db: make_next(db, casework, stop), stop)


def make_next(db: Connection, casework: Casework, stop: threading.Event) -> int:
    """Make the file that was asked for first; gives how many were made, or could not be."""
    if not jobs.claim(db, "exports"):
        return 0
    waiting = exports.first_waiting(db)
    if waiting is None:
        return 0
    try:
        _make(db, casework, waiting, stop)
    except (Stopped, KeysBehind, *UNREACHABLE):
        raise
    except (KeyGone, CaseIsErased, NoSuchCase):
        exports.forget(db, waiting.case_id)
    except Exception as error:  # noqa: BLE001 - whatever it was, the next file is made
        log.error("a file could not be made: %s", type(error).__name__)  # noqa: TRY400 - its words may be a client's
        exports.fail(db, waiting, type(error).__name__)
    return 1


def _make(db: Connection, casework: Casework, waiting: Export, stop: threading.Event) -> None:
    if waiting.tries > TRIES:
        raise CutOff
    account, go_on = account_with(db, waiting.account), partial(_go_on, db, waiting, stop)
    if account is None or account.disabled_at is not None:
        raise NotTheirs
    made = _log if waiting.of_all else _dossier
    content = made(db, casework, account, waiting, go_on)
    exports.keep(db, casework.vault, waiting, content, casework.clock())


def _dossier(
    db: Connection, casework: Casework, account: Account, waiting: Export, go_on: Callable[..., None]
) -> bytes:
    asked = msgspec.json.decode(exports.asked_of(db, casework.vault, waiting), type=Asked)
    case = casework.history(waiting.case_id)
    if not _theirs(db, casework, account, case, asked):
        raise NotTheirs
    return dossier(casework, db, Order(case, asked, account.actor, casework.clock()), go_on)


def _log(
    db: Connection, casework: Casework, account: Account, waiting: Export, go_on: Callable[..., None]
) -> bytes:
    """Of all cases, packed on disk while it is written. Each gets its line before it can be fetched."""
    if not may(account.role, "export_process_log"):
        raise NotTheirs
    asked = msgspec.json.decode(exports.asked_of(db, casework.vault, waiting), type=AskedLog)
    with TemporaryFile() as packed:
        with ZipFile(packed, "w", ZIP_DEFLATED) as pack, pack.open(asked.name, "w", force_zip64=True) as out:
            cases = make_log(casework, db, asked, out, go_on)
        if packed.tell() > LARGEST:
            raise TooLarge
        exported(db, cases, asked.format, casework.clock(), to=account.actor)
        packed.seek(0)
        return packed.read()


def _theirs(db: Connection, casework: Casework, account: Account, case: Case, asked: Asked) -> bool:
    """Whether they may read it at this moment; what they asked for can be some time ago."""
    right = "read_own_plan" if asked.length is Length.OWN else "export_dossier"
    now = casework.clock()
    if not may(account.role, right):
        return False
    if account.role is Role.REVIEWER:
        return review.live_for(db, casework, account.id, case.id, now) is not None
    return ground_of(account.actor, case, local_day(now)) is not None


def _go_on(db: Connection, waiting: Export, stop: threading.Event, done: int, steps: int) -> None:
    if stop.is_set():
        raise Stopped
    exports.progress(db, waiting, done, steps)
