"""Who reads their own plan: the client, or who speaks for them; and how what they say is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from flask import abort

from domain.case import Case
from domain.entry import Actor, Facts, Initiative, Role
from domain.kinds import Voice
from domain.plan import Plan
from domain.representation import spoken_for_by
from domain.say import Means, Say, Stance, WhyNotAsked, means_of
from web.access import actor, case_or_404
from web.desk import today
from web.my_words import You, spoken_to

NOT_HERE = Say(Stance.NOT_ASKED, Means.NONE, reason=WhyNotAsked.WAS_NOT_THERE)  # in somebody else's session


@dataclass(frozen=True)
class Reader:
    """One reader of one plan. `person`: who they are in it, when they speak for the client."""

    case: Case
    by: Actor
    person: UUID | None = None

    @classmethod
    def of(cls, case_id: UUID) -> Reader:
        """Who is here, in this case; 404 when it is not theirs."""
        case, by = case_or_404(case_id), actor()
        return cls(case, by, _speaks_as(case, by) if by.role is Role.REPRESENTATIVE else None)

    @cached_property
    def plan(self) -> Plan:
        """As it is today."""
        return self.case.plan_on(today())

    @property
    def voice(self) -> Voice:
        """Whose words these are."""
        return Voice.CLIENT if self.person is None else Voice.REPRESENTATIVE

    @property
    def you(self) -> You:
        """How this reader is spoken to."""
        return spoken_to(self.plan.client, represents=self.person is not None)

    @property
    def leader(self) -> str:
        """Who leads, by name; empty when nobody does."""
        return self.plan.lead_of()

    def how(self, posted: UUID) -> Facts:
        """What goes with every command of theirs."""
        return {"by": self.by, "happened_on": today(), "posted": posted}

    def deciding(self, stance: Stance, version: int) -> Facts:
        """A decision by own hand: the client's own say; or that of who speaks for them, beside theirs."""
        said = Say(stance, means_of(stance, "", own_hand=True), person=self.person, shown_version=version)
        if self.person is None:
            return {"say": said, "initiative": Initiative.CLIENT}
        return {"say": NOT_HERE, "representative_say": said, "initiative": Initiative.REPRESENTATIVE}


def _speaks_as(case: Case, by: Actor) -> UUID:
    """The person in the case with this account, who speaks for the client."""
    plan = case.plan_on(today())
    own = (key for key, person in plan.people.items() if by.user in (key, person.user))
    return next((key for key in own if spoken_for_by(plan, key, today())), None) or abort(404)
