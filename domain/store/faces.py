"""New faces: who comes to a client according to a roster, and is not in the case. Asked once, each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg.rows import class_row

from domain.store.pool import Connection

ASK = """
    INSERT INTO draad.new_face (case_id, person, name, organisation, account, first_seen)
    VALUES (%(case_id)s, %(person)s, %(name)s, %(organisation)s, %(account)s, %(first_seen)s)
    ON CONFLICT (case_id, person) DO UPDATE
       SET first_seen = least(new_face.first_seen, EXCLUDED.first_seen)
    RETURNING xmax = 0"""
ANSWER = """
    UPDATE draad.new_face
       SET takes_part = %(takes_part)s, answered_by = %(by)s, answered_at = now()
     WHERE case_id = %(case)s AND person = %(person)s AND takes_part IS NULL"""


@dataclass(frozen=True)
class Face:
    """Somebody who came, by the id that their contacts carry, and the first day."""

    case_id: UUID
    person: UUID
    name: str
    organisation: str
    account: UUID | None
    first_seen: date


def ask(db: Connection, faces: Iterable[Face]) -> int:
    """Put these to whoever works on the case, unless that was done before; gives how many are new."""
    rows = [db.execute(ASK, vars(face)).fetchone() for face in faces]
    return sum(bool(row and row[0]) for row in rows)


def unanswered(db: Connection, case_id: UUID) -> list[Face]:
    """The faces of a case that nobody said yes or no to, by the first day they came."""
    with db.cursor(row_factory=class_row(Face)) as rows:
        return rows.execute(
            """
            SELECT case_id, person, name, organisation, account, first_seen
              FROM draad.new_face
             WHERE case_id = %(case)s
               AND takes_part IS NULL
             ORDER BY first_seen, name
            """,
            {"case": case_id},
        ).fetchall()


def answer(db: Connection, case_id: UUID, person: UUID, *, takes_part: bool, by: UUID) -> bool:
    """Keep the answer. Whether it was asked, and not answered before."""
    told = {"case": case_id, "person": person, "takes_part": takes_part, "by": by}
    return db.execute(ANSWER, told).rowcount > 0
