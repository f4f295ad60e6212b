"""Forms for risks that are weighed, and for restrictions with their terms."""

from __future__ import annotations

from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Day, Line, Words, YesNo
from web.forms.picks import Pick, number

LONG = "More than 3 months is taken, and marked as long. Look at it again in between."


class WeighRisk(DecisionForm):
    """A risk is weighed against what the client wants. It gets a day to look again."""

    risk = Words("What can go wrong?", required=True)
    wish_id = Pick("Which wish is behind it?", pickers.wishes)
    given_up = Words("What is given up?", hint="A bit of safety, or a bit of freedom.", required=True)
    review_on = Day("When do you look again?", required=True)


class ImposeRestriction(DecisionForm):
    """The client may not do something, or undergoes it: on a ground in the law, and until a day."""

    what = Words("What may the client not do, or what do they undergo?", required=True)
    in_plan = YesNo("Does it stand in the plan?", required=True)
    legal_ground = Line("On what ground in the law?", required=True)
    lighter_ways_considered = Words("What lighter ways were thought of?", required=True)
    ends_on = Day("Last day", hint="dd-mm-yyyy. " + LONG, required=True)
    written_on = Day("Put on paper on")
    resistance = Words("How does the client resist?", hint="In words or behaviour. Leave empty if not.")
    expert = Line("Which expert was asked?")


class UseRestriction(EntryForm):
    """A restriction was carried out. Each time both questions are answered."""

    restriction = Pick("Which restriction?", pickers.restrictions, key=number, required=True)
    still_needed = YesNo("Was it still needed?", required=True)
    nothing_lighter = YesNo("Was this the lightest way?", required=True)
    words = Words("What happened?")


class ReviewRestriction(DecisionForm):
    """Look again whether a restriction is needed, and until when."""

    restriction = Pick("Which restriction?", pickers.restrictions, key=number, required=True)
    words = Words("What came out of it?", required=True)
    ends_on = Day("Other last day", hint="dd-mm-yyyy. Leave empty when it stays as it is.")


class LiftRestriction(DecisionForm):
    """A restriction is over: the client is free in this again."""

    restriction = Pick("Which restriction?", pickers.restrictions, key=number, required=True)
    reason = Words("Why?", required=True)
