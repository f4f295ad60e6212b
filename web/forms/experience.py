"""Forms for how it goes, according to those it is about."""

from __future__ import annotations

from domain.kinds import Experience, Voice
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Line, Lines, Score, Tick, Words


class AskWellbeing(EntryForm):
    """How is the client? In words, with a mark, or both."""

    words = Words("What did the client say?", hint="As it was said.")
    score = Score("Mark by the client", hint="0 to 10")
    did_not_want_to_say = Tick("The client did not want to say")


class JudgeExperience(EntryForm):
    """What somebody thinks of how it goes with those who help. Ask it, never guess."""

    subject = Choice("What is it about?", Experience, required=True)
    judged_by = Choice("Who says so?", Voice, required=True)
    words = Words("In their own words")
    score = Score("Mark", hint="0 to 10")


class FillQuestionnaire(EntryForm):
    """A list of questions that was filled in. It is never the only ground of a decision."""

    instrument = Line("Which list?", required=True)
    edition = Line("Which version of it?", required=True)
    asked = Lines("The questions, as they were asked", hint="One question on a line.", required=True)
    answers = Lines(
        "The answers, in the same order",
        hint="One answer on a line. Write a dash where there was no answer.",
        required=True,
    )
    filled_by = Choice("Who filled it in?", Voice, required=True)
    helped_by = Line("Who helped?", hint="Leave empty when nobody did.")
