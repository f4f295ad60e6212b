"""What was put right or taken out of a record: what stood there, who asked for it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.correcting import EntryCorrected
from domain.entry import Entry
from domain.record import EntryWithdrawn
from projections.timeline import Correction


@dataclass(frozen=True)
class Amendment:
    """One correction or withdrawal, with the entry that it is about as that was told."""

    by: EntryCorrected | EntryWithdrawn
    of: Entry | None
    fact: Correction | None  # what was put right; None when the entry was taken out

    @property
    def day(self) -> date | None:
        """The day of the entry that it is about."""
        return self.of.day if self.of else None


def amendments(stand: Mapping[int, Entry], told: Mapping[int, Entry]) -> dict[int, list[Amendment]]:
    """Those among the entries that stand, by the entry that they are about."""
    found: dict[int, list[Amendment]] = {}
    for number in sorted(stand):
        by = stand[number]
        if isinstance(by, EntryCorrected | EntryWithdrawn):
            about = told.get(by.entry)
            fact = Correction.of(by, about) if isinstance(by, EntryCorrected) else None
            found.setdefault(by.entry, []).append(Amendment(by, about, fact))
    return found
