"""What differs between two readings of one case: each noun of the plan, and the entries that made it so.

The plan is read twice, and every kind of noun is compared in one way: by what it says of itself. An entry
belongs to a change when only one of the readings counts it, or counts it otherwise, and it is about
that noun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from domain.entry import Decision, Entry
from domain.nouns import Held
from domain.plan import Plan
from domain.say import Say
from projections.amended import Amendment, amendments
from projections.kind import the_client_spoke
from projections.shown_facts import (
    CASE,
    Fact,
    Key,
    Noun,
    facts,
    kinds,
    nouns_of,
    stands,
    title,
)
from projections.then import Moment, Moved, Readings, Said, Searched, Then
from projections.timeline import gave_a_say


class Became(StrEnum):
    """What became of something between the two readings. Not recorded: it is of before the later day, and
    was written down after what the later reading knows.
    """

    ADDED = "added"
    CHANGED = "changed"
    LAPSED = "lapsed"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class OwnWords:
    """An entry that holds what the client told, chose or confirmed, without being asked for a say."""

    entry: int
    words: str

    @classmethod
    def of(cls, entry: Entry) -> OwnWords:
        return cls(entry.number, getattr(entry, "words", ""))


@dataclass(frozen=True)
class Change:
    """One thing in the plan that differs, and the entries that made it so.

    What it says is found when it is asked for: of hundreds of changes a page counts all, and shows some.
    """

    kind: str
    key: Key
    became: Became
    was: Noun | None
    now: Noun | None
    made: tuple[int, ...]
    found: Difference = field(repr=False, compare=False)

    @property
    def title(self) -> str:
        """What it is called, as the later reading has it when it is there."""
        nouns = [noun for noun in (self.now, self.was) if noun is not None]
        return title(self.kind, nouns, (self.found.after.plan, self.found.before.plan))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What differs."""
        return tuple(self.found.facts(self.key, self.was, self.now))

    @cached_property
    def evidence(self) -> tuple[int, ...]:
        """The entries that made it so, with what put those right."""
        return tuple(sorted({*self.made, *(amended.by.number for amended in self.amendments)}))

    @cached_property
    def amendments(self) -> tuple[Amendment, ...]:
        """What put those entries right, and what put that right."""
        return tuple(self.found.beside(self.made))

    @cached_property
    def says(self) -> tuple[Said, ...]:
        """What was said in them."""
        return tuple(said for then, entry in self._told for said in then.says(entry))

    @cached_property
    def spoken(self) -> tuple[OwnWords, ...]:
        """Where the client told, chose or confirmed it unasked."""
        told = (entry for _, entry in self._told if the_client_spoke(entry) and not any(entry.stances()))
        return tuple(map(OwnWords.of, told))

    @property
    def elsewhere(self) -> tuple[Said, ...]:
        """What the client said of it in other entries."""
        said = self.found.after.client_said(self.key)
        return tuple(one for one in said if one.entry not in self.made)

    @property
    def decided(self) -> bool:
        """Whether it was a decision, so that a say goes with it."""
        return any(isinstance(entry, Decision) for _, entry in self._told)

    @cached_property
    def has_say(self) -> bool:
        """Whether something of the client themselves is recorded with it."""
        return any(s.say.person is None and gave_a_say(s.say) for s in self.says) or bool(self.spoken)

    @property
    def unasked(self) -> tuple[Said, ...]:
        """Where it is written down that the client gave no say, and why."""
        return tuple(s for s in self.says if s.say.person is None and not gave_a_say(s.say))

    @cached_property
    def _told(self) -> list[tuple[Then, Entry]]:
        """Each of those entries, with the reading that counts it."""
        sides = ((self.found.side(number), number) for number in self.made)
        return [(then, then.told[number]) for then, number in sides]


