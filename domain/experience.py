"""How it goes according to those it is about: wellbeing, experience, lists of questions."""

from __future__ import annotations

from domain.history import History


class Experiences(History):
    """What one may record of how it goes."""
