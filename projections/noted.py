"""What others wrote down of what the client said, and was not read back yet: is it as they meant it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.consent import ConsentGiven, whom
from domain.entry import Actor, Entry, Role, Subject
from domain.laying_down import PlanLaidDown
from domain.people import LeadNamed, PartyJoined
from domain.plan import Plan, read
from domain.say import SAID, Means, Position, Stance
from projections.my_plan import Question, name_of, question_of, readable

HAND = frozenset({Role.CLIENT, Role.REPRESENTATIVE})


@dataclass(frozen=True)
class Noted:
    """What somebody wrote down of one answer: about what, in which words, and when it was said."""

    entry: int
    subject: Subject
    made: Entry
    about: str  # what the client knows it by
    stance: Stance
    means: Means
    words: str
    by: Actor
    on: date


def noted(entries: Iterable[Entry], today: date, person: UUID | None = None) -> list[Noted]:
    """What stands as the answer of the client, or of this representative, and was never read back to them.

    The newest first. A gesture is not asked back: others read it. Nor is an answer to what has no name that
    they know: nobody can say that a yes is right without knowing to what.
    """
    mine = readable(entries, today)
    return sorted(_noted(read(mine, on=today), {e.number: e for e in mine}, person), key=_newest_first)


def noted_in(entries: Iterable[Entry], today: date, entry: int, person: UUID | None = None) -> Noted | None:
    """The same, of one entry."""
    return next((one for one in noted(entries, today, person) if one.entry == entry), None)


def waiting(
    entries: Iterable[Entry], today: date, subject: Subject | None, entry: int, person: UUID | None = None
) -> Question | Noted | None:
    """What waits for them: the question of this entry about this subject, or the answer that it wrote down.
    No subject: of an entry that asks one thing.
    """
    told = list(entries)
    if asked := question_of(told, today, subject, entry, person):
        return asked
    one = noted_in(told, today, entry, person)
    return one if one and subject in (None, one.subject) else None


def _noted(plan: Plan, told: Mapping[int, Entry], person: UUID | None) -> Iterator[Noted]:
    for subject, stances in plan.stances.items():
        for position in stances.of(person):
            made = told.get(position.entry)
            about = _known_by(plan, subject, made) if made else ""
            if made and about and _waits(plan, position, made, person):
                say = position.say
                yield Noted(
                    made.number, subject, made, about, say.stance, say.means, say.words, made.by, position.on
                )


def _known_by(plan: Plan, subject: Subject, made: Entry) -> str:
    """What a client knows it by: a goal, help or proposal as it is called now, anything else as it was called
    there. Nothing for what has no line of its own on Mijn plan, like a look back or another worker.
    """
    match made:
        case LeadNamed(person=who) | PartyJoined(party=who) | ConsentGiven(to=who):
            held = whom(plan).get(who)
            return held.name if held else ""
        case PlanLaidDown():
            return f"{made.day:%d-%m-%Y}"
    if isinstance(subject, UUID) or subject in plan.proposals:
        return called(plan, subject)
    return next((name for _, name in made.named()), "")


def called(plan: Plan, subject: Subject | None) -> str:
    """What it is called: a proposal by what it proposes, what was agreed or weighed by its words."""
    if isinstance(subject, UUID) or subject is None:
        return name_of(plan, subject)
    if asked := plan.proposals.get(subject):
        return asked.then
    if agreed := plan.agreements.get(subject) or plan.tryouts.get(subject):
        return agreed.words
    if risk := plan.risks.get(subject):
        return risk.risk
    return plan.restrictions[subject].what if subject in plan.restrictions else ""


def _waits(plan: Plan, position: Position, made: Entry, person: UUID | None) -> bool:
    said = position.say.stance in SAID and position.say.means in {Means.SPOKEN, Means.REPORTED}
    read_back = any(reading.person == person for reading in plan.readings.get(made.number, ()))
    by_others = made.by.role not in HAND and made.by.role is not Role.IMPORT
    return said and by_others and not read_back and not position.about_previous_text


def _newest_first(one: Noted) -> tuple[int, int]:
    return -one.on.toordinal(), -one.entry