class Difference:
    """Two readings of one case, the earlier one first."""

    def __init__(self, case_id: UUID, case: Readings, one: Moment, other: Moment) -> None:
        self.before, self.after = map(case.at, sorted((one, other)))
        self.case_id, self._moved = case_id, Moved(self.before, self.after)
        self._amended = amendments({**self.before.stand, **self.after.stand}, case.written)
        self._unread = case.unread.values()

    @cached_property
    def changes(self) -> list[Change]:
        """All of them: what people look at first comes first, and within a kind the oldest."""
        return [change for kind in kinds() for change in self._of_kind(kind)]

    def count(self, became: Became) -> int:
        """How many became so."""
        return sum(change.became == became for change in self.changes)

    @property
    def with_say(self) -> int:
        """With how many of them something of the client is recorded."""
        return sum(change.has_say for change in self.changes)

    @property
    def undecided(self) -> int:
        """How many of the others were no decision, so that no say goes with them."""
        return sum(not (change.has_say or change.decided) for change in self.changes)

    @cached_property
    def searched(self) -> Searched:
        """Where what the client said was looked for."""
        days = self.before.reached | self.after.reached
        first = min(days.values(), default=None)
        moments = (self.before.moment, self.after.moment)
        unread = sum(any(moment.has(entry) for moment in moments) for entry in self._unread)
        return Searched(first, self.after.moment.on, len(days), unread)

    @cached_property
    def amendments(self) -> list[Amendment]:
        """What was put right or taken out and is known in one reading only, or is about the days between."""
        first, last = self.before.moment.on, self.after.moment.on
        known = self.before.stand.keys() ^ self.after.stand.keys()
        found = (amendment for of in self._amended.values() for amendment in of if amendment.was_so_by(last))
        told = [a for a in found if a.by.number in known or any(first < day <= last for day in a.days)]
        return sorted(told, key=lambda amendment: amendment.by.number)

    def facts(self, key: Key, was: Noun | None, now: Noun | None) -> Iterator[Fact]:
        """What one reading says of it otherwise than the other."""
        return facts(was, now, _says(self.before.plan, key), _says(self.after.plan, key))

    def beside(self, numbers: Iterable[int]) -> list[Amendment]:
        """What put these entries right, and what put that right."""
        beside = [amendment for number in numbers for amendment in self._amended.get(number, ())]
        return beside + self.beside(a.by.number for a in beside) if beside else []

    def side(self, number: int) -> Then:
        """The reading that counts this entry; the later one when both do."""
        return self.after if number in self.after.told else self.before

    def _of_kind(self, kind: str) -> Iterator[Change]:
        before, after = (nouns_of(then.plan, kind, self.case_id) for then in (self.before, self.after))
        kin = {**before, **after}.keys()
        for key in kin:
            was, now = before.get(key), after.get(key)
            became = _became(was, self.before, now, self.after)
            if became is not Became.CHANGED or any(self.facts(key, was, now)):
                made = self._made(kind, key, [noun for noun in (now, was) if noun is not None], kin)
                if became is Became.LAPSED and self._not_recorded(made):
                    became = Became.NOT_RECORDED
                yield Change(kind, key, became, was, now, tuple(made), self)

    def _not_recorded(self, made: list[int]) -> bool:
        """Whether the later reading knows less, and counts nothing of what made it so."""
        knows_less = self.after.moment.known < self.before.moment.known
        return knows_less and bool(made) and not self.after.told.keys() & set(made)

    def _made(self, kind: str, key: Key, nouns: list[Noun], kin: Collection[Key]) -> list[int]:
        """The entries that made it so; what ended by itself, by the entry that said until when."""
        if kind == CASE:
            return self._moved.of_the_case(self.case_id)
        said_in = (p.entry for then in (self.before, self.after) for p in then.positions(key))
        made = self._moved.by(key, nouns, said_in, kin)
        ends = (n.entry for n in nouns[:1] if isinstance(n, Held))
        return made or [number for number in ends if number in self.side(number).told]


def _became(was: Noun | None, before: Then, now: Noun | None, after: Then) -> Became:
    if was is None:
        return Became.ADDED
    stood = stands(was, before.moment.on)
    if now is None or (stood and not stands(now, after.moment.on)):
        return Became.LAPSED
    return Became.CHANGED


def _says(plan: Plan, key: Key) -> dict[UUID | None, tuple[Say, ...]]:
    """What each person says of it, as far as they were asked about this text."""
    held = plan.stances_on(key).held if isinstance(key, UUID | int) else {}
    return {
        person: tuple(p.say for p in positions if not p.about_previous_text)
        for person, positions in held.items()
    }
