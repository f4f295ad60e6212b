"""The timeline: one line an entry, newest first. What was withdrawn or corrected stays readable.

Pure: from entries to lines; how a line reads is in `web/templates/timeline/<topic>.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from domain.days import Precision
from domain.entry import Actor, Decider, Decision, Entry, Subject
from domain.kinds import WhyWithdrawn
from domain.plan import standing
from domain.record import EntryCorrected, EntryWithdrawn, ReadBack, StatementAdded, facts_of
from domain.say import Say, settled
from projections.called import Called
from projections.kind import Kind, kinds_of


@dataclass(frozen=True)
class Correction:
    """One fact that was put right: what it was, what it is, and by which entry."""

    by: EntryCorrected
    was: object
    now: object

    @classmethod
    def of(cls, by: EntryCorrected, corrected: Entry | None) -> Correction:
        """The correction with its facts as days, choices and amounts; as JSON when they cannot be read so."""
        expected = facts_of(type(corrected)).get(by.field) if corrected else None
        return cls(by, _fact(by.was, expected), _fact(by.now, expected))


def _fact(json: str, expected: Any) -> object:
    try:
        return msgspec.json.decode(json, type=expected or Any)
    except msgspec.MsgspecError:
        return json


@dataclass(frozen=True)
class Line:
    """One entry as it is read. `entry` is None when it belongs in another case: nobody reads it here."""

    number: int
    topic: str
    day: date
    happened_on: date
    precision: Precision
    recorded: datetime
    by: Actor
    entry: Entry | None
    kinds: frozenset[Kind]
    names: Mapping[Subject, str]
    say: Say | None = None
    representative_say: Say | None = None
    conversation_id: UUID | None = None
    withdrawn: EntryWithdrawn | None = None
    corrections: tuple[Correction, ...] = ()
    statements: tuple[StatementAdded, ...] = ()
    readings: tuple[ReadBack, ...] = ()

    @property
    def masked(self) -> bool:
        """Written in the wrong case: that it was there is shown, what it said is not."""
        return self.entry is None

    @property
    def decided_by(self) -> Decider | None:
        """Who decided, by what was said as it stands now; None when nothing was decided."""
        if not isinstance(self.entry, Decision) or self.say is None:
            return None
        return self.entry.decided_by(self.say, self.representative_say)

    @property
    def kind(self) -> Kind:
        """The one kind that its mark shows."""
        return next(
            kind for kind in (Kind.CORRECTION, Kind.VOICE, Kind.PLAN, Kind.ACTION) if kind in self.kinds
        )


@dataclass(frozen=True)
class Talk:
    """Lines of one conversation, or one line that belongs to none."""

    conversation_id: UUID | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Day:
    """The lines of one day, or of one month or year when that is all we know."""

    happened_on: date
    precision: Precision
    talks: tuple[Talk, ...]


def timeline(entries: Iterable[Entry], *, on: date = date.max, known: datetime | None = None) -> list[Line]:
    """The lines up to a day, using only what was recorded by `known`; newest first by day, then number."""
    entries = list(entries)
    told = [e for e in entries if known is None or e.timestamp <= known]
    stands = {entry.number: entry for entry in standing(told)}
    page = _Beside(told, stands.values(), masked(entries))
    names = Called(entry for number, entry in stands.items() if number not in page.masked)
    lines = (page.line(stands.get(e.number, e), names) for e in told)
    return sorted(
        (line for line in lines if line.day <= on), key=lambda li: (li.day, li.number), reverse=True
    )


def masked(entries: Iterable[Entry]) -> frozenset[int]:
    """The numbers of what was written in the wrong case, with what was later said about those entries.

    Judged on all entries, whatever day is asked for: what is another person's is not shown on any day.
    """
    entries = list(entries)
    hidden: set[int] = set()
    for entry in standing(entries):
        if isinstance(entry, EntryWithdrawn) and entry.reason is WhyWithdrawn.WRONG_CLIENT:
            hidden.add(entry.entry)
    for entry in entries:
        if isinstance(entry, EntryCorrected | StatementAdded | ReadBack) and entry.entry in hidden:
            hidden.add(entry.number)
    return frozenset(hidden)


def of_kind(lines: Iterable[Line], kind: Kind | None) -> list[Line]:
    """The lines of one kind; all of them when none is asked for."""
    return [line for line in lines if kind is None or kind in line.kinds]


def by_day(lines: Sequence[Line]) -> list[Day]:
    """The lines grouped by day, and within a day by conversation, in their own order."""
    return [
        Day(happened_on, precision, _talks(list(of_day)))
        for (_, happened_on, precision), of_day in groupby(lines, key=_shown_day)
    ]


def _shown_day(line: Line) -> tuple[date, date, Precision]:
    exact = line.precision is Precision.DAY
    return line.day, line.day if exact else line.happened_on, line.precision


def _talks(lines: list[Line]) -> tuple[Talk, ...]:
    talks: dict[UUID | int, list[Line]] = {}
    for line in lines:
        talks.setdefault(line.conversation_id or line.number, []).append(line)
    return tuple(Talk(of[0].conversation_id, tuple(of)) for of in talks.values())


class _Beside:
    """What later entries put beside an earlier one."""

    def __init__(self, told: Iterable[Entry], stands: Iterable[Entry], hidden: frozenset[int]) -> None:
        self.told = {entry.number: entry for entry in told}
        self.masked = hidden
        self.withdrawals: dict[int, EntryWithdrawn] = {}
        self.others: dict[int, list[Entry]] = {}
        for entry in sorted(stands, key=lambda e: e.number):
            if isinstance(entry, EntryWithdrawn):
                self.withdrawals[entry.entry] = entry
            elif isinstance(entry, EntryCorrected | StatementAdded | ReadBack):
                self.others.setdefault(entry.entry, []).append(entry)

    def line(self, entry: Entry, names: Called) -> Line:
        """The line of one entry, with its corrections applied."""
        head: dict[str, Any] = {
            "number": entry.number,
            "topic": entry.TOPIC,
            "day": entry.day,
            "happened_on": entry.happened_on,
            "precision": entry.precision,
            "recorded": entry.timestamp,
            "by": entry.by,
            "kinds": kinds_of(entry),
            "withdrawn": self.withdrawals.get(entry.number),
        }
        if entry.number in self.masked:
            return Line(entry=None, names={}, **head)
        return Line(
            entry=entry,
            names=names.at(entry),
            conversation_id=entry.conversation_id,
            **self._said(entry),
            **self._put_beside(entry),
            **head,
        )

    def _put_beside(self, entry: Entry) -> dict[str, Any]:
        others = self.others.get(entry.number, [])
        corrections = (e for e in (*others, entry) if isinstance(e, EntryCorrected))
        return {
            "corrections": tuple(Correction.of(e, self.told.get(e.entry)) for e in corrections),
            "statements": tuple(e for e in others if isinstance(e, StatementAdded)),
            "readings": tuple(e for e in others if isinstance(e, ReadBack)),
        }

    def _said(self, entry: Entry) -> dict[str, Any]:
        says = {
            "say": getattr(entry, "say", None),
            "representative_say": getattr(entry, "representative_say", None),
        }
        readings = [e.reading for e in self.others.get(entry.number, []) if isinstance(e, ReadBack)]
        return {part: say and settled(say, readings) for part, say in says.items()}
