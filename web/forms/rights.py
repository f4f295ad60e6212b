"""Forms for what is asked of the record itself."""

from __future__ import annotations

from domain.kinds import RequestAnswerKind, RequestKind, Voice
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Words
from web.forms.picks import Pick, number


class ReceiveRequest(EntryForm):
    """Somebody asks to see, correct, erase or copy what is kept of them."""

    kind = Choice("What is asked?", RequestKind, required=True)
    asked_by = Choice("Who asks it?", Voice, required=True)
    words = Words("In which words?", required=True)


class AnswerRequest(DecisionForm):
    """The answer to a request, with the ground when it is not, or not wholly, granted."""

    request = Pick("Which request?", pickers.requests, key=number, required=True)
    answer = Choice("What is the answer?", RequestAnswerKind, required=True)
    ground = Words("On what ground?", needed="needed when the answer is no, or yes to a part")


class PlaceHold(EntryForm):
    """Nothing of this case may be destroyed as long as this holds."""

    ground = Words("Why must everything be kept?", required=True)


class LiftHold(EntryForm):
    """The reason to keep everything is gone."""

    hold = Pick("Which one?", pickers.holds, key=number, required=True)
