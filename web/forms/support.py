"""Forms for support: what is offered, accepted or refused, and scaled down again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.entry import Actor, Facts
from domain.kinds import SupportKind, WhyRefused
from domain.say import Stance
from web.forms import choices
from web.forms.asking import AnswerForm, DecisionForm, EntryForm
from web.forms.fields import Choice, Day, HowMuch, Line, Tick, Words, YesNo
from web.forms.picks import Pick, number


class OfferSupport(EntryForm):
    """Offer help. Nothing starts by it."""

    what = Words("What help?", required=True)
    kind = Choice("What kind of help?", SupportKind, required=True)
    provider = Line("By whom?", hint="The organisation, or the people who do it.", required=True)
    goal_id = Pick("For which goal?", choices.goals)
    wish_id = Pick("For which wish?", choices.wishes)
    amount = HowMuch("How much?")
    asked_for = YesNo("Did the client ask for it?")
    alternative_to = Pick("Instead of what was refused", choices.supports_refused)
    again_of = Pick("The same that was refused before", choices.supports_refused)
    again_because = Words("Why is it offered again?")
    alternatives_considered = Words("What else was thought of?")
    reference = Line("Reference", hint="Of the decision or the order, for example.")


class AcceptSupport(AnswerForm):
    """The client says yes to help."""

    ANSWERS = Stance.AGREES
    support_id = Pick("Which help?", choices.supports_to_accept, required=True)


class RefuseSupport(AnswerForm):
    """The client says no to help. It stays, and it is respected."""

    OFTEN = 7
    ANSWERS = Stance.DISAGREES
    support_id = Pick("Which help?", choices.supports, required=True)
    reason = Choice("Why?", WhyRefused, required=True)

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """What the client said is also why they said no."""
        facts = super().facts(values, by)
        return {**facts, "words": facts["say"].words}


class RespectRefusal(EntryForm):
    """What was done after a no, and how the client can come back."""

    refusal = Pick("After which no?", choices.refusals, key=number, required=True)
    stopped = Tick("It was stopped")
    door = Words("How can the client come back?", required=True)
    alternatives = Words("What else was offered?")
    trusted_person = Line("Trusted person", hint="Only when the client wants one.")
    quiet_until = Day("Not asked again before", hint="dd-mm-yyyy. Leave empty for the usual time.")


class StartSupport(DecisionForm):
    """Help begins."""

    support_id = Pick("Which help?", choices.supports_to_start, required=True)
    amount = HowMuch("How much?", hint="Leave empty when it is as offered.")


class ScaleDownSupport(DecisionForm):
    """Less help from now on, with the way back."""

    OFTEN = 2
    support_id = Pick("Which help?", choices.supports_running, required=True)
    to = HowMuch("How much will it be?", required=True)
    reason = Words("Why?", required=True)
    way_back = Words("How can it become more again?", required=True)


class ScaleUpSupport(DecisionForm):
    """More help from now on."""

    OFTEN = 1
    support_id = Pick("Which help?", choices.supports_running, required=True)
    to = HowMuch("How much will it be?", required=True)
    reason = Words("Why?", required=True)


class EndSupport(DecisionForm):
    """Help stops."""

    support_id = Pick("Which help?", choices.supports_running, required=True)
    reason = Words("Why?", required=True)
