"""Forms for goals, stances and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import gettext
from marshmallow import pre_load

from domain.case import Case
from domain.entry import Actor, Facts, Initiative
from domain.history import said
from domain.kinds import Asks, ByWhom, GoalKind, LifeArea, TakenUp, Voice
from domain.nouns import Proposal
from domain.say import Stance, WhyNotAsked
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm, take_say
from web.forms.fields import Choice, Day, Lines, Tick, Words
from web.forms.picks import Pick, Speaker, number, subject
from web.forms.situation import Situation

WHOSE = {
    Voice.CLIENT: Initiative.CLIENT,
    Voice.REPRESENTATIVE: Initiative.REPRESENTATIVE,
    Voice.NETWORK: Initiative.NETWORK,
    Voice.WORKER: Initiative.PROFESSIONAL,
}  # an idea had together, or of nobody knows whom, is asked


class ProposeGoal(EntryForm):
    """Put a goal on the table."""

    OFTEN = 6
    words = Words("The goal, in the client's own words", required=True)
    words_of = Choice("Whose words are these?", Voice, required=True)
    proposed_by = Choice("Who proposes it?", Voice, required=True)
    wish_id = Pick("Which wish is behind it?", pickers.wishes)
    talking_point_id = Pick("Which talking point does it come from?", pickers.talking_points)
    part_of = Pick("Part of which goal?", pickers.goals)
    life_area = Choice("Part of life", LifeArea)
    kind = Choice("Kind of goal", GoalKind)
    success_in_own_words = Words("When is it good, according to the client?")


class AgreeGoal(DecisionForm):
    """Put a goal in the plan, with what the client said about it."""

    OFTEN = 5
    goal_id = Pick("Which goal?", pickers.goals_on_the_table, required=True)


class TurnDownGoal(DecisionForm):
    """A goal does not come into the plan."""

    goal_id = Pick("Which goal?", pickers.goals, required=True)
    by_whom = Choice("Who turned it down?", ByWhom, required=True)
    reason = Words("Why?", required=True)
    alternatives = Words("What could be done instead?")

    @pre_load
    def the_client_answered(self, values: Mapping[str, Any], **_: Any) -> Mapping[str, Any]:
        """Turned down by the client is the client's answer: it is not asked again."""
        return (
            {"stance": Stance.DISAGREES.value, **values} if values.get("by_whom") == ByWhom.CLIENT else values
        )


class AdjustGoal(DecisionForm):
    """Change the words of a goal. The words before stay readable."""

    goal_id = Pick("Which goal?", pickers.goals, required=True)
    words = Words("The new words", required=True)
    reason = Words("Why?")

    def standing(self, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
        """The words of now, to change."""
        with suppress(ValueError):
            goal = case.plan.goals.get(UUID(str(values.get("goal_id"))))
            return {"words": goal.words} if goal else {}
        return {}


class SplitGoal(DecisionForm):
    """Split a goal into steps: goals of their own. The whole stays as it is."""

    goal_id = Pick("Which goal?", pickers.goals, required=True)
    into = Lines("Into which steps?", hint="One step on a line, two or more.", required=True)
    words_of = Choice("Whose words are these?", Voice, required=True)


class ReachGoal(DecisionForm):
    """A goal was reached."""

    goal_id = Pick("Which goal?", pickers.goals, required=True)
    judged_by = Choice("Who says so?", Voice, required=True)


class DropGoal(DecisionForm):
    """Let a goal go. The wish behind it stays."""

    goal_id = Pick("Which goal?", pickers.goals, required=True)
    reason = Words("Why?", required=True)


class TakeStance(EntryForm):
    """Where somebody stands on something in the plan, apart from a decision."""

    OFTEN = 3
    subject = Pick("About what?", pickers.subjects, key=subject, required=True)
    person = Speaker("Who said it?", pickers.speakers)
    stance = Choice("What did they say?", Stance, required=True, without=[Stance.NOT_ASKED])
    client_words = Words("In their own words", hint="May stay empty. Write it down as it was said.")
    seen = Tick("There were no words: they showed it")

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        facts = super().facts(values, by)
        person = facts.pop("person", None)
        facts["say"] = replace(take_say(facts, by), person=person)
        return facts


class MakeProposal(EntryForm):
    """Propose a change and ask for an answer. Until then everything stays as it is."""

    VOICE = "proposed_by"
    subject = Pick("About what?", pickers.subjects, key=subject, hint="Leave empty when it is something new.")
    now = Words("How is it now?")
    then = Words("What would it become?", required=True)
    words = Words("Explanation")
    proposed_by = Choice("Who proposes it?", Voice, required=True)
    asks = Choice("Who is to answer?", Asks, required=True)
    answer_by = Day("Answer before")


class AnswerProposal(DecisionForm):
    """The answer to a proposal."""

    LAST = ("led_to",)
    proposal = Pick("Which proposal?", pickers.proposals, key=number, required=True)
    answer = Choice("What came of it?", TakenUp, required=True)
    words = Words("Explanation", needed="may be empty with a yes")
    led_to = Pick("Which entry did it lead to?", pickers.entries, key=number)

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:
        """Whose idea it was is told by the proposal. Of an answer to what the client asked of us, nothing is
        asked here: what they say of it comes once they read it.
        """
        made = _proposal(values.get("proposal"), at)
        settled: dict[str, Any] = {}
        if made and made.proposed_by in WHOSE:
            settled["initiative"] = WHOSE[made.proposed_by]
        if made and made.proposed_by is Voice.CLIENT and made.asks is not Asks.CLIENT:
            why = gettext("It is the answer to what the client asked.")
            settled |= {"stance": Stance.NOT_ASKED, "reason_not_asked": WhyNotAsked.OTHER, "why": why}
        for name, fact in settled.items():
            self.fields[name].required, self.fields[name].load_default = False, fact

    @property
    def of_the_say(self) -> list[str]:
        """What is not settled by the proposal."""
        if not self.fields["stance"].required:
            return []
        return [name for name in super().of_the_say if name != "initiative" or self.fields[name].required]

    def tell(self, case: Case, facts: Facts) -> None:
        """Whoever asked something of us hears why it is not done, or not all of it."""
        made = case.plan.proposals.get(facts["proposal"])
        if made and made.asks is not Asks.CLIENT and facts["answer"] is not TakenUp.TAKEN_UP:
            said("words", facts.get("words", ""))
        super().tell(case, facts)


def _proposal(chosen: Any, at: Situation) -> Proposal | None:
    """The one that was chosen; None while none is."""
    with suppress(ValueError):
        return at.plan.proposals.get(number(chosen))
    return None


class TakeBackProposal(EntryForm):
    """Take a proposal back. It stays readable."""

    proposal = Pick("Which proposal?", pickers.proposals, key=number, required=True)
    reason = Words("Why?")
