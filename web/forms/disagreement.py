"""Forms for where people see it differently, and for finding a way on."""

from __future__ import annotations

from domain.kinds import Voice
from web.forms import pickers
from web.forms.asking import DecisionForm, EntryForm
from web.forms.fields import Choice, Line, Words
from web.forms.picks import Pick, number, subject


class VoiceDisagreement(EntryForm):
    """Somebody sees it differently. It stays visible until it is settled."""

    voice = Choice("Who sees it differently?", Voice, required=True)
    words = Words("In their own words", required=True)
    person = Pick("Who is that?", pickers.people)
    subject = Pick("About what?", pickers.subjects, key=subject)


class SettleDisagreement(DecisionForm):
    """Those who disagreed found a way on. Both sides stay readable."""

    disagreement = Pick("Which disagreement?", pickers.disagreements, key=number, required=True)
    words = Words("How was it settled?", required=True)


class FindCommonGround(EntryForm):
    """What do people see the same way? What they see differently stays beside it."""

    words = Words("What do they agree on?", required=True)
    with_whom = Line("Who are they?")


class OfferMediator(EntryForm):
    """Offer somebody independent, to help those who disagree."""

    disagreement = Pick("Which disagreement?", pickers.disagreements, key=number)
    words = Words("What was offered, and to whom?")


class InvolveMediator(DecisionForm):
    """A mediator helps from now on."""

    offered = Pick("Offered on", pickers.mediations_offered, key=number)
    mediator = Line("Name of the mediator", hint="Leave empty when you choose somebody who takes part below.")
    person = Pick("Or: somebody who takes part", pickers.people)
    disagreement = Pick("Which disagreement?", pickers.disagreements, key=number)


class EndMediation(EntryForm):
    """The mediator is done. Settling the disagreement is for those who disagreed."""

    mediation = Pick("Which mediation?", pickers.mediations_running, key=number, required=True)
    result = Words("What did it bring?", required=True)
