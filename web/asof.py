"""The day that a page of a case is asked for: `?on=22-11-2026`. Without it, a page is about today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from web.desk import today
from web.forms.fields import day_from


@dataclass(frozen=True)
class AsOf:
    """What was asked, and the day that it is. `on` is None on the page of today."""

    asked: str
    on: date | None

    @classmethod
    def asked_for(cls) -> AsOf:
        """As this request asks it."""
        asked = request.args.get("on", "").strip()
        day = day_from(asked)
        return cls(asked, None if day == today() else day)

    @property
    def unreadable(self) -> bool:
        """Something was asked that is no day."""
        return bool(self.asked) and day_from(self.asked) is None
