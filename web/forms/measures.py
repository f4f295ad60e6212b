"""Forms for how much support there is, and whether it fits."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from flask_babel import gettext

from domain.case import Case
from domain.entry import Facts
from domain.errors import Refused
from domain.kinds import Fit, Voice
from domain.nouns import Amount
from domain.plan import Plan
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, HowMuch, Tick, Words
from web.forms.picks import Pick
from web.forms.situation import Situation
from web.words import amount


class HowMuchNow(HowMuch):
    """How much it becomes, with how much it is."""

    now: Amount | None = None

    def help(self) -> str:
        return str(gettext("Now: %(amount)s.", amount=amount(self.now))) if self.now else ""


class Confirmed(Tick):
    """Asked only when what was typed calls for it."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.kind = "confirmed"


class CountedOtherwise(Refused):
    """Now it is %(before)s, and it becomes %(becomes)s. Is it to be counted in another way?"""

    field = "otherwise"


class _Scaling(DecisionForm):
    """More or less of what runs. What cannot be compared is neither, unless somebody says that it is so."""

    support_id = Pick("Which help?", pickers.supports_running, required=True)
    to = HowMuchNow("How much will it be?", required=True)
    otherwise = Confirmed("Yes, it is counted in another way from now on")
    reason = Words("Why?", required=True)

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:
        """How much it is now stands with the question."""
        to = self.fields["to"]
        assert isinstance(to, HowMuchNow)  # noqa: S101  # as written above
        to.now = _amount_of(values.get("support_id"), at.plan)

    def standing(self, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
        """Counted as it is now. How much is for the writer to say."""
        now = _amount_of(values.get("support_id"), case.plan)
        return {"to.unit": now.unit.value, "to.per": now.per.value} if now else {}

    def tell(self, case: Case, facts: Facts) -> None:
        """Tell the case, once it is clear how much is meant."""
        told = {name: fact for name, fact in facts.items() if name != "otherwise"}
        now = _amount_of(facts["support_id"], case.plan_on(case.day_of(told)))  # type: ignore[arg-type]
        if now and not facts["otherwise"] and facts["to"].compared_to(now) is None:
            raise CountedOtherwise(before=now, becomes=facts["to"])
        super().tell(case, told)


def _amount_of(support_id: Any, plan: Plan) -> Amount | None:
    """How much there is of this help; None when that is not known."""
    with suppress(ValueError):
        support = plan.supports.get(UUID(str(support_id)))
        return support.amount if support else None
    return None


class ScaleDownSupport(_Scaling):
    """Less help from now on, with the way back."""

    OFTEN = 2
    way_back = Words("How can it become more again?", required=True)


class ScaleUpSupport(_Scaling):
    """More help from now on."""

    OFTEN = 1


class AdjustSupport(DecisionForm):
    """Other help than before, and as much of it."""

    support_id = Pick("Which help?", pickers.supports, required=True)
    what = Words("What will the help be?", required=True)
    reason = Words("Why?", required=True)


class PauseSupport(DecisionForm):
    """Help does not come for a while. It is not over."""

    support_id = Pick("Which help?", pickers.supports_to_pause, required=True)
    reason = Words("Why?", required=True)
    until = Day("Until", hint="dd-mm-yyyy. Leave empty when that is not known.")


class ResumeSupport(DecisionForm):
    """Help comes again after a pause."""

    support_id = Pick("Which help?", pickers.supports_paused, required=True)


class JudgeFit(EntryForm):
    """Does the help fit? Write down who says so."""

    support_id = Pick("Which help?", pickers.supports, hint="Leave empty for all help together.")
    fit = Choice("Does the help fit?", Fit, required=True)
    judged_by = Choice("Who says so?", Voice, required=True)
    words = Words("In their own words")
