"""What every noun in a plan has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass
class Held:
    """What every noun in a plan has: the entry that brought it, and its first day."""

    entry: int = 0
    since: date = date.min
