"""The lists that an export asks: all cases are in them, or there is no export."""

from __future__ import annotations

from domain.store.pool import Connection
from projections.read_model import ReadModel, left_out

HOW_MANY = "SELECT count(*) FROM shown.caseload"


class Incomplete(Exception):
    """Cases are missing from the lists: run `draad rebuild`, and export again."""


def refuse_incomplete(db: Connection, *models: ReadModel) -> None:
    """Go on only when no case was left out of these. Incomplete."""
    if any(left_out(db, model.name) for model in models):
        raise Incomplete


def how_many(db: Connection) -> int:
    """The cases that there are."""
    row = db.execute(HOW_MANY).fetchone()
    return int(row[0]) if row else 0
