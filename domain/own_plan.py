"""The client's right to a plan of their own, and to somebody independent beside them."""

from __future__ import annotations

from domain.history import History


class OwnPlans(History):
    """What one may record of the client's own plan."""
