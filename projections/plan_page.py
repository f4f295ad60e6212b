"""The plan as it is read: each goal with what everybody says of it, its support, and what lies open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from domain import nouns
from domain.entry import Decision, Entry, Subject
from domain.imported import StateImported
from domain.kinds import ConsentPurpose
from domain.plan import Loose, Plan, read, standing
from domain.say import YES, Position
from projections.plan_cards import About, AgreedOn, GoalCard, Stand, SupportCard
from projections.refusal_threads import Thread, threads
from projections.sides import Side, sides
from projections.timeline import Line, Lines, timeline

BESIDE_THE_PLAN = {"plan_laid_down", "case_opened", "proposal_answered"}

N = TypeVar("N")
Wanted = Callable[[N], bool]


class PlanPage:
    """All that the plan of one case says on one day, in the order in which it is read."""

    def __init__(self, case_id: UUID, entries: Iterable[Entry], on: date, plan: Plan | None = None) -> None:
        self.on = on
        self._entries = list(entries)
        self.plan: Plan = plan or read(self._entries, on=on)
        self._case_id = case_id

    @cached_property
    def stand_now(self) -> list[Entry]:
        """The entries that stand on that day, in the order in which they count."""
        stand = (e for e in standing(self._entries) if e.day <= self.on)
        return sorted(stand, key=lambda e: (e.counts_from, e.number))

    @cached_property
    def lines(self) -> Lines:
        """The timeline up to that day."""
        return timeline(self._entries, on=self.on)

    @property
    def whole(self) -> About:
        """What everybody says of the plan as it is."""
        return self.about(self._case_id)

    @cached_property
    def goals(self) -> list[GoalCard]:
        """Every goal, with its support."""
        return [self._goal(key, goal) for key, goal in self.plan.goals.items()]

    @property
    def open_goals(self) -> list[GoalCard]:
        """On the table or in the plan."""
        return [card for card in self.goals if card.goal.open]

    @property
    def closed_goals(self) -> list[GoalCard]:
        """Reached, let go, or kept out of the plan."""
        return [card for card in self.goals if not card.goal.open]

    @property
    def without_goal(self) -> list[SupportCard]:
        """Support that serves no goal in this plan."""
        return self._supports(lambda support: support.goal_id not in self.plan.goals)

    @property
    def threads(self) -> list[Thread]:
        """Every no, the last one first."""
        return threads(self.plan, self._counting)

    @property
    def restricted(self) -> bool:
        """Whether a restriction holds: whoever opens the case sees it."""
        return any(held.holds_on(self.on) for held in self.plan.restrictions.values())

    @property
    def agreements(self) -> list[AgreedOn]:
        """Agreements that belong to no goal or support in this plan."""
        held = {**self.plan.goals, **self.plan.supports}
        return self._agreed(lambda a: (a.support_id or a.goal_id) not in held)

    @property
    def proposals(self) -> list[tuple[int, nouns.Proposal]]:
        """Open proposals for something new, or about what is not in this plan."""
        shown = {*self.plan.goals, *self.plan.supports}
        return [(nr, p) for nr, p in self.plan.proposals.items() if p.open and p.subject not in shown]

    @property
    def apart(self) -> dict[Subject | None, tuple[Side, ...]]:
        """What people see differently about what is nowhere else on the page, by subject."""
        shown = {*self.plan.goals, *self.plan.supports, *self.plan.agreements}
        subjects = dict.fromkeys(
            d.subject for d in self.plan.disagreements.values() if d.subject not in shown
        )
        return {subject: self._sides(subject) for subject in subjects}

    @property
    def coming(self) -> list[Line]:
        """What was decided and does not count yet, soonest first."""
        soonest = sorted(self.plan.coming, key=lambda e: (e.counts_from, e.number))
        return [line for entry in soonest if (line := self.lines.of(entry.number))]

    @property
    def loose(self) -> list[tuple[Loose, Line | None]]:
        """Entries that speak of something this plan does not hold."""
        return [(loose, self.lines.of(loose.entry)) for loose in self.plan.loose]

    @cached_property
    def changes_since_version(self) -> int:
        """How often the plan changed after it was last laid down."""
        return changes_since_version(self.plan, self.stand_now, self.on)

    @property
    def changes_that_day(self) -> int:
        """How many changes counted from the day that is shown."""
        return sum(e.counts_from == self.on and _changes_the_plan(e) for e in self.stand_now)

    def entry(self, number: int) -> Entry | None:
        """An entry that stands on that day."""
        return self._by_number.get(number)

    def about(self, subject: Subject) -> About:
        """What everybody says of a subject, and what lies open about it."""
        open_ones = ((nr, p) for nr, p in self.plan.proposals.items() if p.open and p.subject == subject)
        return About(
            self.stands(subject),
            tuple(open_ones),
            self._sides(subject),
            tuple(self._agreed(lambda a: subject == (a.support_id or a.goal_id))),
        )

    def stands(self, subject: Subject) -> tuple[Stand, ...]:
        """The client first, also when nothing is recorded; then everybody else who spoke."""
        held = self.plan.stances_on(subject).held
        return tuple(self._stand(person, held.get(person, [])) for person in dict.fromkeys((None, *held)))

    def imported(self, subject: UUID) -> StateImported | None:
        """The word of another system, when nobody decided about this since."""
        last = self._decided.get(subject)
        return last if isinstance(last, StateImported) else None

    @cached_property
    def _counting(self) -> list[Entry]:
        """The entries that count on that day, in that order."""
        return [entry for entry in self.stand_now if entry.counts_from <= self.on]

    @cached_property
    def _by_number(self) -> dict[int, Entry]:
        return {entry.number: entry for entry in self.stand_now}

    @cached_property
    def _later(self) -> set[int]:
        return {entry.number for entry in self.plan.coming}

    @cached_property
    def _decided(self) -> dict[Subject | None, Entry]:
        """By what it was about: the last decision, or word of another system, that counts."""
        return {e.concerns: e for e in self._counting if isinstance(e, StateImported | Decision)}

    def _stand(self, person: UUID | None, positions: list[Position]) -> Stand:
        old = any(p.say.stance in YES and self._before_closing(p.on) for p in positions)
        return Stand(person, tuple(positions), old, any(p.entry in self._later for p in positions))

    def _before_closing(self, day: date) -> bool:
        return self.plan.reopened_on is not None and day < self.plan.reopened_on

    def _goal(self, key: UUID, goal: nouns.Goal) -> GoalCard:
        supports = self._supports(lambda support: support.goal_id == key)
        return GoalCard(key, goal, self.about(key), tuple(supports), self.imported(key))

    def _supports(self, wanted: Wanted[nouns.Support]) -> list[SupportCard]:
        held = ((key, support) for key, support in self.plan.supports.items() if wanted(support))
        return [
            SupportCard(key, support, self.about(key), self.imported(key), self._without_consent(support))
            for key, support in held
        ]

    def _without_consent(self, support: nouns.Support) -> bool:
        provider = support.provider.strip().casefold()
        party = {key for key, party in self.plan.parties.items() if party.name.strip().casefold() == provider}
        given = (c for c in self.plan.consents.values() if c.purpose is ConsentPurpose.SHARING)
        once = [consent for consent in given if consent.to in party]
        return support.running and bool(once) and not any(c.live(self.on) for c in once)

    def _agreed(self, wanted: Wanted[nouns.Agreement]) -> list[AgreedOn]:
        return [
            AgreedOn(nr, made, self.stands(nr), self._before_closing(made.since), self._sides(nr))
            for nr, made in self.plan.agreements.items()
            if wanted(made)
        ]

    def _sides(self, subject: Subject | None) -> tuple[Side, ...]:
        return sides((nr, d) for nr, d in self.plan.disagreements.items() if d.subject == subject)


def changes_since_version(plan: Plan, stand: Iterable[Entry], on: date) -> int:
    """How often the plan of that day changed after it was last laid down, by the entries that stand."""
    since, by = (plan.versions[-1].since, plan.versions[-1].entry) if plan.versions else (date.min, 0)
    after = (e for e in stand if _changes_the_plan(e) and since <= e.counts_from <= on)
    return sum(e.counts_from > since or e.number > by for e in after)


def _changes_the_plan(entry: Entry) -> bool:
    """A decision does. An answer to a proposal does not by itself: what it led to is recorded beside it."""
    return isinstance(entry, Decision) and entry.TOPIC not in BESIDE_THE_PLAN
