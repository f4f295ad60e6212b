"""What was agreed, as the client reads it: what holds now with what it is about, and what is over apart."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kinds import SupportStatus
from domain.nouns import Agreement
from domain.plan import Plan

Agreed = list[tuple[int, Agreement]]  # by the number of the entry


@dataclass(frozen=True)
class MyAgreements:
    """The agreements of one plan on one day."""

    plan: Plan
    today: date

    @property
    def now(self) -> Agreed:
        """What is not over."""
        return [(nr, one) for nr, one in self.plan.agreements.items() if not self._over(one)]

    @property
    def before(self) -> Agreed:
        """What held until a day that has passed."""
        return [(nr, one) for nr, one in self.plan.agreements.items() if self._over(one)]

    @property
    def apart(self) -> Agreed:
        """What stands with no goal or help that is shown."""
        shown = self._shown()
        return [(nr, one) for nr, one in self.now if _about(one) not in shown]

    def about(self, key: UUID) -> Agreed:
        """What holds for this goal or help."""
        return [(nr, one) for nr, one in self.now if _about(one) == key]

    def _shown(self) -> Container[UUID | None]:
        gone = {SupportStatus.REFUSED, SupportStatus.ENDED}
        goals = {key for key, goal in self.plan.goals.items() if goal.open}
        return goals | {key for key, held in self.plan.supports.items() if held.status not in gone}

    def _over(self, agreed: Agreement) -> bool:
        return agreed.until is not None and agreed.until < self.today


def _about(agreed: Agreement) -> UUID | None:
    return agreed.support_id or agreed.goal_id
