"""Forms for who speaks for the client, and for when the client could not decide."""

from __future__ import annotations

from domain.kinds import LegalKind, Scope
from web.forms import around
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Day, Line, Words, YesNo
from web.forms.picks import Pick, subject


class NameRepresentative(EntryForm):
    """Who speaks for the client: about what, and until when."""

    person = Pick(
        "Who?", around.may_speak, required=True, hint="Take them up as a person of this case first."
    )
    legal_kind = Choice("On what legal ground?", LegalKind, required=True)
    scope = Choice("About what?", Scope, required=True)
    until = Day("Until and with", hint="dd-mm-yyyy. Leave empty when there is no last day.")


class EndRepresentation(EntryForm):
    """Somebody speaks for the client no more."""

    person = Pick("Who?", around.speaking, required=True)
    reason = Words("Why?", required=True)


class JudgeCapacity(EntryForm):
    """Whether the client could decide about one subject. Never about everything at once."""

    what = Words("About what was there to decide?", required=True)
    subject = Pick(
        "What is that in the plan?",
        around.to_be_decided,
        key=subject,
        hint="The yes of a representative counts only for what you choose here.",
    )
    able = YesNo("Could the client decide about this?", required=True)
    judged_by = Line("Who judged that?", required=True)
    ground = Words("On what ground?", required=True)
