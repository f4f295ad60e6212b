"""The whole invented organisation: forty-five clients of two teams, and who came when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from domain.casework import Casework
from domain.contacts import ContactLog
from domain.days import HERE, local_day
from domain.kinds import ContactKind, Fit, PersonKind
from domain.say import Stance
from jobs.demo import chapters, sanne, themes, turns
from jobs.demo.clients import invent
from jobs.demo.staff import NORTH, ORGANISATION, SOUTH
from jobs.demo.teller import Teller

TURNED = (Stance.NOT_NOW, Stance.DISAGREES, Stance.WANTS_TO_TALK)
CLIENTS = 44  # beside Sanne, whose story is written out


def load(casework: Casework, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Load the organisation as it would have been written down; gives the last position in the record."""
    today = local_day(casework.clock())
    stories = [sanne.story(today), *(story(nr, today) for nr in range(CLIENTS))]
    position = 0
    for done, told in enumerate(stories, start=1):
        position = casework.keep(told.case, visits(told))
        progress(done, len(stories))
    return position


def story(nr: int, today: date) -> Teller:
    """The story of client number `nr`: the same at every load, counted back from today."""
    random = Random(nr)  # noqa: S311 - stories, not secrets
    opened = today - timedelta(days=30 + (nr * 83) % 690)
    t = Teller(invent(nr, opened), SOUTH if nr % 4 == 3 else NORTH, random, opened, today)
    chapters.opening(t, random.choice(themes.QUESTIONS))
    if t.later(4):
        chapters.getting_to_know(t)
    if nr % 2:
        chapters.family(t)
    theme = themes.THEMES[nr % len(themes.THEMES)]
    goal = chapters.goal(t, theme)
    support = chapters.support(t, theme, goal)
    if nr % 5 != 4:
        chapters.lay_down(t)
    _middle(t, nr, theme, goal, support)
    if t.case.plan.closed_on is None and t.later(30):
        _second_wish(t, nr)
    chapters.until_today(t, theme, goal)
    _last_days(t, nr, theme, goal)
    return t


def _second_wish(t: Teller, nr: int) -> None:
    """With the first thing under way there is room for another."""
    theme = themes.THEMES[(nr + 3) % len(themes.THEMES)]
    goal = chapters.goal(t, theme)
    support = chapters.support(t, theme, goal)
    chapters.lay_down(t)
    if nr % 4 == 1:
        turns.refusal(t, themes.OFFERS[(nr + 1) % 4])
    if nr % 3 == 1:
        chapters.scaled_down(t, theme, goal, support)
    if nr % 5 == 3:
        turns.clients_proposal(t, goal, answered=True)


def _middle(t: Teller, nr: int, theme: themes.Theme, goal: UUID, support: UUID) -> None:
    """Which chapters a client gets follows from their number, so that each of them occurs often enough."""
    steps: list[tuple[bool, Callable[[], None]]] = [
        (True, lambda: chapters.notes(t, theme, goal, 2 + nr % 4)),
        (nr % 3 == 0, lambda: turns.refusal(t, themes.OFFERS[nr % 4])),
        (nr % 6 == 1, lambda: turns.turned_down(t)),
        (nr % 2 == 0, lambda: turns.other_worker(t, told=nr % 4 == 0)),
        (nr % 4 == 1, lambda: turns.disagreement(t, goal, settled=nr % 8 == 1)),
        (True, lambda: chapters.evaluation(t, list(Fit)[nr % 3])),
        (nr % 5 == 2, lambda: turns.mistakes(t, goal)),
        (nr % 7 == 3, lambda: turns.decided_without(t, theme, support)),
        (nr % 3 != 2, lambda: chapters.scaled_down(t, theme, goal, support)),
        (nr % 2 == 0, lambda: turns.other_worker(t, told=nr % 3 == 0)),
        (nr % 4 == 2, lambda: turns.clients_proposal(t, goal, answered=True)),
        (nr % 6 == 4, lambda: turns.another_mind(t, goal, TURNED[nr % 3])),
        (True, lambda: chapters.notes(t, theme, goal, 3)),
        (nr % 10 == 8, lambda: chapters.reached_and_closed(t, goal)),
    ]
    for happens, chapter in steps:
        if happens:
            chapter()


def _last_days(t: Teller, nr: int, theme: themes.Theme, goal: UUID) -> None:
    """What lies on somebody's desk today."""
    if t.case.plan.closed_on:
        return
    t.later((t.today - t.day).days - 5)
    if nr % 9 == 4:
        turns.clients_proposal(t, goal, answered=False)
    if nr % 11 == 5:
        turns.question(t, theme, goal)
    if nr % 13 == 1:
        turns.refusal(t, themes.OFFERS[nr % 4], respected=False)


def visits(t: Teller) -> ContactLog:
    """Who came when: the usual worker most weeks, now and then somebody else."""
    plan, log = t.case.plan, ContactLog.open(t.case.id, t.case.client_id)
    workers = {key: p for key, p in plan.people.items() if p.kind is PersonKind.WORKER and p.relation == ""}
    day = plan.opened_on or t.today
    last = plan.closed_on or t.today
    while (day := day + timedelta(days=t.random.randrange(4, 9))) <= last:
        there = [key for key, p in workers.items() if p.since <= day and (p.until is None or day < p.until)]
        if not there:
            continue
        started = datetime.combine(day, time(9 + t.random.randrange(8), 15 * t.random.randrange(4)), HERE)
        log.hold_contact(
            by=t.coordinator.actor,
            workers=(there[-1] if t.random.random() < 0.8 else there[0],),
            organisation=ORGANISATION,
            started_at=started,
            minutes=30 + 15 * t.random.randrange(5),
            kind=ContactKind.PERSONAL,
            recorded=started + timedelta(hours=2),
        )
    return log
