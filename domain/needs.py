"""What is needed: talking points out of wishes, needs, and what was weighed."""

from __future__ import annotations

from domain.history import History


class Needs(History):
    """What one may record of needs."""
