"""What is proposed to destroy and waits for an answer: one row a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg.rows import class_row

from domain.case import CaseOpened
from domain.entry import Entry
from projections.masked import ABOUT
from projections.read_model import Db, ReadModel, Told


@dataclass(frozen=True)
class ErasureRow:
    """A proposal; of one entry, or of all that is kept of the client."""

    case_id: UUID
    entry: int
    proposed_on: date
    ground: str
    of_entry: int | None
    held: bool


def rows(told: Told) -> Iterator[ErasureRow]:
    """Those of one case that nobody answered."""
    held = any(not hold.lifted_on for hold in told.plan.holds.values())
    for one in told.plan.erasures.values():
        if one.open:
            yield ErasureRow(told.case_id, one.entry, one.since, one.ground.value, one.of, held)


def speaking_of(entries: Iterable[Entry], number: int | None) -> list[Entry]:
    """What was said about an entry: it may hold the same words, and stays when that one goes."""
    return [entry for entry in entries if isinstance(entry, ABOUT) and entry.entry == number]


ERASURES = ReadModel("erasures", ErasureRow, CaseOpened, rows)


def asking(db: Db) -> list[UUID]:
    """The cases in which a request about the record waits for an answer: of which kind, the case tells."""
    return [case_id for (case_id,) in db.execute("SELECT case_id FROM shown.caseload WHERE requests > 0")]


def waiting(db: Db) -> list[ErasureRow]:
    """All of them, the oldest first."""
    with db.cursor(row_factory=class_row(ErasureRow)) as found:
        return found.execute(
            """
            SELECT case_id, entry, proposed_on, ground, of_entry, held
              FROM shown.erasures
             ORDER BY proposed_on, case_id, entry"""
        ).fetchall()
