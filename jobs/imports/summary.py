"""What an import did: everything that was read, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.store.import_runs import Aside, Figures, Left
from jobs.imports.resource import Fate, Resource, in_our_words


@dataclass(frozen=True)
class Listed:
    """A resource that was not told, and why not."""

    source: str
    type: str
    id: str
    reason: str
    why: str = ""  # the reason in words that are ours
    case_id: UUID | None = None

    def as_json(self) -> dict[str, str]:
        """For machines."""
        return {"source": self.source, "type": self.type, "id": self.id, "reason": self.reason}


@dataclass
class Summary:
    """imported + unchanged + held + skipped is what was read; `rejected` could not be read."""

    cases: int = 0
    entries: int = 0
    contacts: int = 0
    resources: Counter[str] = field(default_factory=Counter)
    imported: int = 0
    unchanged: int = 0
    held: list[Listed] = field(default_factory=list)
    skipped: list[Listed] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)

    def add(self, resource: Resource) -> None:
        """Count one resource, by what became of it."""
        self.resources[resource.type] += 1
        whose = resource.why, resource.case_id
        listed = Listed(resource.place, resource.type, resource.id, resource.reason, *whose)
        match resource.fate:
            case Fate.IMPORTED:
                self.imported += 1
            case Fate.UNCHANGED:
                self.unchanged += 1
            case Fate.SKIPPED:
                self.skipped.append(listed)
            case _:
                self.held.append(listed)

    def as_json(self) -> dict[str, Any]:
        """For machines: what was held or skipped one by one, what was rejected each in a sentence."""
        return {
            "cases": self.cases,
            "entries": self.entries,
            "contacts": self.contacts,
            "resources": dict(sorted(self.resources.items())),
            "imported": self.imported,
            "unchanged": self.unchanged,
            "held": [listed.as_json() for listed in self.held],
            "skipped": [listed.as_json() for listed in self.skipped],
            "rejected": len(self.rejected),
            "rejections": self.rejected,
        }

    @property
    def figures(self) -> Figures:
        """In numbers."""
        return Figures(
            found=sum(self.resources.values()) + len(self.rejected),
            imported=self.imported,
            unchanged=self.unchanged,
            held=len(self.held),
            skipped=len(self.skipped),
            rejected=len(self.rejected),
            cases=self.cases,
            entries=self.entries,
            contacts=self.contacts,
        )

    def left(self) -> Iterator[Left]:
        """What did not come in, without what it says."""
        for fate, listed in ((Aside.HELD, self.held), (Aside.SKIPPED, self.skipped)):
            yield from (Left(fate, one.type, one.id or one.source, one.why, one.case_id) for one in listed)
        for sentence in self.rejected:
            place, _, why = sentence.partition(": ")
            yield Left(Aside.REJECTED, "file", place, in_our_words(why.partition(" (")[0]))

    def __str__(self) -> str:
        """For people: what came in, and for each reason how much did not."""
        read = sum(self.resources.values())
        passed = f"{len(self.held)} held, {len(self.skipped)} skipped"
        lines = [
            f"{read} resources read: {self.imported} imported, {self.unchanged} unchanged, {passed}.",
            f"{self.cases} new cases, {self.entries} entries, {self.contacts} contacts.",
            *_by_reason("Held", self.held),
            *_by_reason("Skipped", self.skipped),
            *(f"Not read: {sentence}" for sentence in self.rejected),
        ]
        return "\n".join(lines)


def _by_reason(word: str, listed: list[Listed]) -> list[str]:
    of_each = Counter((one.type, one.reason) for one in listed)
    return [f"{word}: {count} × {kind}: {reason}" for (kind, reason), count in of_each.most_common()]
