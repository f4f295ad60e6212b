"""What a history says: one fold serves the rules, today's plan, and any day before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from domain import nouns
from domain.days import end_of
from domain.entry import Entry, Subject
from domain.kinds import Asks
from domain.nouns import Held
from domain.say import Reading, Stances

K = TypeVar("K")
N = TypeVar("N", bound=Held)
Step = tuple[date, int, bool, Entry]  # from when, by which entry, and whether it counts or is only heard


@dataclass(frozen=True)
class Loose:
    """An entry that speaks of something this plan does not hold (any more, or yet)."""

    entry: int
    noun: str
    id: Subject


@dataclass
class Plan:
    """One client's plan, as the entries up to a day tell it."""

    client: nouns.Client = field(default_factory=nouns.Client)
    question: str = ""
    legal_basis: str = ""
    urgent: bool = False
    opened_on: date | None = None
    closed_on: date | None = None
    closed_by: int | None = None
    reopened_on: date | None = None
    care_started_on: date | None = None
    transferred: nouns.Transfer | None = None
    introductions: list[nouns.Introduction] = field(default_factory=list)
    wishes: dict[UUID, nouns.Told] = field(default_factory=dict)
    matters: list[nouns.Told] = field(default_factory=list)
    strengths: list[nouns.Told] = field(default_factory=list)
    successes: list[nouns.Told] = field(default_factory=list)
    abilities: list[nouns.Ability] = field(default_factory=list)
    circles: list[nouns.Circle] = field(default_factory=list)
    circumstances: list[nouns.Circumstances] = field(default_factory=list)
    released: dict[int, nouns.Released] = field(default_factory=dict)
    points: dict[UUID, nouns.TalkingPoint] = field(default_factory=dict)
    needs: dict[UUID, nouns.Need] = field(default_factory=dict)
    views: list[nouns.View] = field(default_factory=list)
    wellbeing: list[nouns.Wellbeing] = field(default_factory=list)
    experiences: list[nouns.Judged] = field(default_factory=list)
    questionnaires: list[nouns.Questionnaire] = field(default_factory=list)
    informed: list[nouns.Informed] = field(default_factory=list)
    documents: dict[UUID, nouns.Document] = field(default_factory=dict)
    talks: list[nouns.Talk] = field(default_factory=list)
    goals: dict[UUID, nouns.Goal] = field(default_factory=dict)
    limits: list[nouns.Limit] = field(default_factory=list)
    proposals: dict[int, nouns.Proposal] = field(default_factory=dict)
    supports: dict[UUID, nouns.Support] = field(default_factory=dict)
    refusals: dict[int, nouns.Refusal] = field(default_factory=dict)
    fits: list[nouns.FitJudgement] = field(default_factory=list)  # of all support together
    choices: dict[int, nouns.Choice] = field(default_factory=dict)
    ideals: list[nouns.Ideal] = field(default_factory=list)
    tryouts: dict[int, nouns.Tryout] = field(default_factory=dict)
    risks: dict[int, nouns.Risk] = field(default_factory=dict)
    restrictions: dict[int, nouns.Restriction] = field(default_factory=dict)
    people: dict[UUID, nouns.Person] = field(default_factory=dict)
    parties: dict[UUID, nouns.Party] = field(default_factory=dict)
    leads: dict[str, nouns.Lead] = field(default_factory=dict)
    representations: dict[int, nouns.Representation] = field(default_factory=dict)
    capacities: list[nouns.Capacity] = field(default_factory=list)
    consents: dict[int, nouns.Consent] = field(default_factory=dict)
    roles: list[nouns.AgreedRole] = field(default_factory=list)
    evaluations: dict[int, nouns.Evaluation] = field(default_factory=dict)
    agreements: dict[int, nouns.Agreement] = field(default_factory=dict)
    disagreements: dict[int, nouns.Disagreement] = field(default_factory=dict)
    common_ground: list[nouns.Told] = field(default_factory=list)
    mediations: dict[int, nouns.Mediation] = field(default_factory=dict)
    complaints: dict[int, nouns.Complaint] = field(default_factory=dict)
    versions: list[nouns.Version] = field(default_factory=list)
    shown: list[nouns.Shown] = field(default_factory=list)
    own_plans: list[nouns.OwnPlan] = field(default_factory=list)
    pointed_out: list[nouns.PointedOut] = field(default_factory=list)
    links: list[nouns.Link] = field(default_factory=list)
    holds: dict[int, nouns.Hold] = field(default_factory=dict)
    requests: dict[int, nouns.Request] = field(default_factory=dict)
    erasures: dict[int, nouns.Erasure] = field(default_factory=dict)
    stances: dict[Subject, Stances] = field(default_factory=dict)
    readings: dict[int, list[Reading]] = field(default_factory=dict)  # of an entry, by day
    coming: list[Entry] = field(default_factory=list)  # decided, and not yet counting
    loose: list[Loose] = field(default_factory=list)

    def found(self, held: Mapping[K, N], noun: Callable[[], N], by: Entry, key: K) -> N:
        """For tell(): the noun an entry speaks of; when the plan does not hold it (any more, or yet), one
        that stands apart: what is told of it goes nowhere, and `loose` says so. Commands ask history.there().
        """
        if key in held:
            return held[key]
        self.loose.append(Loose(by.number, type(apart := noun()).__name__.lower(), key))  # type: ignore[arg-type]  # UUID or int
        return apart

    def stances_on(self, subject: Subject) -> Stances:
        """What everybody said about a subject. Kept apart from the nouns, so that nothing hides a stance."""
        return self.stances.get(subject) or Stances()

    def hear(self, entry: Entry) -> None:
        """Put what people said in this entry with its subject."""
        subject = entry.concerns
        if subject is None:
            return
        held = self.stances.setdefault(subject, Stances())
        for say in entry.stances():
            held.take(entry.number, entry.day, say)
        for reading in self.readings.get(entry.number, ()):  # before its text counted
            held.read_back(entry.number, reading)

    def text_changed(self, by: Entry) -> None:
        """From now on what was said before this decision counted was said about the text before."""
        self.stances_on(by.concerns or by.number).text_changed(by.number)

    def open_question(self, subject: Subject) -> int | None:
        """The entry that asks the client about this subject, or is the subject, and has no answer yet."""
        asked = (p for p in self.proposals.values() if p.open and p.asks is Asks.CLIENT)
        return next((p.entry for p in asked if subject in (p.subject, p.entry)), None)

    def here(self, held: dict[UUID, nouns.Person] | dict[UUID, nouns.Party]) -> dict[UUID, Held]:
        """Those of the people or parties who still take part."""
        return {key: noun for key, noun in held.items() if noun.until is None}

    def lead_of(self) -> str:
        """Who holds the lead; side by side when two organisations each have one."""
        leads = (self.people.get(lead.person) for lead in self.leads.values() if lead.person)
        return ", ".join(person.name for person in leads if person)


