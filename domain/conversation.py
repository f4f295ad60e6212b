"""Talking together: who was there, what was explained, and how others see it."""

from __future__ import annotations

from domain.history import History


class Conversations(History):
    """What one may record of talking together."""
