"""Forms for talking together: conversations, what was explained, and how others see it."""

from __future__ import annotations

from domain.kinds import ConversationKind, OpensWith, Topic
from web.forms import pickers
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Line, Lines, Several, Tick, Words, YesNo
from web.forms.picks import Pick

# What one may begin with, as the organisation words it: strengths and wishes before problems.
OPENING_QUESTIONS = (
    "What is important to you?",
    "What are you good at?",
    "What makes you live well?",
    "What would you like to work towards?",
    "What do you need, and how can we contribute to that?",
)


class HoldConversation(EntryForm):
    """A conversation: who was there, and what was talked about."""

    OFTEN = 8
    kind = Choice("What kind of conversation?", ConversationKind, required=True)
    client_present = YesNo("Was the client there?", required=True)
    why_absent = Words("If not, why?")
    present = Lines("Who were there?", hint="One name on a line.")
    absent = Lines("Who were missing?", hint="One name on a line.")
    opening_question = Line(
        "What was the first question?",
        suggestions=OPENING_QUESTIONS,
        hint="Begin with what somebody can and wants. Some questions are ready to choose from.",
    )
    opening_about = Choice("What was the first question about?", OpensWith)
    discussed = Several("What was talked about?", Topic)
    why_not_discussed = Words("Why was the rest not talked about?")
    words = Words("What was said?", hint="As it was said.")
    own_reading = Words("What do you make of it?", hint="Your own reading. It is shown as yours.")
    technique = Line("Way of talking")


class GiveInformation(EntryForm):
    """Something was explained: what, how, to whom, and whether it came across."""

    subject = Line("What was explained?", required=True, hint="The plan, rights, medicines, having a say.")
    form = Line("In what form?", required=True, hint="Spoken, on paper, in pictures, with an interpreter.")
    to = Line("To whom?", required=True)
    understood = YesNo("Was it understood?", hint="Ask. Leave this open when you do not know.")
    words = Words("What did they say about it?")


class HearNetworkView(EntryForm):
    """How somebody close to the client sees it. You ask them only when the client allows that."""

    person = Pick("Who?", pickers.network, required=True)
    words = Words("How do they see it, as they said it?", required=True)
    unasked = Tick("They came with it themselves", hint="Nobody asked them: then no consent is needed.")


class GiveProfessionalView(EntryForm):
    """How you see it yourself, as a professional. It decides nothing."""

    words = Words("How do you see it?", required=True)
    reasons = Words("Why do you see it so?", required=True)
    recommends = Words("What do you recommend?")
