"""Entries in the terms of a program: as they stand now, with what was put right and said beside them.

One shape, for the API and for the files that go out.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.days import Precision
from domain.entry import Actor, Decider, Decision, Entry
from domain.kinds import Voice, WhyWithdrawn
from domain.record import ReadBack, StatementAdded
from domain.say import Say, Words
from domain.source import Source
from projections.correction import Correction
from projections.kind import Kind
from projections.timeline import Line

SHARED = {field.name for field in dataclasses.fields(Decision)} | {"originator_topic"}


@dataclass(frozen=True)
class Withdrawal:
    """Why an entry does not stand any more."""

    entry: int
    reason: WhyWithdrawn
    words: Words


@dataclass(frozen=True)
class PutRight:
    """A fact that was put right by an entry."""

    entry: int
    field: str
    was: Any
    now: Any

    @classmethod
    def of(cls, correction: Correction) -> PutRight:
        return cls(correction.by.number, correction.by.field, correction.was, correction.now)


@dataclass(frozen=True)
class Beside:
    """What was said later about an entry: a statement and whose it is, or that it was read back and to whom.

    `person` null with `right` given: it was read back to the client.
    """

    entry: int
    words: Words
    stated_by: Voice | None = None
    right: bool | None = None
    person: UUID | None = None

    @classmethod
    def of(cls, said: StatementAdded | ReadBack) -> Beside:
        if isinstance(said, ReadBack):
            return cls(said.number, said.words, right=said.right, person=said.person)
        return cls(said.number, said.words, stated_by=said.stated_by)


class Mask(StrEnum):
    """Why this reader does not read an entry."""

    WRONG_CASE = "wrong_case"
    RESTRICTED = "restricted"
    OF_ANOTHER_TEAM = "of_another_team"
    DESTROYED = "destroyed"

    @classmethod
    def of(cls, line: Line) -> Mask | None:
        if not line.masked:
            return None
        if line.restricted:
            return cls.RESTRICTED
        if line.about_a_gap:
            return cls.DESTROYED
        return cls.OF_ANOTHER_TEAM if line.of_another_team else cls.WRONG_CASE


@dataclass(frozen=True)
class TimelineEntry:
    """One entry, as it stands now. `masked`: why what it said is not shown."""

    number: int
    topic: str
    happened_on: date
    precision: Precision
    recorded: datetime
    by: Actor
    kinds: list[Kind]
    masked: Mask | None
    source: Source | None  # where it was taken over from
    facts: dict[str, Any]
    say: Say | None
    representative_say: Say | None
    decided_by: Decider | None
    conversation_id: UUID | None
    withdrawn: Withdrawal | None
    corrections: list[PutRight]
    statements: list[Beside]
    readings: list[Beside]

    @classmethod
    def of(cls, line: Line) -> TimelineEntry:
        same = {
            name: getattr(line, name)
            for name in cls.__dataclass_fields__
            if name in Line.__dataclass_fields__
        }
        gone = line.withdrawn
        changed = {
            "recorded": line.recorded.astimezone(UTC),
            "kinds": sorted(line.kinds),
            "masked": Mask.of(line),
            "source": line.entry.source if line.entry else None,
            "decided_by": line.decided_by,
            "facts": facts_of(line.entry) if line.entry else {},
            "withdrawn": Withdrawal(gone.number, gone.reason, gone.words) if gone else None,
            "corrections": list(map(PutRight.of, line.corrections)),
            "statements": list(map(Beside.of, line.statements)),
            "readings": list(map(Beside.of, line.readings)),
        }
        return cls(**same | changed)


def facts_of(entry: Entry) -> dict[str, Any]:
    """What this kind of entry says beside what every entry says."""
    own = (field.name for field in dataclasses.fields(entry) if field.name not in SHARED)
    more = ("initiative", "from_on", "evaluation", "about")
    return {name: getattr(entry, name) for name in (*own, *more) if hasattr(entry, name)}
