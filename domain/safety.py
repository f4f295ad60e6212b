"""Risks that are weighed, and restrictions with their terms."""

from __future__ import annotations

from domain.history import History


class Safety(History):
    """What one may do with risks and restrictions."""
