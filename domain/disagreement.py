"""Where people do not see it the same way, and how they find a way on."""

from __future__ import annotations

from domain.history import History


class Disagreements(History):
    """What one may record of disagreements."""
