"""The timeline: one line an entry, newest first. What was withdrawn or corrected stays readable.

Pure: from entries to lines; how a line reads is in `web/templates/timeline/<topic>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, overload
from uuid import UUID

from domain.conversation import NetworkViewHeard
from domain.correcting import EntryCorrected
from domain.days import Precision
from domain.entry import Actor, Decider, Decision, Entry, Subject
from domain.gaps import EntryGone
from domain.plan import Plan, read, standing
from domain.proposals import ProposalAnswered
from domain.record import EntryWithdrawn, ReadBack, StatementAdded
from domain.representation import decided_by
from domain.restricting import EntryRestricted
from domain.say import SAID, Say, Stance, settled
from projections.called import Called
from projections.correction import Correction
from projections.kind import Kind, kinds_of
from projections.masked import Hides, Teams, in_wrong_case, masked


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
    about_a_gap: bool = False  # it speaks of an entry that was destroyed
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


def timeline(
    entries: Iterable[Entry],
    *,
    on: date = date.max,
    known: datetime | None = None,
    team: str | Teams | None = None,
    today: date = date.max,
) -> Lines:
    """The lines up to a day, using only what was recorded by `known`; newest first by day, then number.

    `team`: the reader's own, for what only the team that wrote it down may read; `today`: for what the client
    allowed until a day (not given: that day is over).
    """
    entries = list(entries)
    told = [e for e in entries if known is None or e.timestamp <= known]
    return Lines(told, on, masked(entries, team, today))


def wordless(entry: EntryWithdrawn) -> EntryWithdrawn:
    """What was explained about an entry that nobody reads is not read either."""
    return replace(entry, words="")  # type: ignore[call-arg]  # the library makes it a dataclass


def of_kind(lines: Lines, kind: Kind | None) -> Lines:
    """The lines of one kind; all of them when none is asked for."""
    return lines if kind is None else lines.only(lambda entry: kind in kinds_of(entry))


def gave_a_say(say: Say) -> bool:
    """Whether somebody said something, or said that they would not: they were asked, and answered."""
    return say.stance in SAID or say.stance is Stance.DID_NOT_WANT_TO_ANSWER


def without_say(lines: Lines) -> Lines:
    """Only the decisions in which the client gave no say. An entry that is not read here is not judged."""

    def unsaid(entry: Entry) -> bool:
        line = lines.of(entry.number) if isinstance(entry, Decision) else None
        return bool(line and line.entry and line.say and not gave_a_say(line.say))

    return lines.only(unsaid)


class Lines(Sequence[Line]):
    """The lines of one timeline, each made when it is asked for, with what later entries put beside it."""

    def __init__(self, told: Iterable[Entry], on: date, hidden: Mapping[int, Hides]) -> None:
        self._told = {entry.number: entry for entry in told}
        self._stands = {entry.number: entry for entry in standing(self._told.values())}
        self._hidden, self._made = hidden, dict[int, Line]()
        shown = ((entry.day, entry.number) for entry in (self._told | self._stands).values())
        self.days = {number: day for day, number in sorted(shown, reverse=True) if day <= on}
        self.numbers = list(self.days)
        self._withdrawals: dict[int, EntryWithdrawn] = {}
        self._others: dict[int, list[Entry]] = {}
        for entry in self._stands.values():
            if isinstance(entry, EntryWithdrawn):
                unread = {entry.entry, entry.number} & hidden.keys()
                self._withdrawals[entry.entry] = wordless(entry) if unread else entry
            elif isinstance(entry, EntryCorrected | StatementAdded | ReadBack) and entry.number not in hidden:
                self._others.setdefault(entry.entry, []).append(entry)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        if isinstance(at, slice):
            return [self._line(number) for number in self.numbers[at]]
        return self._line(self.numbers[at])

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, self.numbers)

    @property
    def unread(self) -> int:
        """How many of them this reader does not read."""
        return sum(number in self._hidden for number in self.numbers)

    def of(self, number: int) -> Line | None:
        """The line of this entry, if it is on this timeline."""
        return self._line(number) if number in self.days else None

    def entry(self, number: int) -> Entry | None:
        """The entry itself, as it stands: with its corrections. What was withdrawn, as it was."""
        return self._entry(number) if number in self.days else None

    def only(self, wanted: Callable[[Entry], bool]) -> Lines:
        """The same timeline with fewer lines: those whose entries are wanted."""
        fewer = copy(self)
        fewer.days = {number: day for number, day in self.days.items() if wanted(self._entry(number))}
        fewer.numbers = list(fewer.days)
        return fewer

    def where(self, wanted: Callable[[Entry], bool]) -> list[Line]:
        """Those whose entries are wanted, as far as this reader reads them."""
        read_ones = (number for number in self.numbers if number not in self._hidden)
        return [self._line(number) for number in read_ones if wanted(self._entry(number))]

    @cached_property
    def _plan(self) -> Plan:
        return read(self._told.values())

    @cached_property
    def _names(self) -> Called:
        return Called(entry for number, entry in self._stands.items() if number not in self._hidden)

    def _entry(self, number: int) -> Entry:
        return self._stands.get(number) or self._told[number]

    def _line(self, number: int) -> Line:
        if number not in self._made:
            self._made[number] = self._line_of(self._entry(number))
        return self._made[number]

    def _line_of(self, entry: Entry) -> Line:
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
            "withdrawn": self._withdrawals.get(entry.number),
        }
        if hiding := self._hidden.get(entry.number):
            return Line(
                entry=None,
                names={},
                restricted=hiding if isinstance(hiding, EntryRestricted) else None,
                of_another_team=isinstance(hiding, NetworkViewHeard),
                about_a_gap=isinstance(hiding, EntryGone),
                **head,
            )
        return Line(
            entry=entry,
            names=self._names.at(entry),
            conversation_id=entry.conversation_id,
            **self._said(entry),
            **self._put_beside(entry),
            **head,
        )

    def _put_beside(self, entry: Entry) -> dict[str, Any]:
        others = self._others.get(entry.number, [])
        corrections = (e for e in (*others, entry) if isinstance(e, EntryCorrected))
        return {
            "corrections": tuple(Correction.of(e, self._told.get(e.entry)) for e in corrections),
            "statements": tuple(e for e in others if isinstance(e, StatementAdded)),
            "readings": tuple(e for e in others if isinstance(e, ReadBack)),
        }

    def _said(self, entry: Entry) -> dict[str, Any]:
        says = {part: getattr(entry, part, None) for part in ("say", "representative_say")}
        readings = [e.reading for e in self._others.get(entry.number, []) if isinstance(e, ReadBack)]
        now: dict[str, Any] = {part: say and settled(say, readings) for part, say in says.items()}
        if isinstance(entry, Decision):
            say, other = now["say"], now["representative_say"]
            plan = self._plan if other or isinstance(entry, ProposalAnswered) else None  # long to read
            now["decided_by"] = decided_by(entry, plan, say, other) if plan else entry.decided_by(say, None)
        return now
