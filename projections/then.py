"""One reading of a case, at a moment; and the entries that count in one reading, and not so in another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID

from domain.entry import Actor, Entry
from domain.plan import read, standing
from domain.say import SAID, Position, Say, settled
from projections.called import Called
from projections.shown_facts import Key, Noun, refers_to, written_in

ALL = datetime.max.replace(tzinfo=UTC)  # all that is recorded
Numbered = dict[int, Entry]
OF_THE_CASE = {"case_opened", "case_closed", "case_reopened", "case_transferred", "care_started"}


@dataclass(frozen=True, order=True)
class Moment:
    """A day, and by when it was recorded: together they say which plan is meant."""

    on: date
    known: datetime

    def has(self, entry: Entry) -> bool:
        """Whether it is of that day or before, and was recorded by then."""
        return entry.timestamp <= self.known and entry.day <= self.on


@dataclass(frozen=True)
class Said:
    """What somebody said in one entry, as it was read back."""

    entry: int
    on: date
    by: Actor
    say: Say
    about_previous_text: bool = False


@dataclass(frozen=True)
class Searched:
    """Where something was looked for: in all these entries, between these days. `unread`: those this reader
    may not read, in which nobody looked for them.
    """

    first: date | None
    last: date
    entries: int
    unread: int = 0


class Readings:
    """A case as one reader may read it, at any moment; each moment is read once."""

    def __init__(self, entries: Iterable[Entry], unread: Collection[int] = ()) -> None:
        self.written: Numbered = {}
        self.unread: Numbered = {}
        for entry in entries:
            (self.unread if entry.number in unread else self.written)[entry.number] = entry
        self._at: dict[Moment, Then] = {}
        self._by: dict[datetime, tuple[Numbered, Numbered]] = {}

    def at(self, moment: Moment) -> Then:
        """The reading at this moment."""
        if moment not in self._at:
            self._at[moment] = Then(self, moment)
        return self._at[moment]

    def by(self, known: datetime) -> tuple[Numbered, Numbered]:
        """What was recorded by then: as it was written down, and what stands of it, as it was put right."""
        if known not in self._by:
            written = {n: entry for n, entry in self.written.items() if entry.timestamp <= known}
            self._by[known] = written, {entry.number: entry for entry in standing(written.values())}
        return self._by[known]


class Then:
    """One reading: the plan at a moment, and the entries that count in it.

    `written` are the entries as they were written down, `stand` those that stand, as they were put right;
    `told` those of them that are of that day or before.
    """

    def __init__(self, case: Readings, moment: Moment) -> None:
        self.written, self.stand = case.by(moment.known)
        self.moment, self.plan = moment, read(self.written.values(), on=moment.on)
        self.told = {n: entry for n, entry in self.stand.items() if entry.day <= moment.on}
        self._unread = case.unread.values()

    @property
    def searched(self) -> Searched:
        """Where is looked, when something is looked for in this reading."""
        days = self.reached.values()
        unread = sum(map(self.moment.has, self._unread))
        return Searched(min(days, default=None), self.moment.on, len(days), unread)

    @cached_property
    def reached(self) -> dict[int, date]:
        """The days of all that was written of that day or before, also of what was withdrawn since."""
        return {n: entry.day for n, entry in self.written.items() if entry.day <= self.moment.on}

    @cached_property
    def called(self) -> Called:
        """What everything was called on each day, by the entries that stand."""
        return Called(self.stand.values())

    def counts(self, number: int) -> tuple[Entry, bool, bool] | None:
        """The entry as it counts here: whether it changes the plan yet, and was heard."""
        entry, on = self.told.get(number), self.moment.on
        return (entry, entry.counts_from <= on, entry.heard_from <= on) if entry else None

    def says(self, entry: Entry) -> Iterator[Said]:
        """What was said in it."""
        readings = self.plan.readings.get(entry.number, ())
        for say in entry.stances():
            yield Said(entry.number, entry.day, entry.by, settled(say, readings))

    def positions(self, subject: Key) -> Iterator[Position]:
        """Where everybody stands on a subject."""
        held = self.plan.stances_on(subject).held if isinstance(subject, UUID | int) else {}
        for positions in held.values():
            yield from positions

    def client_said(self, subject: Key) -> Iterator[Said]:
        """Where the client stands on a subject."""
        for position in self.positions(subject):
            entry = self.told.get(position.entry)
            if entry and position.say.person is None and position.say.stance in SAID:
                yield Said(position.entry, position.on, entry.by, position.say, position.about_previous_text)


class Moved:
    """The entries that count in one reading and not, or otherwise, in the other."""

    def __init__(self, before: Then, after: Then) -> None:
        told = {**before.told, **after.told}
        self.moved = {n: told[n] for n in sorted(told) if _otherwise(told[n], before, after)}
        self._about: dict[Key | None, list[int]] = {}
        self._named: dict[Key, list[int]] = {}
        for number, entry in self.moved.items():
            if _tells(entry):
                self._about.setdefault(entry.concerns, []).append(number)
                for subject in (v for v in vars(entry).values() if isinstance(v, UUID)):
                    self._named.setdefault(subject, []).append(number)

    def by(self, key: Key, nouns: list[Noun], said_in: Iterable[int], kin: Collection[Key]) -> list[int]:
        """Those about this noun: it holds them, or they are about it or, deciding, about another of its kind
        as well; else those that name what it refers to.
        """
        held = {*said_in, *(n for noun in nouns for n in written_in(noun))}
        about = {n for subject in (key, *held) for n in self._about.get(subject, ())}
        both = {n for n in self._named.get(key, ()) if self.moved[n].concerns in kin}
        if found := sorted((held | about | both) & self.moved.keys()):
            return found
        subjects = {key, *(subject for noun in nouns for subject in refers_to(noun))}
        return sorted({n for subject in subjects for n in self._named.get(subject, ())})

    def of_the_case(self, case_id: UUID) -> list[int]:
        """Those about the case as a whole."""
        about = self._about.get(case_id, ())
        return [n for n, entry in self.moved.items() if entry.TOPIC in OF_THE_CASE or n in about]


def _otherwise(entry: Entry, before: Then, after: Then) -> bool:
    """Whether it counts otherwise on the later day. What counts on a day, and stays as it is, counts on."""
    same = before.told.get(entry.number) is after.told.get(entry.number)
    counts_on = same and entry.counts_from <= before.moment.on
    return not counts_on and before.counts(entry.number) != after.counts(entry.number)


def _tells(entry: Entry) -> bool:
    """Whether it can change a plan at all: a note of the day does not."""
    kind = type(entry)
    return kind.tell is not Entry.tell or kind.hear is not Entry.hear
