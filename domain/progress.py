"""How goals go: what is told about them, and what stands in the way."""

from __future__ import annotations

from domain.history import History


class Progressing(History):
    """What one may record of how goals go."""
