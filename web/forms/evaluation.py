"""Forms for looking back together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from domain.kinds import CheckResult, Fit, Voice
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Line, Score, Words
from web.forms.picks import Pick, number
from web.forms.situation import Situation


class AnotherDay(Day):
    """A day beside those that are planned already: it says which."""

    planned = ""

    def help(self) -> str:
        if not self.planned:
            return super().help()
        said = "One is planned already on %(days)s. Is this another one? Else put that one on another day."
        return f"{super().help()}. {gettext(said, days=self.planned)}"


class PlanEvaluation(EntryForm):
    """Plan a day to look back together."""

    on = AnotherDay("On which day?", required=True)
    invited = Line("Who are invited?")

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:  # noqa: ARG002
        """A second plan beside the first is seldom meant."""
        on = self.fields["on"]
        assert isinstance(on, AnotherDay)  # noqa: S101  # as written above
        on.planned = ", ".join(option.text for option in pickers.evaluations_planned(at))


class PostponeEvaluation(EntryForm):
    """Look back together on another day than planned."""

    planned = Pick("Which planned day was it?", pickers.evaluations_planned, key=number, required=True)
    to = Day("On which day then?", required=True)
    reason = Words("Why?", required=True)


class HoldEvaluation(DecisionForm):
    """Look back together: does the help fit?"""

    planned = Pick("Which planned day was it?", pickers.evaluations_planned, key=number)
    present = Line("Who were there?")
    client_judgement = Choice(
        "Does the help fit, according to the client?", Fit, hint="Leave empty when this was not asked."
    )
    worker_judgement = Choice("Does the help fit, according to the worker?", Fit, required=True)
    client_score = Score("Mark by the client", hint="0 to 10")
    worker_score = Score("Mark by the worker", hint="0 to 10")
    conclusions = Words("What came out of it?", required=True)


class MakeAgreement(DecisionForm):
    """Something was agreed: what, with whom, until when."""

    words = Words("What was agreed?", required=True)
    who = Line("Who does it?", required=True)
    until = Day("Until")
    goal_id = Pick("For which goal?", pickers.goals)
    support_id = Pick("For which help?", pickers.supports)


class CheckAgreement(EntryForm):
    """Look at an agreement again: did it work out? This can be done as often as needed."""

    agreement = Pick("Which agreement?", pickers.agreements, key=number, required=True)
    result = Choice("How did it go?", CheckResult, required=True)
    judged_by = Choice("According to whom?", Voice, required=True)
    words = Words("In their own words", needed="needed when the agreement was not kept")
