"""What every refusal is."""

from __future__ import annotations

import re
from typing import Any


class Refused(Exception):
    """This cannot be recorded."""

    field = ""

    def __init__(self, field: str = "", *, about: Any = None, **facts: Any) -> None:
        """`about`: what was asked for, where no field says it."""
        super().__init__()
        self.field, self.facts, self.about = field or type(self).field, facts, about

    @classmethod
    def code(cls) -> str:
        """What this refusal is called, for programs: not_yours."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __str__(self) -> str:
        return (type(self).__doc__ or "") % self.facts
