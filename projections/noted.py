"""What others wrote down of what the client said, and was not read back yet: is it as they meant it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.entry import Actor, Entry, Role, Subject
from domain.plan import Plan, read
from domain.say import SAID, Means, Position, Stance
from projections.my_plan import name_of, readable

HAND = frozenset({Role.CLIENT, Role.REPRESENTATIVE})


@dataclass(frozen=True)
class Noted:
    """What somebody wrote down of one answer: about what, in which words, and when it was said."""

    entry: int
    subject: Subject
    topic: str  # of the entry, for what has no name
    about: str
    stance: Stance
    means: Means
    words: str
    by: Actor
    on: date


def noted(entries: Iterable[Entry], today: date, person: UUID | None = None) -> list[Noted]:
    """What stands as the answer of the client, or of this representative, and was never read back to them.

    The newest first. A gesture is not asked back: others read it.
    """
    mine = readable(entries, today)
    return sorted(_noted(read(mine, on=today), {e.number: e for e in mine}, person), key=_newest_first)


def noted_in(entries: Iterable[Entry], today: date, entry: int, person: UUID | None = None) -> Noted | None:
    """The same, of one entry."""
    return next((one for one in noted(entries, today, person) if one.entry == entry), None)


def _noted(plan: Plan, told: Mapping[int, Entry], person: UUID | None) -> Iterator[Noted]:
    for subject, stances in plan.stances.items():
        for position in stances.of(person):
            made = told.get(position.entry)
            if made is not None and _waits(plan, position, made, person):
                about = called(plan, subject)
                say, topic = position.say, made.TOPIC
                yield Noted(
                    made.number, subject, topic, about, say.stance, say.means, say.words, made.by, position.on
                )


def called(plan: Plan, subject: Subject | None) -> str:
    """What it is called: a proposal by what it proposes."""
    asked = plan.proposals.get(subject) if isinstance(subject, int) else None
    return asked.then if asked else name_of(plan, subject)


def _waits(plan: Plan, position: Position, made: Entry, person: UUID | None) -> bool:
    said = position.say.stance in SAID and position.say.means in {Means.SPOKEN, Means.REPORTED}
    read_back = any(reading.person == person for reading in plan.readings.get(made.number, ()))
    by_others = made.by.role not in HAND and made.by.role is not Role.IMPORT
    return said and by_others and not read_back and not position.about_previous_text


def _newest_first(one: Noted) -> tuple[int, int]:
    return -one.on.toordinal(), -one.entry
