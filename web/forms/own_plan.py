"""Forms for the client's own plan, and for independent support."""

from __future__ import annotations

from domain.kinds import OwnPlanAnswer, OwnPlanKind, PointedOutTo
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Line, YesNo


class OfferOwnPlan(EntryForm):
    """The client may make a plan of their own first. Write down that you told them, and the answer."""

    kind = Choice("Which plan?", OwnPlanKind, required=True)
    to = Line("Who was told?", required=True)
    answer = Choice("What was the answer?", OwnPlanAnswer, required=True)


class HandInPersonalPlan(EntryForm):
    """The client's own plan came in. Add the plan itself as a document."""

    made_by = Line("Who made it?", required=True)
    kind = Choice("Which plan?", OwnPlanKind, required=True)


class PointOutSupporter(EntryForm):
    """Somebody independent can help the client, free of charge. Write down that you said so."""

    to = Choice("Who was told?", PointedOutTo, required=True)
    wanted = YesNo("Do they want it?")
