"""Forms for support: what is offered, accepted or refused, started and ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext

from domain.case import Case
from domain.entry import Actor, Facts, Initiative
from domain.kinds import SupportKind, WhyRefused
from domain.plan import Plan
from domain.say import Stance
from web.forms import pickers
from web.forms.asking import AnswerForm, DecisionForm, EntryForm
from web.forms.fields import Choice, Day, HowMuch, Line, Tick, Words, YesNo
from web.forms.picks import Pick, number

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
    """What was done with a no. What is usual stands ready: one click undoes it."""

    USUAL: ClassVar = dict.fromkeys(("stopped", "open_door", "quiet"), "yes")
    stopped = Tick("It was stopped")
    open_door = Tick("The door stays open")
    door = Line("Another way to come back")
    quiet = Tick("It is not asked again for a while")
    never = Tick("The client does not want to be asked again at all")
    ASKED: ClassVar = ("stopped", "open_door", "door", "quiet", "never")

    @staticmethod
    def respect(plan: Plan, facts: Facts) -> Facts:
        """The facts of the respect for the no."""
        return {
            "stopped": facts["stopped"],
            "door": door_in(plan, open_door=facts["open_door"], otherwise=facts.get("door", "")),
            "quiet_until": date.max if facts["never"] else None if facts["quiet"] else facts["happened_on"],
        } | {name: facts[name] for name in SHARED if name in facts}


def door_in(plan: Plan, *, open_door: bool, otherwise: str) -> str:
    """How the client can come back, in words that stay readable later."""
    if otherwise.strip() or not open_door:
        return otherwise
    if lead := plan.lead_of():
        return str(gettext("by way of %(lead)s", lead=lead))
    return str(gettext("ask any of us"))


class RefuseSupport(AfterANo, AnswerForm):
    """The client says no to help. It stays, and it is respected."""

    OFTEN = 7
    ANSWERS = Stance.DISAGREES
    initiative = Choice("Whose idea was this?", Initiative, otherwise=Initiative.CLIENT)
    support_id = Pick("Which help?", pickers.supports, required=True)
    reason = Choice("Why?", WhyRefused, required=True)

    @property
    def of_the_say(self) -> list[str]:
        """Nobody asks whose idea a no was."""
        return [name for name in super().of_the_say if name != "initiative"]

    def known(self, case: Case) -> dict[str, str]:  # noqa: ARG002
        """What we usually do with a no. Why, and in which words, is asked."""
        return self.USUAL

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """What the client said is also why they said no."""
        facts = super().facts(values, by)
        return {**facts, "words": facts["say"].words}

    def tell(self, case: Case, facts: Facts) -> None:
        """The no; and what was done with it, where that is told too."""
        no = {name: fact for name, fact in facts.items() if name not in self.ASKED}
        refusal = case.refuse_support(**no)
        if any(facts.get(name) for name in self.ASKED):
            case.respect_refusal(refusal, **self.respect(case.plan, facts))


class RespectRefusal(EntryForm):
    """What was done after a no, and how the client can come back."""

    refusal = Pick("After which no?", pickers.refusals, key=number, required=True)
    stopped = Tick("It was stopped")
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
