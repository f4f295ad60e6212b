"""Writing what happened in all cases, one case after the other: memory stays what one case takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import IO
from uuid import UUID

from domain.casework import Casework
from domain.errors import CaseIsErased, NoSuchCase
from domain.store.pool import Connection
from domain.store.vault import KeyGone
from jobs.lists import how_many, refuse_incomplete
from projections.caseload import CASELOAD, after
from projections.export.continuity import ALL, AT_A_TIME
from projections.export.log import ocel, xes
from projections.export.log.asked import AskedLog, Format
from projections.export.log.happening import CaseLog, case_log
from projections.export.log.names import Names

WRITERS: dict[Format, Callable[[IO[bytes], Iterable[CaseLog]], None]] = {
    Format.XES: xes.write,
    Format.OCEL: ocel.write,
}
Progress = Callable[[int, int], None]


def make_log(
    casework: Casework, db: Connection, asked: AskedLog, out: IO[bytes], progress: Progress
) -> list[UUID]:
    """Write what is recorded by now; gives the cases that are in it. Incomplete."""
    refuse_incomplete(db, CASELOAD)
    known, names, taken = casework.clock(), Names(people=asked.people), list[UUID]()
    read = partial(case_log, known=known, period=asked.period, names=names)
    WRITERS[asked.format](out, _taken(_every(casework, db, read, progress), taken))
    return taken


def _every(
    casework: Casework, db: Connection, read: Callable[..., CaseLog], progress: Progress
) -> Iterator[CaseLog]:
    """Every case in which something happened, one by one. Who was forgotten is not there."""
    last, done, of = None, 0, how_many(db)
    while page := after(db, ALL, last, AT_A_TIME):
        for row in page:
            log = _log_of(casework, row.case_id, read)
            if log and log.happenings:
                yield log
        last, done = page[-1].case_id, done + len(page)
        progress(done, max(of, done))


def _log_of(casework: Casework, case_id: UUID, read: Callable[..., CaseLog]) -> CaseLog | None:
    with suppress(CaseIsErased, KeyGone, NoSuchCase):
        return read(casework.history(case_id), casework.contacts(case_id))
    return None


def _taken(logs: Iterable[CaseLog], into: list[UUID]) -> Iterator[CaseLog]:
    for log in logs:
        into.append(log.case_id)
        yield log
