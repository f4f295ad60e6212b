"""Forms for what the client allows, and takes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.kinds import ConsentPurpose, Part
from domain.representation import Minor, minor_on
from domain.say import Stance
from web.forms import around
from web.forms.asking import ConsentForm
from web.forms.fields import Choice, Day, Several, Words
from web.forms.picks import Pick, number
from web.forms.situation import Situation

WHO_DECIDES = {
    Minor.HEARD: "The client is younger than 12: the parents decide, and the child is heard.",
    Minor.DECIDES_TOGETHER: "The client is 12 to 15 years old: the child and the parents decide together.",
    Minor.DECIDES_ALONE: "The client is 16 or 17 years old: they decide alone.",
}


class GiveConsent(ConsentForm):
    """What the client allows: to whom, about what, until when."""

    ANSWERS = Stance.AGREES
    purpose = Choice("What for?", ConsentPurpose, required=True)
    to = Pick("To whom?", around.people_and_parties, required=True)
    parts = Several(
        "What may be shared?",
        Part,
        hint="Only what is chosen here.",
        needed="needed when something is shared",
    )
    what = Words("What is allowed?", hint="Only when it is something else than sharing or asking.")
    until = Day("Until and with", hint="dd-mm-yyyy. Leave empty when there is no last day.")

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:
        """Of a child it is said who decides."""
        super().suit(at, values)
        if stage := minor_on(at.plan.client.birth_date, at.on):
            self.questions["purpose"].hint = WHO_DECIDES[stage]


class WithdrawConsent(ConsentForm):
    """The client does not allow it any longer. What was shared before is not undone."""

    ANSWERS = Stance.DISAGREES
    consent = Pick("What is taken back?", around.allowed, key=number, required=True)
