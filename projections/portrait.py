"""Who somebody is, beyond what is difficult: in their own words, with what they can, want and choose.

"Who I am" holds what the client told, and nothing that others said of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain import nouns
from domain.kinds import LifeArea, Matter, Voice, WishForm
from domain.plan import Plan

LATELY = timedelta(days=91)  # a quarter: long enough to see whether choice grows


@dataclass(frozen=True)
class Area:
    """A part of life, and the strengths named in it. No score: a strength is told, not measured."""

    area: LifeArea | None
    strengths: tuple[nouns.Told, ...]


@dataclass(frozen=True)
class Unmet:
    """What could not be had, what came instead, and the wish that stays."""

    ideal: nouns.Ideal
    wish: nouns.Told | None


class Portrait:
    """One client, on one day."""

    def __init__(self, plan: Plan, on: date) -> None:
        self.plan, self.on = plan, on

    @property
    def matters(self) -> Mapping[Matter, list[nouns.Told]]:
        """What matters, by what it is about."""
        by_subject: dict[Matter, list[nouns.Told]] = {}
        for told in self.plan.matters:
            by_subject.setdefault(Matter(told.kind), []).append(told)
        return by_subject

    @property
    def introduction(self) -> nouns.Introduction | None:
        """What was told last in getting to know each other."""
        return self.plan.introductions[-1] if self.plan.introductions else None

    @property
    def own_strengths(self) -> list[nouns.Told]:
        """What the client says they are good at."""
        return [one for one in self.plan.strengths if one.whose is Voice.CLIENT]

    @property
    def wellbeing(self) -> nouns.Wellbeing | None:
        """How the client last said they were."""
        return self.plan.wellbeing[-1] if self.plan.wellbeing else None

    @property
    def dreams(self) -> dict[UUID, nouns.Told]:
        """Wishes that were drawn, or told with a dream card."""
        return {key: wish for key, wish in self.plan.wishes.items() if wish.kind != WishForm.SAID}

    @property
    def wishes(self) -> dict[UUID, nouns.Told]:
        """The other wishes."""
        return {key: wish for key, wish in self.plan.wishes.items() if key not in self.dreams}

    @property
    def told_nothing(self) -> bool:
        """The client did not say yet who they are."""
        return not (self.plan.matters or self.introduction or self.own_strengths or self.wellbeing)

    @property
    def strengths(self) -> list[Area]:
        """The map of strengths: by part of life, whoever named them; parts without any are left out."""
        areas = [*LifeArea, None]
        found = (Area(a, tuple(s for s in self.plan.strengths if s.life_area == a)) for a in areas)
        return [area for area in found if area.strengths]

    @property
    def silent_areas(self) -> list[LifeArea]:
        """Parts of life of which no wish, strength or goal tells anything yet: to ask about."""
        held = (self.plan.strengths, self.plan.wishes.values(), self.plan.goals.values())
        told = {noun.life_area for nouns_ in held for noun in nouns_}
        return [area for area in LifeArea if area not in told and area is not LifeArea.OTHER]

    @property
    def chosen(self) -> list[nouns.Choice]:
        """What the client chose, the last first."""
        made = (choice for choice in self.plan.choices.values() if choice.chosen_on)
        return sorted(made, key=lambda c: (c.chosen_on or date.min, c.entry), reverse=True)

    @property
    def to_choose(self) -> list[nouns.Choice]:
        """What was offered to choose, without a choice yet."""
        return [choice for choice in self.plan.choices.values() if not choice.chosen_on]

    @property
    def lately(self) -> tuple[int, int]:
        """How many choices in the last quarter, and in the quarter before that: does choice grow?"""
        begin = self.on - LATELY
        days = [choice.chosen_on for choice in self.chosen if choice.chosen_on]
        return sum(day > begin for day in days), sum(begin - LATELY < day <= begin for day in days)

    @property
    def unmet(self) -> list[Unmet]:
        """Wishes that could not be met as they were meant."""
        wishes = self.plan.wishes
        return [Unmet(i, wishes.get(i.wish_id) if i.wish_id else None) for i in self.plan.ideals]

    @property
    def circle(self) -> nouns.Circle | None:
        """The client's own people, as last drawn."""
        return self.plan.circles[-1] if self.plan.circles else None
