"""How much support: more, less, otherwise, or for a while not."""

from __future__ import annotations

from domain.history import History


class Measures(History):
    """What one may do about how much support there is."""
