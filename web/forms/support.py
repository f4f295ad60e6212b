"""Forms for support: what is offered, accepted or refused, started and ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from marshmallow import ValidationError, validates_schema

from domain import settings
from domain.case import Case
from domain.entry import Actor, Facts, Initiative
from domain.kinds import SupportKind, WhyRefused
from domain.plan import Plan
from domain.say import Stance
from web.forms import pickers
from web.forms.asking import AnswerForm, DecisionForm, EntryForm
from web.forms.fields import CHOOSE, Choice, Day, HowMuch, Line, Tick, Words, YesNo
from web.forms.picks import Pick, number
from web.forms.situation import Situation

SHARED = ("by", "happened_on", "precision", "conversation_id", "about", "posted")  # of a no and the respect


class OfferSupport(EntryForm):
    """Offer help. Nothing starts by it."""

    what = Words("What help?", required=True)
    kind = Choice("What kind of help?", SupportKind, required=True)
    provider = Line("By whom?", hint="The organisation, or the people who do it.", required=True)
    goal_id = Pick("For which goal?", pickers.goals)
    need_id = Pick("For which need?", pickers.needs)
    wish_id = Pick("For which wish?", pickers.wishes)
    amount = HowMuch("How much?")
    asked_for = YesNo("Did the client ask for it?")
    alternative_to = Pick("Instead of what was refused", pickers.supports_refused)
    again_of = Pick("The same that was refused before", pickers.supports_refused)
    again_because = Words("Why is it offered again?")
    alternatives_considered = Words("What else was thought of?")
    reference = Line("Reference", hint="Of the decision or the order, for example.")


class AcceptSupport(AnswerForm):
    """The client says yes to help."""

    ANSWERS = Stance.AGREES
    support_id = Pick("Which help?", pickers.supports_to_accept, required=True)


class AfterANo:
    """What was done with a no. Nothing is said for the writer; what is left empty is as it usually is."""

    LAST: ClassVar[tuple[str, ...]] = ("stopped", "door", "at_once", "never")
    LAST_TITLE: ClassVar[str] = "What was done with it"
    stopped = YesNo("Was it stopped?", required=True, hint="Does it still come? Then choose no.")
    door = Line("How can the client come back?", hint="Left empty: by way of who has the lead.")
    at_once = Tick("It may be asked again at once", hint="Else it is not asked again for a while.")
    never = Tick("The client does not want to be asked again at all")

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:  # noqa: ARG002
        """What is usual is told as it is here."""
        fields = self.fields  # type: ignore[attr-defined]  # of the form that asks it
        fields["door"].hint = gettext("Left empty: %(door)s.", door=usual_door(at.plan))
        fields["at_once"].hint = gettext(
            "Else it is not asked again for %(days)s days.", days=settings.QUIET.days
        )

    @staticmethod
    def respect(plan: Plan, facts: Facts) -> Facts:
        """The facts of the respect for the no."""
        return {
            "stopped": facts["stopped"],
            "door": facts.get("door", "").strip() or usual_door(plan),
            "quiet_until": date.max if facts["never"] else facts["happened_on"] if facts["at_once"] else None,
        } | {name: facts[name] for name in SHARED if name in facts}


def usual_door(plan: Plan) -> str:
    """How the client can come back, in words that stay readable later."""
    if lead := plan.lead_of():
        return str(gettext("by way of %(lead)s", lead=lead))
    return str(gettext("ask any of us"))


class RefuseSupport(AfterANo, AnswerForm):
    """The client says no to help. It stays, and it is respected."""

    OFTEN = 7
    ANSWERS = Stance.DISAGREES
    initiative = Choice("Whose idea was this?", Initiative, otherwise=Initiative.CLIENT)
    stopped = YesNo("Was it stopped?", hint="Does it still come? Then choose no.", needed="may be told later")
    support_id = Pick("Which help?", pickers.supports, required=True)
    reason = Choice("Why?", WhyRefused, required=True)

    @property
    def of_the_say(self) -> list[str]:
        """Nobody asks whose idea a no was."""
        return [name for name in super().of_the_say if name != "initiative"]

    @validates_schema
    def stopped_or_not(self, facts: Facts, **_: Any) -> None:
        """Whoever tells what was done with it says this too: it is never taken for granted."""
        if "stopped" not in facts and any(facts.get(name) for name in self.LAST):
            raise ValidationError(CHOOSE, "stopped")

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """What the client said is also why they said no."""
        facts = super().facts(values, by)
        return {**facts, "words": facts["say"].words}

    def tell(self, case: Case, facts: Facts) -> None:
        """The no; and what was done with it, where that is told too."""
        no = {name: fact for name, fact in facts.items() if name not in self.LAST}
        refusal = case.refuse_support(**no)
        if "stopped" in facts:
            case.respect_refusal(refusal, **self.respect(case.plan, facts))


class RespectRefusal(EntryForm):
    """What was done after a no, and how the client can come back."""

    refusal = Pick("After which no?", pickers.refusals, key=number, required=True)
    stopped = YesNo("Was it stopped?", required=True, hint="Does it still come? Then choose no.")
    door = Words("How can the client come back?", required=True)
    alternatives = Words("What else was offered?")
    trusted_person = Line("Trusted person", hint="Only when the client wants one.")
    quiet_until = Day("Not asked again before", hint="dd-mm-yyyy. Leave empty for the usual time.")
    never = Tick("The client does not want to be asked again at all")

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """Never is a day without end."""
        facts = super().facts(values, by)
        return {**facts, "quiet_until": date.max} if facts.pop("never", False) else facts


class StartSupport(DecisionForm):
    """Help begins."""

    support_id = Pick("Which help?", pickers.supports_to_start, required=True)
    amount = HowMuch("How much?", hint="Leave empty when it is as offered.")


class StartEmergencySupport(DecisionForm):
    """Help that cannot wait begins. What the client says of it is asked all the same."""

    what = Words("What help?", required=True)
    kind = Choice("What kind of help?", SupportKind, required=True)
    provider = Line("By whom?", hint="The organisation, or the people who do it.", required=True)
    reason = Words("Why could it not wait?", required=True)
    amount = HowMuch("How much?")


class EndSupport(DecisionForm):
    """Help stops."""

    support_id = Pick("Which help?", pickers.supports_running, required=True)
    reason = Words("Why?", required=True)