def read(entries: Iterable[Entry], *, on: date = date.max, known: date | datetime | None = None) -> Plan:
    """The plan as it was on `on` (a local day), using only what was recorded by `known` (a moment, or the end
    of a local day). Both inclusive. Total: it never raises.
    """
    plan = Plan()
    for step in _steps(entries, on, known):
        if step[0] <= on:
            _take(step, plan)
        elif step[2]:
            plan.coming.append(step[3])
    return plan


def read_each(entries: Iterable[Entry], days: Iterable[date]) -> Iterator[tuple[date, Plan]]:
    """The plan on each of these days, in one reading: it is one plan, that goes on when the next is asked
    for. Nothing is `coming` in it.
    """
    plan, steps = Plan(), deque(_steps(entries, date.max))
    for day in sorted(days):
        while steps and steps[0][0] <= day:
            _take(steps.popleft(), plan)
        yield day, plan


def _steps(entries: Iterable[Entry], on: date, known: date | datetime | None = None) -> list[Step]:
    """What the entries of until then say, in the order in which it is heard and counts."""
    steps: list[Step] = []
    for entry in standing(entries, known):
        heard, counts = _does(type(entry))
        if (heard or counts) and entry.day <= on:
            number = entry.originator_version
            if heard:
                steps.append((entry.heard_from, number, False, entry))
            if counts:
                steps.append((entry.counts_from, number, True, entry))
    return sorted(steps)  # numbers differ, so that it never comes to comparing entries


def _take(step: Step, plan: Plan) -> None:
    _, _, counts, entry = step
    if not counts:
        entry.hear(plan)
        return
    entry.tell(plan)
    if entry.CHANGES_TEXT:
        plan.text_changed(entry)


@cache
def _does(kind: type[Entry]) -> tuple[bool, bool]:
    """Whether somebody says something in entries of this kind, and whether they change a plan. Notes of the
    day do neither.
    """
    changes = kind.CHANGES_TEXT or (kind.tell, kind.counts_from) != (Entry.tell, Entry.counts_from)
    return kind.hear is not Entry.hear, changes


def standing(entries: Iterable[Entry], known: date | datetime | None = None) -> list[Entry]:
    """The entries that stand: recorded by `known`, not withdrawn, with their corrections; by number."""
    by = known if known is None or isinstance(known, datetime) else end_of(known)
    told = [e for e in entries if by is None or e.timestamp <= by]
    told.sort(key=attrgetter("originator_version"))
    gone, amends = _amended(told)
    if not gone and not amends:
        return told
    return [_right(e, amends) for e in told if e.originator_version not in gone]


def _amended(told: list[Entry]) -> tuple[set[int], dict[int, list[Entry]]]:
    """Which entries are withdrawn, and what puts others right.

    What amends points back only, so newest first settles it: a withdrawn withdrawal lets the entry stand, and
    a correction is itself right before it is used.
    """
    gone: set[int] = set()
    amends: dict[int, list[Entry]] = {}
    for found in reversed([e for e in told if _amends(type(e))]):
        number = found.originator_version
        if number in gone:
            continue
        entry = _right(found, amends)
        if (wrong := entry.withdraws) is not None and wrong < number:
            gone.add(wrong)
        if (wrong := entry.corrects) is not None and wrong < number:
            amends.setdefault(wrong, []).append(entry)
    return gone, amends


def _right(entry: Entry, amends: Mapping[int, list[Entry]]) -> Entry:
    """The same entry, put right."""
    for correction in reversed(amends.get(entry.originator_version, ())):
        entry = correction.corrected(entry)
    return entry


@cache
def _amends(kind: type[Entry]) -> bool:
    return kind.withdraws is not Entry.withdraws or kind.corrects is not Entry.corrects
