"""The files that were asked for on a page: made one by one by the worker, as the one who asked may read now.

Only one worker makes them at a time. What was cut off is taken up again; what fails says so, and is asked
anew by whoever wants it.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from functools import partial

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
from jobs.dossier import Order, dossier
from projections import review
from projections.export.dossier.asked import Asked, Length
from projections.follower import keep_on

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The worker was told to stop. The file is made after its next start."""


class NotTheirs(Exception):
    """Who asked for it may not read this case any more."""


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
    asked = msgspec.json.decode(exports.asked_of(db, casework.vault, waiting), type=Asked)
    case, account = casework.history(waiting.case_id), account_with(db, waiting.account)
    if account is None or not _theirs(db, casework, account, case, asked):
        raise NotTheirs
    order = Order(case, asked, account.actor, casework.clock())
    content = dossier(casework, db, order, partial(_go_on, db, waiting, stop))
    exports.keep(db, casework.vault, waiting, content, casework.clock())


def _theirs(db: Connection, casework: Casework, account: Account, case: Case, asked: Asked) -> bool:
    """Whether they may read it at this moment; what they asked for can be some time ago."""
    right = "read_own_plan" if asked.length is Length.OWN else "export_dossier"
    now = casework.clock()
    if account.disabled_at is not None or not may(account.role, right):
        return False
    if account.role is Role.REVIEWER:
        return review.live_for(db, casework, account.id, case.id, now) is not None
    return ground_of(account.actor, case, local_day(now)) is not None


def _go_on(db: Connection, waiting: Export, stop: threading.Event, done: int, steps: int) -> None:
    if stop.is_set():
        raise Stopped
    exports.progress(db, waiting, done, steps)
