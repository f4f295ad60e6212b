"""What every refusal is."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """This cannot be recorded."""

    field = ""

    def __init__(self, field: str = "", **facts: Any) -> None:
        super().__init__()
        self.field, self.facts = field or type(self).field, facts

    def __str__(self) -> str:
        return (type(self).__doc__ or "") % self.facts
