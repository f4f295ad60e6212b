"""Forms for looking back together."""

from __future__ import annotations

from domain.kinds import Fit, Voice
from web.forms import choices
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Line, Score, Words
from web.forms.picks import Pick, number, subject


class PlanEvaluation(EntryForm):
    """Plan a day to look back together."""

    on = Day("On which day?", required=True)
    invited = Line("Who are invited?")


class HoldEvaluation(DecisionForm):
    """Look back together: does the help fit?"""

    planned = Pick("Which planned day was it?", choices.evaluations_planned, key=number)
    present = Line("Who were there?")
    judgement = Choice("Does the help fit?", Fit, required=True)
    client_score = Score("Mark by the client", hint="0 to 10")
    worker_score = Score("Mark by the worker", hint="0 to 10")
    conclusions = Words("What came out of it?", required=True)


class MakeAgreement(DecisionForm):
    """Something was agreed: what, with whom, until when."""

    words = Words("What was agreed?", required=True)
    who = Line("Who does it?", required=True)
    until = Day("Until")
    goal_id = Pick("For which goal?", choices.goals)
    support_id = Pick("For which help?", choices.supports)


class VoiceDisagreement(EntryForm):
    """Somebody sees it differently. It stays visible until it is settled."""

    voice = Choice("Who sees it differently?", Voice, required=True)
    words = Words("In their own words", required=True)
    person = Pick("Who is that?", choices.people)
    subject = Pick("About what?", choices.subjects, key=subject)


class SettleDisagreement(DecisionForm):
    """Those who disagreed found a way on. Both sides stay readable."""

    disagreement = Pick("Which disagreement?", choices.disagreements, key=number, required=True)
    words = Words("How was it settled?", required=True)
