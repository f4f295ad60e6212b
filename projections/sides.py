"""Where people do not see it the same way: everybody's words side by side, per person and never merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.kinds import Voice
from domain.nouns import Disagreement


@dataclass(frozen=True)
class Side:
    """One person, and what they see differently. `person`: None for the client, or without a name."""

    voice: Voice
    person: UUID | None
    said: tuple[tuple[int, Disagreement], ...]

    @property
    def of_client(self) -> bool:
        """These are the client's own words."""
        return self.voice is Voice.CLIENT and self.person is None


def sides(voiced: Iterable[tuple[int, Disagreement]]) -> tuple[Side, ...]:
    """Disagreements by person: the client first, then in the order in which they spoke."""
    by_person: dict[tuple[Voice, UUID | None], list[tuple[int, Disagreement]]] = {}
    for number, disagreement in voiced:
        by_person.setdefault((disagreement.voice, disagreement.person), []).append((number, disagreement))
    found = (Side(voice, person, tuple(said)) for (voice, person), said in by_person.items())
    return tuple(sorted(found, key=lambda side: not side.of_client))
