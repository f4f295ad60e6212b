"""Files that belong to the case."""

from __future__ import annotations

from domain.history import History


class Documents(History):
    """What one may do with documents."""
