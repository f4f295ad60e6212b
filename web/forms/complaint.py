"""Forms for complaints and their answers."""

from __future__ import annotations

from domain.kinds import ComplaintLaw, Voice
from web.forms import pickers
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Day, Words
from web.forms.picks import Pick, number


class VoiceComplaint(EntryForm):
    """Somebody is not content with the help. It stays visible, also after the case is closed."""

    words = Words("What is the complaint? In their own words", required=True)
    voiced_by = Choice("Whose complaint is it?", Voice, required=True)
    law = Choice("Under which law?", ComplaintLaw, required=True)
    in_writing_on = Day("In writing on", hint="dd-mm-yyyy. Leave empty when it was only spoken.")


class AnswerComplaint(EntryForm):
    """Answer a complaint, or say that more time is needed, and why."""

    complaint = Pick("Which complaint?", pickers.complaints, key=number, required=True)
    words = Words("The answer, or why more time is needed", required=True)
    extended_until = Day("More time until", hint="dd-mm-yyyy. Leave empty when this is the answer.")
