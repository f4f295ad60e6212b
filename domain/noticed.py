"""What workers do and see from day to day, apart from what was said."""

from __future__ import annotations

from domain.history import History


class Noticing(History):
    """What one may record of the days."""
