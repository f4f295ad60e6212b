"""Entries as the API answers them: a page of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from projections.entries import TimelineEntry


@dataclass(frozen=True)
class Timeline:
    """The entries up to a day, the newest day first. `next` is the address of the earlier ones."""

    case_id: UUID
    version: int
    on: date
    known: datetime | None
    entries: list[TimelineEntry]
    next: str | None
