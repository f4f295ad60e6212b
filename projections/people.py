"""Who took part and when, who stands around the client now, and the goals in time: rows and places, no words.

Pure: from the plan and the entries to rows and places (see lanes.py). Texts are names from the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import cos, pi, sin
from typing import TypeVar

from domain import nouns
from domain.disagreement import DisagreementVoiced
from domain.entry import Entry, Subject
from domain.kinds import GoalStatus, PersonKind, Voice
from domain.people import WorkerChanged
from domain.plan import Plan, read, read_each, standing
from domain.say import SAID
from projections.lanes import Bar, Lane, Lanes, Mark, laid_out, shortened

K = TypeVar("K")
V = TypeVar("V")

USUAL = ""  # the name of a row of usual workers: the page says what it is
ONE_RING, MOST_AROUND = 12, 24  # more people than this are a list, not a circle
OWN_CIRCLE = frozenset({PersonKind.RELATIVE, PersonKind.INFORMAL_CARER, PersonKind.REPRESENTATIVE})


@dataclass(frozen=True)
class Node:
    """One person or party beside the client."""

    name: str
    label: str
    kind: StrEnum
    organisation: str
    leads: bool
    own: bool
    since: date
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class Circle:
    """Who stands around the client. Not `drawn`: too many for a circle, they are a list."""

    nodes: tuple[Node, ...]
    width: float
    height: float
    drawn: bool


def lanes(entries: Iterable[Entry], *, on: date) -> Lanes | None:
    """Everybody who took part, a row each, with marks where the client spoke of it; None before anybody."""
    told = list(entries)
    plan = read(told, on=on)
    marks = client_spoke(told, on)
    people = (_person_lane(person, marks.get(key, ())) for key, person in plan.people.items())
    parties = (_party_lane(party, marks.get(key, ())) for key, party in plan.parties.items())
    rows = [lane for lane in (*people, *parties) if lane.bars[0].since <= on]
    return laid_out(_usual_workers(told, on, plan) + sorted(rows, key=_own_circle_last), on)


def goals_in_time(entries: Iterable[Entry], *, on: date) -> Lanes | None:
    """Every goal, a row each: a bar for each text and status it had; None before the first goal."""
    told = list(entries)
    words = {key: goal.words for key, goal in read(told, on=on).goals.items()}
    periods = _periods(
        told, on, words, lambda plan: {key: (g.words, g.status) for key, g in plan.goals.items()}
    )
    marks = client_spoke(told, on)
    rows = [
        Lane(words[key], tuple(_goal_bar(*period) for period in periods[key]), marks.get(key, ()))
        for key in words
        if periods.get(key)
    ]
    return laid_out(rows, on)


def circle(plan: Plan) -> Circle:
    """The people and parties who take part now, in one ring or two."""
    leads = {lead.person for lead in plan.leads.values()}
    people = [
        Node(p.name, "", p.kind, p.organisation, key in leads, p.kind in OWN_CIRCLE, p.since)
        for key, p in plan.people.items()
        if p.until is None
    ]
    parties = [
        Node(p.name, "", p.kind, "", leads=False, own=p.kind == "informal", since=p.since)
        for p in plan.parties.values()
        if p.until is None
    ]
    nodes = sorted(people + parties, key=lambda node: not node.own)
    drawn = 0 < len(nodes) <= MOST_AROUND
    size = (640.0, 420.0) if len(nodes) <= ONE_RING else (900.0, 640.0)
    return Circle(tuple(_around(nodes, *size)) if drawn else tuple(nodes), *size, drawn)


def _around(nodes: list[Node], width: float, height: float) -> Iterable[Node]:
    """One ring, or a third of them on an inner one. A box is 124 by 48 and touches no other."""
    inner = [] if len(nodes) <= ONE_RING else nodes[: len(nodes) // 3]
    for ring, share in ((inner, 0.55), (nodes[len(inner) :], 1.0)):
        for nr, node in enumerate(ring):
            angle = 2 * pi * nr / len(ring) - pi / 2
            x = width / 2 + cos(angle) * (width / 2 - 66) * share
            y = height / 2 + sin(angle) * (height / 2 - 28) * share
            yield replace(node, label=shortened(node.name, 15), x=round(x, 1), y=round(y, 1))


def _person_lane(person: nouns.Person, marks: tuple[Mark, ...]) -> Lane:
    cls = "b-grey" if person.kind in OWN_CIRCLE else "b-soft" if person.until else "b-main"
    bar = Bar(person.name, person.since, person.until, cls)
    return Lane(person.name, (bar,), marks, kind=person.kind, organisation=person.organisation)


def _party_lane(party: nouns.Party, marks: tuple[Mark, ...]) -> Lane:
    cls = "b-grey" if party.kind == "informal" else "b-soft" if party.until else "b-main"
    return Lane(party.name, (Bar(party.name, party.since, party.until, cls),), marks, kind=party.kind)


def _own_circle_last(lane: Lane) -> tuple[bool, str]:
    return lane.bars[0].cls == "b-grey", lane.organisation.casefold()


def _usual_workers(entries: list[Entry], on: date, plan: Plan) -> list[Lane]:
    """For every organisation: its usual workers, one after another."""
    periods = _periods(entries, on, plan.people, _usual_of_each)
    return [
        Lane(USUAL, tuple(_usual_bar(*p) for p in held), organisation=organisation)
        for organisation, held in periods.items()
        if len(held) > 1  # one who stayed is seen in their own row
    ]


def _usual_of_each(plan: Plan) -> dict[str, str]:
    usual: dict[str, str] = {}
    for person in plan.people.values():
        if person.usual_worker and person.until is None:
            before = usual.get(person.organisation)
            usual[person.organisation] = f"{before}, {person.name}" if before else person.name
    return usual


def _usual_bar(names: str, since: date, until: date | None) -> Bar:
    return Bar(names, since, until, "b-soft" if until else "b-main")


def _goal_bar(was: tuple[str, GoalStatus], since: date, until: date | None) -> Bar:
    words, status = was
    if status in {GoalStatus.TURNED_DOWN, GoalStatus.REACHED, GoalStatus.DROPPED}:
        return Bar(words, since, until, "", status)  # in the table; there is no goal any more to draw
    now = "b-main" if status is GoalStatus.IN_PLAN else "b-grey"
    cls = "b-warn" if status is GoalStatus.PROPOSED else "b-soft" if until else now
    return Bar(words, since, until, cls, status)


def _periods(
    entries: list[Entry], on: date, subjects: Iterable[Subject], state: Callable[[Plan], dict[K, V]]
) -> dict[K, list[tuple[V, date, date | None]]]:
    """From when until when each thing was in which state: the plan on every day these subjects changed."""
    about = set(subjects)
    days = {e.counts_from for e in standing(entries) if e.concerns in about and e.counts_from <= on}
    found: dict[K, list[tuple[V, date, date | None]]] = {}
    before: dict[K, V] = {}
    for day, plan in read_each(entries, days):
        now = state(plan)
        for key in {**before, **now}:
            if before.get(key) != now.get(key):
                _next_state(found.setdefault(key, []), day, now.get(key))
        before = now
    return found


def _next_state(held: list[tuple[V, date, date | None]], day: date, state: V | None) -> None:
    if held and held[-1][2] is None:
        held[-1] = (*held[-1][:2], day)
    if state is not None:
        held.append((state, day, None))


def client_spoke(entries: list[Entry], on: date) -> dict[Subject, tuple[Mark, ...]]:
    """When the client said something about a person, party or goal, straight or about an entry on it."""
    stands = {entry.number: entry for entry in standing(entries) if entry.day <= on}
    spoke: dict[Subject, list[Mark]] = {}
    for entry in sorted(stands.values(), key=lambda e: (e.day, e.number)):
        if _says_something(entry):
            for subject in _subjects(entry, stands):
                spoke.setdefault(subject, []).append(Mark(entry.day, entry.number))
    return {subject: tuple(marks) for subject, marks in spoke.items()}


def _says_something(entry: Entry) -> bool:
    if isinstance(entry, DisagreementVoiced):
        return entry.voice is Voice.CLIENT
    return any(say.person is None and say.stance in SAID for say in entry.stances())


def _subjects(entry: Entry, stands: dict[int, Entry]) -> set[Subject]:
    about = stands.get(entry.concerns) if isinstance(entry.concerns, int) else entry
    if about is None or about.concerns is None:
        return set()
    return {about.concerns, about.before} if isinstance(about, WorkerChanged) else {about.concerns}
