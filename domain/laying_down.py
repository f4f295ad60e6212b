"""The plan as a whole: laid down as a version, and shown."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack

from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.nouns import Shown, Version
from domain.plan import Plan


class PlanShown(Entry):
    """The plan was shown to somebody, up to and including an entry."""

    TOPIC = "plan_shown"
    FACTS = ("form", "to")
    version: int
    form: str
    to: str

    def tell(self, plan: Plan) -> None:
        plan.shown.append(Shown(self.number, self.day, self.version, self.form, self.to))


class PlanLaidDown(Decision):
    """The plan was laid down: from now on this is version n."""

    TOPIC = "plan_laid_down"
    SUBJECT = "originator_id"  # the say is on the plan as a whole
    FACTS = ("method", "pen_held_by")
    version: int
    _: KW_ONLY
    method: str = ""
    together: bool = False
    pen_held_by: str = ""

    def tell(self, plan: Plan) -> None:
        nr = len(plan.versions) + 1  # the n-th that stands, whatever was written down then
        plan.versions.append(
            Version(self.number, self.counts_from, nr, self.method, self.together, self.pen_held_by)
        )


class LayingDown(History):
    """What one may do with the plan as a whole."""

    def show_plan(self, form: str, to: str, **how: Unpack[Telling]) -> None:
        """The plan as it is now was shown to somebody."""
        self.record(PlanShown, version=len(self.entries), form=said("form", form), to=said("to", to), **how)

    def lay_down_plan(
        self, method: str = "", *, together: bool = False, pen_held_by: str = "", **how: Unpack[Deciding]
    ) -> None:
        """Lay down the plan as its next version."""
        facts = {"version": len(self.plan_for(how).versions) + 1, "method": method, "together": together}
        self.record(PlanLaidDown, pen_held_by=pen_held_by, **facts, **how)
