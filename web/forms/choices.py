"""Forms for what the client chooses and tries, and for what could not be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.entry import Actor, Facts
from domain.kinds import ChoiceSize, ChoiceSubject, TryoutResult, Voice
from domain.say import Stance
from web.forms import pickers
from web.forms.asking import AnswerForm, DecisionForm, EntryForm
from web.forms.fields import Choice, Day, Lines, Words
from web.forms.picks import Pick, number


class OfferChoice(EntryForm):
    """Something for the client to choose. Nothing is chosen by it."""

    subject = Choice("What is there to choose?", ChoiceSubject, required=True)
    options = Lines("What can be chosen?", hint="One on a line, at least two.", required=True)
    size = Choice("What sort of choice is it?", ChoiceSize, required=True)


class MakeChoice(AnswerForm):
    """The client chose. Somebody may choose again: the newest choice counts."""

    ANSWERS = Stance.AGREES
    offered = Pick(
        "What was there to choose?",
        pickers.choices,
        key=number,
        hint="Leave empty when nobody laid it before them.",
    )
    chosen = Words("What did the client choose?", hint="It may be something else.", required=True)

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """What the client said is said about the choice."""
        facts = super().facts(values, by)
        return {**facts, "words": facts["say"].words}


class NoteIdealNotAvailable(EntryForm):
    """What the client wanted could not be had. The wish stays."""

    wanted = Words("What did the client want?", required=True)
    came_instead = Words("What came instead?", hint="Nothing came? Write that.", required=True)
    wish_id = Pick("Which wish is behind it?", pickers.wishes)


class AgreeTryout(DecisionForm):
    """Try something until a day, and look back then."""

    words = Words("What will be tried?", required=True)
    until = Day("Until", required=True)
    wish_id = Pick("Which wish is behind it?", pickers.wishes)


class LookBackOnTryout(EntryForm):
    """What came of trying something."""

    tryout = Pick("What was tried?", pickers.tryouts, key=number, required=True)
    result = Choice("Does it work?", TryoutResult, required=True)
    judged_by = Choice("Who says so?", Voice, required=True)
    words = Words("How did it go?", required=True)
