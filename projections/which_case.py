"""Which case somebody means by what they typed: its number or the full name; else what comes near."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.rows import class_row

from projections.names import folded, sort_name
from projections.read_model import Db
from projections.review import Named

NEAR = 5  # as many as one reads in a message


@dataclass(frozen=True)
class Meant:
    """What a text can mean: one case when it is clear, else those that come near."""

    text: str
    cases: list[Named]
    near: list[Named]


def which_case(db: Db, text: str) -> Meant:
    """The cases with just this number or name; when there are none, some in which every part of it stands."""
    asked = {"number": text, "name": sort_name(text), "parts": _parts(text), "limit": NEAR}
    exact = _found(db, EXACT, asked)
    return Meant(text, exact, [] if len(exact) == 1 else exact[:NEAR] or _found(db, LIKE, asked))


EXACT = """
    SELECT case_id, name, case_number
      FROM shown.caseload
     WHERE case_number = %(number)s OR (name <> '' AND sort_name = %(name)s)
     ORDER BY sort_name, case_number, case_id"""
LIKE = """
    SELECT case_id, name, case_number
      FROM shown.caseload
     WHERE search_name LIKE ALL(%(parts)s::text[])
     ORDER BY sort_name, case_number, case_id
     LIMIT %(limit)s"""


def _found(db: Db, query: str, asked: dict[str, object]) -> list[Named]:
    return db.cursor(row_factory=class_row(Named)).execute(query.encode(), asked).fetchall()


def _parts(text: str) -> list[str]:
    """What LIKE reads as a sign is a letter here."""
    escaped = folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [f"%{part}%" for part in escaped.split()]
