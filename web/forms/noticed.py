"""Forms for the days: the daily note, what was seen, and what is not as before."""

from __future__ import annotations

from domain.kinds import Change, LifeEvent, Voice
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Line, Words, YesNo
from web.forms.pickers import goals
from web.forms.picks import Pick


class TakeAction(EntryForm):
    """The daily note: what was done today, in one line."""

    OFTEN = 9
    words = Words("What was done?", required=True)
    goal_id = Pick("For which goal?", goals)
    with_client = YesNo("Did the client do it too?")
    done_by = Line("By whom?", hint="Leave empty when it was you.")


class MakeObservation(EntryForm):
    """What you saw, apart from what was said and from what it may mean."""

    words = Words("What did you see?", hint="Only what anybody there could have seen.", required=True)


class NoticeChange(EntryForm):
    """Something about the client is not as before."""

    kind = Choice("What is it?", Change, required=True)
    words = Words("What is not as before?", required=True)
    noticed_by = Choice("Who noticed it?", Voice, required=True)


class NoteLifeEvent(EntryForm):
    """Something happened in the client's life: an illness, a move, a birth."""

    kind = Choice("What kind of thing happened?", LifeEvent, required=True)
    words = Words("What happened?", required=True)
