"""Each no as a thread: offered, refused, why, what was done, the way back, and what followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain import nouns
from domain.entry import Entry
from domain.kinds import SupportStatus
from domain.plan import Plan

YES_AFTER_ALL = {SupportStatus.ACCEPTED, SupportStatus.RUNNING, SupportStatus.PAUSED}


@dataclass(frozen=True)
class Thread:
    """One refusal, from the offer to what came after the no."""

    number: int
    refusal: nouns.Refusal
    support: nouns.Support | None
    alternatives: tuple[tuple[UUID, nouns.Support], ...]
    followed: tuple[Entry, ...]

    @property
    def came_back(self) -> bool:
        """The client said yes to it afterwards."""
        return bool(self.support and self.support.status in YES_AFTER_ALL and self.refusal.came_back)


def threads(plan: Plan, stand: Iterable[Entry]) -> list[Thread]:
    """Every no in the plan, the last one first. `stand`: the entries that stand, in the order they count."""
    stand = list(stand)
    return [_thread(plan, stand, number, refusal) for number, refusal in reversed(plan.refusals.items())]


def _thread(plan: Plan, stand: list[Entry], number: int, refusal: nouns.Refusal) -> Thread:
    key = refusal.support_id
    instead = ((other, s) for other, s in plan.supports.items() if key and s.alternative_to == key)
    after = (e for e in stand if e.concerns == key and (e.day, e.number) > (refusal.since, number))
    return Thread(
        number, refusal, plan.supports.get(key) if key else None, tuple(instead), tuple(after) if key else ()
    )
