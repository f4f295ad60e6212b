"""What people ask of the record itself: to see, correct, erase, restrict, or keep it."""

from __future__ import annotations

from domain.history import History


class Rights(History):
    """What one may do about what is asked of the record."""
