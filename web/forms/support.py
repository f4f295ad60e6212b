"""Forms for support: what is offered, accepted or refused, started and ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.entry import Actor, Facts
from domain.kinds import SupportKind, WhyRefused
from domain.say import Stance
from web.forms import pickers
from web.forms.asking import AnswerForm, DecisionForm, EntryForm
from web.forms.fields import Choice, Day, HowMuch, Line, Tick, Words, YesNo
from web.forms.picks import Pick, number


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


class RefuseSupport(AnswerForm):
    """The client says no to help. It stays, and it is respected."""

    OFTEN = 7
    ANSWERS = Stance.DISAGREES
    support_id = Pick("Which help?", pickers.supports, required=True)
    reason = Choice("Why?", WhyRefused, required=True)

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """What the client said is also why they said no."""
        facts = super().facts(values, by)
        return {**facts, "words": facts["say"].words}


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
