"""The timeline: one line an entry, newest first. What was withdrawn or corrected stays readable.

Pure: from entries to lines; how a line reads is in `web/templates/timeline/<topic>.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from domain.conversation import NetworkViewHeard
from domain.correcting import EntryCorrected, facts_of
from domain.days import Precision
from domain.entry import Actor, Decider, Decision, Entry, Subject
from domain.plan import read, standing
from domain.record import EntryWithdrawn, ReadBack, StatementAdded
from domain.representation import decided_by
from domain.restricting import EntryRestricted
from domain.say import SAID, Say, Stance, settled
from projections.called import Called
from projections.kind import Kind, kinds_of
from projections.masked import Hides, Teams, in_wrong_case, masked


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
    """One entry as it is read. `entry` is None when this reader does not read it: see masked.py."""

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
    decided_by: Decider | None = None  # by what was said as it stands now; None when nothing was decided
    conversation_id: UUID | None = None
    withdrawn: EntryWithdrawn | None = None
    restricted: EntryRestricted | None = None  # by which it may not be used now (AVG art. 18)
    of_another_team: bool = False  # a relative came with it unasked: for the team that wrote it down
    corrections: tuple[Correction, ...] = ()
    statements: tuple[StatementAdded, ...] = ()
    readings: tuple[ReadBack, ...] = ()

    @property
    def masked(self) -> bool:
        """That it was there is shown, what it said is not."""
        return self.entry is None

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


def timeline(
    entries: Iterable[Entry],
    *,
    on: date = date.max,
    known: datetime | None = None,
    team: str | Teams | None = None,
    today: date = date.max,
) -> list[Line]:
    """The lines up to a day, using only what was recorded by `known`; newest first by day, then number.

    `team`: the reader's own, for what only the team that wrote it down may read; `today`: for what the client
    allowed until a day (not given: that day is over).
    """
    entries = list(entries)
    told = [e for e in entries if known is None or e.timestamp <= known]
    stands = {entry.number: entry for entry in standing(told)}
    page = _Beside(told, stands.values(), masked(entries, team, today))
    names = Called(entry for number, entry in stands.items() if number not in page.masked)
    lines = (page.line(stands.get(e.number, e), names) for e in told)
    return sorted(
        (line for line in lines if line.day <= on), key=lambda li: (li.day, li.number), reverse=True
    )


def wordless(entry: EntryWithdrawn) -> EntryWithdrawn:
    """What was explained about an entry that nobody reads is not read either."""
    return replace(entry, words="")  # type: ignore[call-arg]  # the library makes it a dataclass


def of_kind(lines: Iterable[Line], kind: Kind | None) -> list[Line]:
    """The lines of one kind; all of them when none is asked for."""
    return [line for line in lines if kind is None or kind in line.kinds]


def gave_a_say(say: Say) -> bool:
    """Whether somebody said something, or said that they would not: they were asked, and answered."""
    return say.stance in SAID or say.stance is Stance.DID_NOT_WANT_TO_ANSWER


def without_say(lines: Iterable[Line]) -> list[Line]:
    """Only the decisions in which the client gave no say. An entry that is not read here is not judged."""
    return [
        line for line in lines if isinstance(line.entry, Decision) and line.say and not gave_a_say(line.say)
    ]


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

    def __init__(self, told: Iterable[Entry], stands: Iterable[Entry], hidden: Mapping[int, Hides]) -> None:
        self.told = {entry.number: entry for entry in told}
        self.masked, self.plan = hidden, read(self.told.values())
        self.withdrawals: dict[int, EntryWithdrawn] = {}
        self.others: dict[int, list[Entry]] = {}
        for entry in sorted(stands, key=lambda e: e.number):
            if isinstance(entry, EntryWithdrawn):
                self.withdrawals[entry.entry] = wordless(entry) if entry.entry in hidden else entry
            elif isinstance(entry, EntryCorrected | StatementAdded | ReadBack):
                self.others.setdefault(entry.entry, []).append(entry)

    def line(self, entry: Entry, names: Called) -> Line:
        """The line of one entry, with its corrections applied."""
        if in_wrong_case(entry):
            entry = wordless(entry)
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
        if hiding := self.masked.get(entry.number):
            restricted = hiding if isinstance(hiding, EntryRestricted) else None
            theirs = isinstance(hiding, NetworkViewHeard)
            return Line(entry=None, names={}, restricted=restricted, of_another_team=theirs, **head)
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
        now: dict[str, Any] = {part: say and settled(say, readings) for part, say in says.items()}
        if isinstance(entry, Decision):
            now["decided_by"] = decided_by(entry, self.plan, now["say"], now["representative_say"])
        return now
