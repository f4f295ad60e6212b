"""The stories that are told again: a few clients of the demo, made with the same commands as any record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from statistics import mean
from typing import Any

from domain.contacts import ContactLog
from domain.days import HERE, local_day
from domain.entry import Entry
from domain.kinds import PersonKind
from domain.nouns import Person
from domain.plan import read
from jobs.demo import organisation
from jobs.demo.organisation import CLIENTS
from jobs.demo.staff import ORGANISATION
from jobs.demo.teller import Teller
from jobs.demo.themes import THEMES

BETWEEN = 4  # days between two of the notes that make a story longer
Events = Sequence[Any]


@dataclass(frozen=True)
class Template:
    """One client's case and contacts, and the last day on which anything of it was written down."""

    case: Events
    contacts: Events
    last: date


@cache
def templates(today: date, entries: int, contacts: int) -> list[Template]:
    """Stories of so many entries and contacts on average, each in proportion to what the demo tells of it.

    When they have to become longer than they are, only those that can: of a closed case no more is told.
    """
    told = dict(enumerate(organisation.story(nr, today) for nr in range(CLIENTS)))
    if entries > _mean(told):
        told = {nr: t for nr, t in told.items() if t.case.plan.closed_on is None}
    shares = {nr: len(t.case.entries) / _mean(told) for nr, t in told.items()}
    return [
        _template(nr, today, round(entries * part), round(contacts * part)) for nr, part in shares.items()
    ]


def _mean(told: dict[int, Teller]) -> float:
    return mean(len(t.case.entries) for t in told.values())


def _template(nr: int, today: date, entries: int, contacts: int) -> Template:
    kept = _longer(nr, today, entries).case.entries[: max(entries, 1)]
    last = max(max(e.day, local_day(e.timestamp)) for e in kept)
    return Template(kept, _visits(kept, last, contacts, Random(nr)), last)  # noqa: S311 - stories, not secrets


def _longer(nr: int, today: date, entries: int) -> Teller:
    """The story, with notes after it when it has too few entries."""
    told = organisation.story(nr, today)
    missing = entries - len(told.case.entries)
    if missing <= 0:
        return told
    told = organisation.story(nr, today - timedelta(days=BETWEEN * missing))
    told.today, note = today, THEMES[nr % len(THEMES)].note
    goal = next(iter(told.case.plan.goals), None)
    while len(told.case.entries) < entries and told.later(BETWEEN):
        told.case.take_action(note, goal, with_client=True, **told.by())
    return told


def _visits(entries: Sequence[Entry], last: date, many: int, random: Random) -> Events:
    """So many contacts, spread over the life of the case: mostly by the one who joined last."""
    opening, people = entries[0], read(entries).people
    workers = {key: p for key, p in people.items() if p.kind is PersonKind.WORKER and not p.relation}
    log = ContactLog.open(opening.originator_id, opening.client_id, opening.timestamp)  # type: ignore[attr-defined]
    for n in range(many):
        day = opening.day + (last - opening.day) * n / many
        there = [key for key, p in workers.items() if _there(p, day)]
        who = (there[-1] if random.random() < 0.8 else random.choice(there),) if there else ()  # noqa: PLR2004
        started = datetime.combine(day, time(8 + random.randrange(9), 15 * random.randrange(4)), HERE)
        log.hold_contact(
            by=opening.by,
            workers=who,
            organisation=ORGANISATION,
            started_at=started,
            minutes=30 + 15 * random.randrange(5),
            recorded=started + timedelta(hours=1),
        )
    return log.collect_events()


def _there(person: Person, day: date) -> bool:
    return person.since <= day and (person.until is None or day < person.until)
