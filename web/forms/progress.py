"""Forms for how goals go, and what stands in the way."""

from __future__ import annotations

from domain.kinds import LimitKind, Voice
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Score, Words
from web.forms.picks import Pick, subject


class TellProgress(EntryForm):
    """How it goes with a goal: in words, or with a mark."""

    OFTEN = 4
    VOICE = "told_by"
    goal_id = Pick("Which goal?", pickers.goals, required=True)
    told_by = Choice("Who tells it?", Voice, required=True)
    words = Words("How does it go?")
    client_score = Score("Mark by the client", hint="0 to 10")
    worker_score = Score("Mark by the worker", hint="0 to 10")


class ExplainLimit(EntryForm):
    """What stands in the way of a wish, a goal or help, as you explained it. The wish stays."""

    subject = Pick("About what?", pickers.subjects, key=subject)
    limit = Choice("What stands in the way?", LimitKind, required=True)
    words = Words("How did you explain it?", required=True)


class PauseGoal(DecisionForm):
    """Let a goal wait for a while. It stays in the plan."""

    goal_id = Pick("Which goal?", pickers.goals_in_plan, required=True)
    reason = Words("Why?", required=True)


class ResumeGoal(DecisionForm):
    """Take a goal up again that was waiting."""

    goal_id = Pick("Which goal?", pickers.goals_paused, required=True)
    reason = Words("Why?")
