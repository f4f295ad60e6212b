"""The client's right to a plan of their own, and to somebody independent beside them."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack

from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import OwnPlanAnswer, OwnPlanKind, PointedOutTo
from domain.nouns import OwnPlan, PointedOut
from domain.plan import Plan


class OwnPlanOffered(Entry):
    """The client heard that they may make a plan of their own first, and what they answered.

    Wmo 2015, art. 2.3.2: they have seven days to hand in a personal plan. Jeugdwet, art. 4.1.2: the family
    first gets the chance of a family group plan, in any form.
    """

    TOPIC = "own_plan_offered"
    FACTS = ("kind", "to")
    kind: OwnPlanKind
    to: str
    answer: OwnPlanAnswer

    def tell(self, plan: Plan) -> None:
        plan.own_plans.append(OwnPlan(self.number, self.day, self.kind, self.to, self.answer))


class PersonalPlanHandedIn(Entry):
    """The client, or family and friends, handed in the plan they made."""

    TOPIC = "personal_plan_handed_in"
    FACTS = ("made_by", "kind")
    made_by: str
    _: KW_ONLY
    kind: OwnPlanKind = OwnPlanKind.PERSONAL_PLAN

    def tell(self, plan: Plan) -> None:
        awaited = next((own for own in reversed(plan.own_plans) if own.kind is self.kind), None)
        if awaited is None or awaited.handed_in_on:
            awaited = OwnPlan(self.number, self.day, self.kind)
            plan.own_plans.append(awaited)
        awaited.handed_in_on, awaited.made_by = self.day, self.made_by


class SupporterPointedOut(Entry):
    """Somebody heard that an independent supporter is free (Wmo 2015, art. 2.3.2); do they want one?"""

    TOPIC = "supporter_pointed_out"
    FACTS = ("to",)
    to: PointedOutTo
    _: KW_ONLY
    wanted: bool | None = None

    def tell(self, plan: Plan) -> None:
        plan.pointed_out.append(PointedOut(self.number, self.day, self.to, self.wanted))


class OwnPlans(History):
    """What one may record of the client's own plan."""

    def offer_own_plan(
        self, kind: OwnPlanKind, to: str, answer: OwnPlanAnswer, **how: Unpack[Telling]
    ) -> None:
        """Tell the client that they may make a plan of their own first."""
        self.record(OwnPlanOffered, kind=kind, to=said("to", to), answer=answer, **how)

    def hand_in_personal_plan(
        self, made_by: str, kind: OwnPlanKind = OwnPlanKind.PERSONAL_PLAN, **how: Unpack[Telling]
    ) -> None:
        """The client's own plan came in."""
        self.record(PersonalPlanHandedIn, made_by=said("made_by", made_by), kind=kind, **how)

    def point_out_supporter(
        self, to: PointedOutTo, *, wanted: bool | None = None, **how: Unpack[Telling]
    ) -> None:
        """Tell somebody that an independent supporter is free."""
        self.record(SupporterPointedOut, to=to, wanted=wanted, **how)
