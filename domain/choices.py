"""The client chooses and tries; and what could not be had is written down."""

from __future__ import annotations

from domain.history import History


class Choices(History):
    """What one may record of choices."""
