"""Who speaks for the client, about what, and when the client could not decide."""

from __future__ import annotations

from domain.history import History


class Representing(History):
    """What one may do with representation."""
