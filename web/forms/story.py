"""Forms for the client's story: conversations, wishes, what matters, strengths, and the daily note."""

from __future__ import annotations

from domain.kinds import ConversationKind, LifeArea, Matter, OpensWith, Topic, Voice, WishForm
from web.forms.asking import EntryForm
from web.forms.choices import goals
from web.forms.fields import Choice, Line, Lines, Several, Words, YesNo
from web.forms.picks import Pick


class TakeAction(EntryForm):
    """The daily note: what was done today, in one line."""

    OFTEN = 9
    words = Words("What was done?", required=True)
    goal_id = Pick("For which goal?", goals)
    with_client = YesNo("Did the client do it too?")
    done_by = Line("By whom?", hint="Leave empty when it was you.")


class HoldConversation(EntryForm):
    """A conversation: who was there, and what was talked about."""

    OFTEN = 8
    kind = Choice("What kind of conversation?", ConversationKind, required=True)
    client_present = YesNo("Was the client there?", required=True)
    why_absent = Words("If not, why?")
    present = Lines("Who were there?", hint="One name on a line.")
    absent = Lines("Who were missing?", hint="One name on a line.")
    opening_question = Words("What was the first question?")
    opening_about = Choice("What was the first question about?", OpensWith)
    discussed = Several("What was talked about?", Topic)
    why_not_discussed = Words("Why was the rest not talked about?")
    words = Words("What was said?", hint="As it was said.")
    own_reading = Words("What do you make of it?", hint="Your own reading. It is shown as yours.")
    technique = Line("Way of talking")


class VoiceWish(EntryForm):
    """What the client wishes for. A wish is never deleted."""

    OFTEN = 4
    words = Words("The wish, as it was told", required=True)
    form = Choice("How was it told?", WishForm, required=True)
    voiced_by = Choice("Who told it?", Voice, required=True)
    heard_by = Line("Who heard it?", hint="Leave empty when it was you.")
    life_area = Choice("Part of life", LifeArea)


class SayWhatMatters(EntryForm):
    """What matters in the client's life."""

    words = Words("What matters, as it was said", required=True)
    subject = Choice("What is it about?", Matter, required=True)


class NameStrength(EntryForm):
    """What the client is good at."""

    words = Words("What is the client good at?", required=True)
    named_by = Choice("Who says so?", Voice, required=True)
    life_area = Choice("Part of life", LifeArea)
