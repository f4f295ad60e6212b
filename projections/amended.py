"""What was put right or taken out of a record: what stood there, who asked for it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.correcting import EntryCorrected
from domain.entry import Entry
from domain.record import EntryWithdrawn
from projections.correction import Correction


@dataclass(frozen=True)
class Amendment:
    """One correction or withdrawal, with the entry that it is about as that was told."""

    by: EntryCorrected | EntryWithdrawn
    of: Entry | None
    fact: Correction | None  # what was put right; None when the entry was taken out
    days: tuple[date, ...]  # of the entry that it is about: as it was told, and as it stands

    def was_so_by(self, on: date) -> bool:
        """Whether what it puts right was so by that day; when it was put right is no matter: a correction
        counts on the clock of what is known.
        """
        return min(self.days, default=self.by.day) <= on


def amendments(stand: Mapping[int, Entry], told: Mapping[int, Entry]) -> dict[int, list[Amendment]]:
    """Those among the entries that stand, by the entry that they are about."""
    found: dict[int, list[Amendment]] = {}
    for number in sorted(stand):
        by = stand[number]
        if isinstance(by, EntryCorrected | EntryWithdrawn):
            about = told.get(by.entry)
            fact = Correction.of(by, about) if isinstance(by, EntryCorrected) else None
            days = tuple(entry.day for entry in (about, stand.get(by.entry)) if entry)
            found.setdefault(by.entry, []).append(Amendment(by, about, fact, days))
    return found
