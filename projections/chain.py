"""The chain from a wish to a talking point, to a goal, to support; and where it is broken.

After Roset, "four elements of person-centred care": find the wish, set talking points, set goals; and after
Kwiz: from what we offer to what somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain import nouns
from domain.plan import Plan


class Missing(StrEnum):
    """What a chain lacks. The first two are breaks; the others are ends that are still open."""

    GOAL = "goal"  # support that serves no goal
    WISH = "wish"  # a goal that comes from no wish or talking point
    NEXT_STEP = "next_step"  # a wish or talking point that led to no goal yet
    SUPPORT = "support"  # a goal without support: that can be just right


BREAKS = frozenset({Missing.GOAL, Missing.WISH})


@dataclass(frozen=True)
class Path:
    """One way through the plan, from a wish as far as it goes. None: there is no such link."""

    wish: UUID | None = None
    point: UUID | None = None
    goal: UUID | None = None
    support: UUID | None = None
    missing: Missing | None = None

    @property
    def broken(self) -> bool:
        """Something was decided or offered without the link before it."""
        return self.missing in BREAKS

    @property
    def whole(self) -> bool:
        """Support that goes back to what the client wishes."""
        return self.support is not None and not self.broken


class Chain:
    """All ways through one plan: by wish, and then those that come from none."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.paths = [*self._with_support(), *self._without_support()]

    @property
    def wishes(self) -> list[UUID | None]:
        """The wishes, and None when something comes from none."""
        loose: list[UUID | None] = [None] if self.from_wish(None) else []
        return [*self.plan.wishes, *loose]

    def from_wish(self, wish: UUID | None) -> list[Path]:
        """The ways that begin at this wish; None: that begin at none."""
        return [path for path in self.paths if path.wish == wish]

    def tryouts(self, wish: UUID | None) -> list[nouns.Tryout]:
        """What was tried out for this wish."""
        return [one for one in self.plan.tryouts.values() if wish and one.wish_id == wish]

    def risks(self, wish: UUID | None) -> list[nouns.Risk]:
        """The risks that were weighed for this wish."""
        return [one for one in self.plan.risks.values() if wish and one.wish_id == wish]

    @property
    def breaks(self) -> list[Path]:
        """Support without a goal, and goals without a wish."""
        return [path for path in self.paths if path.broken]

    @property
    def ways(self) -> list[Path]:
        """Those to a goal, or to help that is not over. A wish that led to nothing yet lacks nothing."""
        return [path for path in self.paths if self._leads_on(path)]

    def _leads_on(self, path: Path) -> bool:
        return self.plan.supports[path.support].open if path.support else path.goal is not None

    @property
    def supports(self) -> int:
        """Support to which a chain belongs: all but what could not wait."""
        return sum(path.support is not None for path in self.paths)

    @property
    def whole(self) -> int:
        """Support that goes back to a wish."""
        return sum(path.whole for path in self.paths)

    def _with_support(self) -> Iterator[Path]:
        for key, support in self.plan.supports.items():
            if not support.emergency:  # help that could not wait needs no chain
                yield self._to_support(key, support)

    def _to_support(self, key: UUID, support: nouns.Support) -> Path:
        if support.goal_id in self.plan.goals:
            wish, point = self.behind(support.goal_id)
            missing = None if wish or point else Missing.WISH
            return Path(wish, point, support.goal_id, key, missing)
        wish = support.wish_id if support.wish_id in self.plan.wishes else None
        return Path(wish, None, None, key, Missing.GOAL)

    def _without_support(self) -> Iterator[Path]:
        """Goals, talking points and wishes that nothing follows from yet."""
        served = {path.goal for path in self._with_support()}
        for key, goal in self.plan.goals.items():
            if key not in served and goal.open and not self._parts(key):
                wish, point = self.behind(key)
                yield Path(wish, point, key, None, Missing.SUPPORT if wish or point else Missing.WISH)
        led_on = [self.behind(key) for key in self.plan.goals]
        points = {point for _, point in led_on}
        for key, held in self.plan.points.items():
            if key not in points:
                yield Path(self._known(held.wish_id), key, None, None, Missing.NEXT_STEP)
        wishes = {wish for wish, _ in led_on} | {point.wish_id for point in self.plan.points.values()}
        wishes |= {support.wish_id for support in self.plan.supports.values()}
        for key in self.plan.wishes:
            if key not in wishes:
                followed = self.tryouts(key) or self.risks(key)
                yield Path(key, None, None, None, None if followed else Missing.NEXT_STEP)

    def _parts(self, goal: UUID) -> bool:
        return any(other.part_of == goal for other in self.plan.goals.values())

    def _known(self, wish: UUID | None) -> UUID | None:
        return wish if wish in self.plan.wishes else None

    def behind(self, key: UUID | None) -> tuple[UUID | None, UUID | None]:
        """The wish and the talking point that a goal comes from, or the goal that it is a part of."""
        seen: set[UUID] = set()
        while key in self.plan.goals and key not in seen:
            seen.add(key)
            goal = self.plan.goals[key]
            point = self.plan.points.get(goal.talking_point_id) if goal.talking_point_id else None
            wish = self._known(goal.wish_id or (point.wish_id if point else None))
            if wish or point:
                return wish, goal.talking_point_id if point else None
            key = goal.part_of
        return None, None
