"""Who looked: what this request shows of a client is noted, and written down before the answer is sent."""

from __future__ import annotations

from uuid import UUID

from flask import g

from domain.access import Ground


def saw(case_id: UUID, ground: Ground) -> None:
    """This request shows something of this case, on this ground."""
    g.setdefault("looks", {})[case_id] = ground
