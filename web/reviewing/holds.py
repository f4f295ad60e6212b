"""Whether a mandate opens a case, at this very request: the review itself is read, not a list of them."""

from __future__ import annotations

from uuid import UUID

from domain.entry import Actor, Role
from projections import review
from web.desk import casework, rows


def mandated(who: Actor, case_id: UUID) -> bool:
    """Whether they are a reviewer with a mandate for this case that holds now."""
    if who.role is not Role.REVIEWER:
        return False
    with rows() as db:
        return review.live_for(db, casework(), who.user, case_id, casework().clock()) is not None
