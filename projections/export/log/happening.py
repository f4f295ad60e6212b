"""What happened in a case, one thing after the other: when, who, what about, and the choices that were made.

No text that anybody typed is in it, nor a name: only days, numbers, choices from a list, and `Names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from enum import Enum
from operator import attrgetter
from typing import Any
from uuid import UUID

from domain.case import Case
from domain.contacts import ContactLog
from domain.days import local_day
from domain.entry import Actor, Decision, Entry, Role, Subject
from domain.nouns import Amount, Held
from domain.plan import Plan, read, standing
from domain.representation import decided_by
from domain.say import Say, settled
from projections.export.log.asked import Period
from projections.export.log.names import Names
from projections.masked import masked

KINDS = {  # what the things of a plan are called in a log
    "agreement": "agreements",
    "choice": "choices",
    "complaint": "complaints",
    "consent": "consents",
    "disagreement": "disagreements",
    "evaluation": "evaluations",
    "goal": "goals",
    "mediation": "mediations",
    "need": "needs",
    "party": "parties",
    "person": "people",
    "proposal": "proposals",
    "refusal": "refusals",
    "representation": "representations",
    "request": "requests",
    "restriction": "restrictions",
    "risk": "risks",
    "support": "supports",
    "talking point": "points",
    "tryout": "tryouts",
    "wish": "wishes",
}
STAY = ("kind", "life_area", "legal_kind", "scope")  # what a thing is, from its first day to its last
Fact = str | int


@dataclass(frozen=True)
class Thing:
    """What something is about: a case, a goal, a person."""

    id: str
    kind: str
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Happening:
    """One thing that happened. `about`: what it concerns, each with how."""

    id: str
    activity: str
    at: datetime
    recorded: datetime
    role: str
    group: str
    facts: Mapping[str, Fact]
    who: tuple[Thing, ...]
    about: Mapping[Thing, str]


@dataclass(frozen=True)
class CaseLog:
    """One case with what happened in it, in the order of its days."""

    case_id: UUID
    case: Thing
    client: Thing
    happenings: list[Happening]


def case_log(case: Case, contacts: ContactLog, known: datetime, period: Period, names: Names) -> CaseLog:
    """What happened in this period, as it was recorded by `known`. What nobody may read now is not there."""
    told = [entry for entry in case.entries if entry.timestamp <= known]
    hidden = masked(told, today=local_day(known))
    telling = _Telling(case, [entry for entry in told if entry.number not in hidden], names)
    return telling.log([*telling.entries(period), *telling.contacts(contacts, known, period)])


def log_of_entries(case: Case, read: list[Entry], period: Period, names: Names) -> CaseLog:
    """What happened according to the entries that somebody reads, and nothing beside them."""
    telling = _Telling(case, read, names)
    return telling.log(telling.entries(period))


class _Telling:
    """One case, while it is told."""

    def __init__(self, case: Case, told: list[Entry], names: Names) -> None:
        self.case_id, self.names, self.told, self.plan = case.id, names, told, read(told)
        basis = {"legal_basis": self.plan.legal_basis} if self.plan.legal_basis else {}
        self.case = Thing(names.of("case", case.id), "case", basis)
        self.client = Thing(names.of("client", case.client_id), "client")
        self.things = dict(self._things())

    def log(self, found: Iterable[Happening]) -> CaseLog:
        return CaseLog(self.case_id, self.case, self.client, sorted(found, key=attrgetter("at")))

    def entries(self, period: Period) -> Iterator[Happening]:
        for entry in standing(self.told):
            if period.holds(entry.day):
                yield Happening(
                    self.names.of("event", self.case.id, entry.number),
                    entry.TOPIC.replace("_", " "),
                    datetime.combine(entry.day, time(), UTC),
                    entry.timestamp.astimezone(UTC),
                    entry.by.role,
                    self._group(entry.by.organisation, entry.by.team),
                    {"entry": entry.number, **_facts(entry), **_says(entry, self.plan)},
                    self._who([self._actor(entry.by)]),
                    self._about(_named(entry)),
                )

    def contacts(self, log: ContactLog, known: datetime, period: Period) -> Iterator[Happening]:
        gone = {one.contact_id for one in log.cancelled.values() if one.timestamp <= known}
        for held in log.held:
            day = local_day(held.started_at)
            if held.timestamp <= known and held.contact_id not in gone and period.holds(day):
                yield Happening(
                    self.names.of("event", held.contact_id),
                    held.TOPIC.replace("_", " "),
                    held.started_at.astimezone(UTC),
                    held.timestamp.astimezone(UTC),
                    Role.WORKER,
                    self._group(held.organisation),
                    {"kind": held.kind, **({"minutes": held.minutes} if held.minutes else {})},
                    self._who(self._face(worker) for worker in held.workers),
                    self._about([]),
                )

    def _things(self) -> Iterator[tuple[Subject, Thing]]:
        for kind, where in KINDS.items():
            for key, noun in getattr(self.plan, where).items():
                if kind == "person":
                    yield key, self._face(key)
                else:
                    yield key, Thing(self.names.of(kind, self.case.id, key), kind, _stays(noun))

    def _about(self, named: Iterable[tuple[str, Subject]]) -> dict[Thing, str]:
        """The case, and what of its plan is named, each once."""
        about = {self.case: "case", self.client: "client"}
        for how, subject in named:
            thing = self.things.get(subject)
            if thing and (thing.kind != "person" or self.names.people):
                about.setdefault(thing, how)
        return about

    def _who(self, people: Iterable[Thing]) -> tuple[Thing, ...]:
        return tuple(dict.fromkeys(people)) if self.names.people else ()

    def _actor(self, by: Actor) -> Thing:
        if by.role is Role.CLIENT:
            return self.client
        return Thing(self.names.of("person", by.user), "person", {"kind": by.role})

    def _face(self, worker: UUID) -> Thing:
        """The same person has one name in every case, when they have an account."""
        person = self.plan.people.get(worker)
        kind = {"kind": person.kind} if person else {}
        return Thing(self.names.of("person", (person and person.user) or worker), "person", kind)

    def _group(self, organisation: str, team: str = "") -> str:
        return self.names.of("group", organisation, team) if organisation or team else ""


def _stays(noun: Held) -> dict[str, str]:
    facts = ((name, getattr(noun, name, None)) for name in STAY)
    return {name: str(value) for name, value in facts if isinstance(value, Enum)}


def _named(entry: Entry) -> Iterator[tuple[str, Subject]]:
    """What an entry names, each with how it calls it."""
    for name, value in vars(entry).items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, UUID):
                yield name.removesuffix("_id"), one
    yield from (("new", subject) for subject, _ in entry.named())
    if entry.concerns is not None:
        yield "about", entry.concerns


def _facts(entry: Entry) -> dict[str, str]:
    """The choices in it; never its words."""
    return {name: text for name, value in vars(entry).items() if (text := _choice(value))}


def _choice(value: Any) -> str:
    match value:
        case Enum():
            return str(value.value)
        case bool():
            return str(value).lower()
        case Amount():
            return f"{value.number:f} {value.unit} / {value.per}"
    return ""


def _says(entry: Entry, plan: Plan) -> dict[str, str]:
    """What the client said in it and, beside it, somebody else; as it was read back. And who decided."""
    readings = plan.readings.get(entry.number, ())
    facts: dict[str, str] = {}
    for say in entry.stances():
        facts |= _said(settled(say, readings), "" if say.person is None else "other_")
    if isinstance(entry, Decision):
        other = entry.representative_say and settled(entry.representative_say, readings)
        facts["decided_by"] = decided_by(entry, plan, settled(entry.say, readings), other)
    return facts


def _said(say: Say, whose: str) -> dict[str, str]:
    facts = {f"{whose}stance": str(say.stance), f"{whose}means": str(say.means)}
    return {**facts, **({f"{whose}why_not_asked": str(say.reason)} if say.reason else {})}
