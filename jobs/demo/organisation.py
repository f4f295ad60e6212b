"""The whole invented organisation: some fifty clients of two teams, and who came when."""

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
from jobs.demo import (
    acquaintance,
    chapters,
    greet,
    looking_back,
    months,
    newcomers,
    noa,
    reviewing,
    sanne,
    themes,
    turns,
)
from jobs.demo.clients import invent
from jobs.demo.lately import LATELY, NOT_TOLD_OF_RIGHTS
from jobs.demo.put_right import PUT_RIGHT
from jobs.demo.staff import NORTH, ORGANISATION, SOUTH
from jobs.demo.teller import Teller

TURNED = (Stance.NOT_NOW, Stance.DISAGREES, Stance.WANTS_TO_TALK)
CLIENTS = 44  # beside those whose story is written out
A_TEAM = 5  # people; with more, who is free comes


def load(casework: Casework, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Load the organisation as it would have been written down; gives the last position in the record."""
    today = local_day(casework.clock())
    told = stories(today)
    for done, one in enumerate(told, start=1):
        casework.keep(one.case, visits(one))
        progress(done, len(told))
    return casework.keep(*reviewing.reviews(told, today))


def stories(today: date) -> list[Teller]:
    """Every client there is."""
    written_out = [sanne.story(today), greet.story(today), noa.story(today), *newcomers.stories(today)]
    return [*written_out, *(story(nr, today) for nr in range(CLIENTS))]


def story(nr: int, today: date) -> Teller:
    """The story of client number `nr`: the same at every load, counted back from today."""
    random = Random(nr)  # noqa: S311 - stories, not secrets
    opened = today - timedelta(days=30 + (nr * 83) % 690)
    t = Teller(invent(nr, opened), SOUTH if nr % 4 == 3 else NORTH, random, opened, today)
    chapters.opening(t, random.choice(themes.QUESTIONS))
    if nr != NOT_TOLD_OF_RIGHTS:
        acquaintance.rights_told(t)
    if t.later(4):
        acquaintance.getting_to_know(t)
    if nr % 2:
        acquaintance.family(t)
    theme = themes.THEMES[nr % len(themes.THEMES)]
    goal = chapters.goal(t, theme)
    support = chapters.support(t, theme, goal)
    chapters.lay_down(t)
    _middle(t, nr, theme, goal, support)
    if t.case.plan.closed_on is None and t.later(30):
        _second_wish(t, nr)
    _until_today(t, nr)
    _last_days(t, nr, theme, goal)
    if nr in PUT_RIGHT:
        t.until(2)
        PUT_RIGHT[nr](t)
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
        (nr % 3 == 1, lambda: months.small_choice(t)),
        (nr % 3 == 0, lambda: turns.refusal(t, themes.OFFERS[nr % 4])),
        (nr % 6 == 1, lambda: turns.turned_down(t)),
        (nr % 2 == 0, lambda: turns.other_worker(t, told=nr % 4 == 0)),
        (nr % 5 == 0, lambda: months.not_to_be_had(t)),
        (nr % 8 == 1, lambda: turns.disagreement(t, goal, settled=True)),
        (nr % 8 == 5, lambda: turns.with_a_mediator(t, goal)),
        (True, lambda: looking_back.evaluation(t, Fit.FITS if nr % 6 else Fit.TOO_HEAVY)),
        (nr % 5 == 2, lambda: turns.mistakes(t, goal)),
        (nr % 4 == 3, lambda: months.tryout(t)),
        (nr % 3 != 2, lambda: chapters.scaled_down(t, theme, goal, support)),
        (nr % 4 == 2, lambda: turns.clients_proposal(t, goal, answered=True)),
        (nr % 6 == 4, lambda: turns.another_mind(t, goal, TURNED[nr // 6 % 3])),
        (nr % 2 == 1, lambda: months.fits(t)),
        (nr % 4 == 0, lambda: months.success(t)),
        (True, lambda: chapters.notes(t, theme, goal, 3)),
        (nr % 10 == 8, lambda: chapters.reached_and_closed(t, goal)),
    ]
    for happens, chapter in steps:
        if happens:
            chapter()


def _until_today(t: Teller, nr: int) -> None:
    """Ordinary months, and what happened lately to this client."""
    turn = LATELY.get(nr)
    if turn is None or t.case.plan.closed_on:
        months.until(t, t.today)
        return
    months.until(t, t.today - timedelta(days=turn.ago))
    t.until(turn.ago)
    if not turn.goes_on:
        months.looked_back_early(t)
    acquaintance.how_it_is(t)
    turn.happens(t)
    if turn.goes_on:
        months.until(t, t.today)


def _last_days(t: Teller, nr: int, theme: themes.Theme, goal: UUID) -> None:
    """What lies on somebody's desk today."""
    if t.case.plan.closed_on or nr in LATELY:
        return
    t.until(5)
    if nr % 9 == 1:
        turns.clients_proposal(t, goal, answered=False)
    if nr % 11 == 3:
        turns.question(t, theme.goal, theme.later, goal)
    if nr % 13 == 0:
        turns.refusal(t, themes.OFFERS[nr % 4], respected=False)


def visits(t: Teller) -> ContactLog:
    """Who came when: the usual worker most weeks, now and then somebody else; every other day who is free."""
    plan, log = t.case.plan, ContactLog.open(t.case.id, t.case.client_id)
    workers = {key: p for key, p in plan.people.items() if p.kind is PersonKind.WORKER and p.relation == ""}
    day, step = plan.opened_on or t.today, 1
    last = min(plan.closed_on or t.today, t.seen_until)
    while (day := day + timedelta(days=step)) <= last:
        there = [key for key, p in workers.items() if p.since <= day and (p.until is None or day < p.until)]
        many = len(there) > A_TEAM
        step = 2 if many else t.random.randrange(4, 9)
        if not there:
            continue
        usual = there[-1] if t.random.random() < 0.8 else there[0]
        started = datetime.combine(day, time(9 + t.random.randrange(8), 15 * t.random.randrange(4)), HERE)
        log.hold_contact(
            by=t.coordinator.actor,
            workers=(t.random.choice(there) if many else usual,),
            organisation=ORGANISATION,
            started_at=started,
            minutes=30 + 15 * t.random.randrange(5),
            kind=ContactKind.PERSONAL,
            recorded=started + timedelta(hours=2),
        )
    return log
