"""Forms for what is needed: talking points, needs, and what is weighed."""

from __future__ import annotations

from domain.kinds import LifeArea, Voice
from web.forms import pickers
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Words, YesNo
from web.forms.picks import Pick


class SetTalkingPoint(EntryForm):
    """Something to talk about next time, out of a wish or not."""

    words = Words("What is there to talk about?", required=True)
    wish_id = Pick("Which wish is behind it?", pickers.wishes)


class StateNeed(EntryForm):
    """What is needed, according to somebody. The client says whether it is so."""

    words = Words("What is needed?", required=True)
    stated_by = Choice("Who says so?", Voice, required=True)
    life_area = Choice("Part of life", LifeArea)


class ConfirmNeed(EntryForm):
    """Is a need as it was written down? Ask the client. When it is not, it stays, with their words."""

    need = Pick("Which need?", pickers.needs, required=True)
    confirmed_by = Choice("Who was asked?", Voice, required=True)
    right = YesNo("Is it so?", required=True)
    words = Words("What did they say?", hint="As it was said. Needed when it is not so.")


class WeighCircumstances(EntryForm):
    """What counts in choosing help. Whether it is possible stands apart from the wish."""

    person = Words("What counts about the person?")
    means = Words("What is there: money, time, people, a house?")
    surroundings = Words("What counts in the surroundings?")
    culture = Words(
        "What counts in culture or faith?", hint="Ask it, and write down what was said. Never guess."
    )
    feasibility = Words("What is possible?", hint="Apart from the wish. The wish stays.")
