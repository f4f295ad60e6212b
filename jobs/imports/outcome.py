"""What an import of contacts did, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.store.import_runs import Figures


@dataclass
class Outcome:
    """`contacts` are new, `unchanged` were there before, `rejected` stand in the file of `rejects`."""

    cases: int = 0
    entries: int = 0
    contacts: int = 0
    unchanged: int = 0
    rejected: int = 0
    new_faces: int = 0
    rejects: Path | None = None

    def add(self, other: Outcome) -> None:
        """What was told since the last save, once it is kept."""
        self.cases += other.cases
        self.entries += other.entries
        self.contacts += other.contacts

    @property
    def figures(self) -> Figures:
        """As the other imports tell it."""
        return Figures(
            found=self.contacts + self.unchanged + self.rejected,
            imported=self.contacts,
            unchanged=self.unchanged,
            rejected=self.rejected,
            cases=self.cases,
            entries=self.entries,
            contacts=self.contacts,
        )

    def as_json(self) -> dict[str, Any]:
        """For machines, as the other imports tell it. What was rejected is no contact."""
        return {
            "cases": self.cases,
            "entries": self.entries,
            "contacts": self.contacts,
            "resources": {"Contact": self.contacts + self.unchanged},
            "imported": self.contacts,
            "unchanged": self.unchanged,
            "held": [],
            "skipped": [],
            "rejected": self.rejected,
            "rejects": str(self.rejects) if self.rejects else None,
            "new_faces": self.new_faces,
        }

    def __str__(self) -> str:
        """For people."""
        lines = [
            f"{self.contacts} new contacts, {self.unchanged} known already.",
            f"{self.cases} new cases, {self.entries} entries, {self.new_faces} new faces to ask about.",
        ]
        if self.rejects:
            lines.append(f"{self.rejected} lines could not be used: {self.rejects} says why.")
        return "\n".join(lines)
