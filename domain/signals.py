"""What was done with a signal: handled, or put off, with the entries it saw."""

from __future__ import annotations

from domain.history import History


class Signals(History):
    """What one may do with a signal."""
