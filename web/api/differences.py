"""What the API answers when two readings of a plan are compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.entry import Actor
from domain.say import Say
from projections.amended import Amendment
from projections.difference import Became, Change, Difference, OwnWords
from projections.then import ALL, Moment, Said, Searched


@dataclass(frozen=True)
class Reading:
    """A day, and by when it was recorded (null: all there is)."""

    on: date
    known: datetime | None

    @classmethod
    def of(cls, moment: Moment) -> Reading:
        return cls(moment.on, None if moment.known == ALL else moment.known)


@dataclass(frozen=True)
class DifferentFact:
    """One fact, as it was and is now (null: it says nothing). `person`: whose stance, or its means or words
    (null: the client's).
    """

    name: str
    was: Any
    now: Any
    person: UUID | None


@dataclass(frozen=True)
class SaidThen:
    """What somebody said in an entry (`say.person` null: the client), as it was read back."""

    entry: int
    on: date
    by: Actor
    say: Say

    @classmethod
    def of(cls, said: Said) -> SaidThen:
        return cls(said.entry, said.on, said.by, said.say)


@dataclass(frozen=True)
class Amended:
    """A correction of `field`, or a withdrawal (`field` is null), of `entry`, by the entry `by`."""

    by: int
    entry: int
    field: str | None
    was: Any
    now: Any
    reason: str
    words: str
    asked_by: str
    recorded: datetime

    @classmethod
    def of(cls, one: Amendment) -> Amended:
        by, fact = one.by, one.fact
        field, was, now = (fact.by.field, fact.was, fact.now) if fact else (None, None, None)
        why = (str(by.reason), getattr(by, "words", ""), by.asked_by)
        return cls(by.number, by.entry, field, was, now, *why, by.timestamp)


@dataclass(frozen=True)
class Differing:
    """One thing in the plan: what became of it, which facts differ, the entries that made it so, and the say.

    `spoken`: entries with the client's own words; `elsewhere`: what the client said of it in other entries;
    `decided`: whether it was a decision, so that a say goes with it.
    """

    kind: str
    key: str
    became: Became
    title: str
    facts: tuple[DifferentFact, ...]
    evidence: tuple[int, ...]
    has_say: bool
    decided: bool
    says: tuple[SaidThen, ...]
    spoken: tuple[OwnWords, ...]
    elsewhere: tuple[SaidThen, ...]
    amendments: tuple[Amended, ...]

    @classmethod
    def of(cls, change: Change) -> Differing:
        facts = tuple(DifferentFact(f.name, f.was, f.now, f.person) for f in change.facts)
        said, elsewhere = (tuple(map(SaidThen.of, says)) for says in (change.says, change.elsewhere))
        what = (change.kind, str(change.key), change.became, change.title, facts, change.evidence)
        amended = tuple(map(Amended.of, change.amendments))
        return cls(*what, change.has_say, change.decided, said, change.spoken, elsewhere, amended)


@dataclass(frozen=True)
class Differs:
    """What differs in the plan between two readings, the earlier one first. `with_say` of the changes have a
    say of the client recorded; it was looked for in all entries of `searched`.
    """

    case_id: UUID
    version: int
    before: Reading
    after: Reading
    changes: tuple[Differing, ...]
    with_say: int
    searched: Searched
    amendments: tuple[Amended, ...]

    @classmethod
    def of(cls, version: int, found: Difference) -> Differs:
        moments = (Reading.of(found.before.moment), Reading.of(found.after.moment))
        changes, amended = map(Differing.of, found.changes), map(Amended.of, found.amendments)
        return cls(
            found.case_id, version, *moments, tuple(changes), found.with_say, found.searched, tuple(amended)
        )
