"""What the say sheet asks: about each open matter, and about the talk as a whole."""

from __future__ import annotations

from domain.entry import Initiative
from domain.say import Stance
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Day, Line, Tick, Words
from web.forms.files import File


class Answer(EntryForm):
    """What the client said about one row. An empty row changes nothing."""

    happened_on = Day("Date")
    stance = Choice("What did the client say?", Stance, required=True, without=[Stance.NOT_ASKED])
    client_words = Words("In the client's own words")
    seen = Tick("There were no words: the client showed it")
    initiative = Choice("Whose idea was this?", Initiative, required=True)


class Sheet(EntryForm):
    """What goes for the whole talk."""

    shown = Tick("The plan was shown to the client")
    shown_form = Line("In what form?", hint="On paper, on a screen, read aloud.")
    sheet = Line("Code of the paper sheet", hint="At the foot of the sheet, for example 57-3f9a.")
    picture = File("Picture of the signed sheet", hint="A photo or a scan: PNG, JPG or PDF, at most 10 MB.")
