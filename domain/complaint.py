"""The client is not content: complaints and their answers."""

from __future__ import annotations

from domain.history import History


class Complaints(History):
    """What one may do with complaints."""
