"""Forms for how much support there is, and whether it fits."""

from __future__ import annotations

from domain.kinds import Fit, Voice
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Day, HowMuch, Words
from web.forms.picks import Pick


class ScaleDownSupport(DecisionForm):
    """Less help from now on, with the way back."""

    OFTEN = 2
    support_id = Pick("Which help?", pickers.supports_running, required=True)
    to = HowMuch("How much will it be?", required=True)
    reason = Words("Why?", required=True)
    way_back = Words("How can it become more again?", required=True)


class ScaleUpSupport(DecisionForm):
    """More help from now on."""

    OFTEN = 1
    support_id = Pick("Which help?", pickers.supports_running, required=True)
    to = HowMuch("How much will it be?", required=True)
    reason = Words("Why?", required=True)


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
