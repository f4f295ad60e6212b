"""The continuity of every case, a row each, from the contacts that count now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, fields
from uuid import UUID

from projections.caseload import Who, after
from projections.contacts import of_cases
from projections.read_model import Db
from projections.signals.continuity import Figures, figures

ALL = Who(UUID(int=0), team=None, sees_all=True)
AT_A_TIME = 50  # cases with their contacts in memory
COLUMNS = ("source_id", "case_id", *(field.name for field in fields(Figures)))
Row = tuple[object, ...]


def rows(db: Db, source_of: Callable[[UUID, str], str]) -> Iterator[Row]:
    """Every case, by id, in one transaction of the caller. `source_of`: from a case and its number."""
    last: UUID | None = None
    while page := after(db, ALL, last, AT_A_TIME):
        contacts = of_cases(db, [case.case_id for case in page])
        for case in page:
            source = source_of(case.case_id, case.case_number)
            yield source, case.case_id, *map(decimal, astuple(figures(contacts.get(case.case_id, []))))
        last = page[-1].case_id


def case_of(row: Row) -> UUID:
    """Which case this row is about."""
    case_id = row[COLUMNS.index("case_id")]
    assert isinstance(case_id, UUID)  # noqa: S101  # as rows() puts it there
    return case_id


def decimal(figure: float | None) -> str | None:
    """In twelve decimals at most; nothing when it is undefined."""
    return None if figure is None else f"{figure:.12f}".rstrip("0").rstrip(".")
