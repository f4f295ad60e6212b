"""Why something may not be done. The docstring is the message; `field` says beside which field."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """This cannot be recorded."""

    field = ""

    def __init__(self, field: str = "", **facts: Any) -> None:
        super().__init__()
        self.field, self.facts = field or type(self).field, facts

    def __str__(self) -> str:
        return (type(self).__doc__ or "") % self.facts


class NotYet(Refused):
    """This day has not come yet. What is decided for later has a date from which it counts."""

    field = "happened_on"


class NotBornYet(Refused):
    """A date of birth lies in the past."""

    field = "birth_date"


class CountsTooEarly(Refused):
    """A decision cannot count from a day before it was taken."""

    field = "from_on"


class BeforeTheOpening(Refused):
    """This case was opened on %(first)s: nothing was recorded before that day."""

    field = "happened_on"


class CaseIsClosed(Refused):
    """This case was closed on %(closed)s. Reopen it, or choose a day up to the closing."""

    field = "happened_on"


class CaseIsOpen(Refused):
    """This case is open."""


class CaseIsErased(Refused):
    """This case was erased."""


class NoSuchCase(Refused):
    """This case does not exist."""


class NotInThePlan(Refused):
    """This is not in the plan."""


class NotThereYet(Refused):
    """On that day this did not exist yet: its first day is %(first)s. Record that first."""

    field = "happened_on"


class NoSay(Refused):
    """Write down what the client said about this, or why that was not asked."""

    field = "stance"


class NoReason(Refused):
    """Choose why this was not asked."""

    field = "reason_not_asked"


class OtherAnswer(Refused):
    """This entry is itself the client's answer: another answer cannot go with it."""

    field = "stance"


class NotTheirSay(Refused):
    """Keep what the client said apart from what their representative said, who is named with it."""

    field = "representative_say"


class NotTheRepresentative(Refused):
    """Only the say of somebody who takes part as the client's representative goes here."""

    field = "representative_say"


class NotOwnHand(Refused):
    """Only what the client enters in their own session is in their own hand."""

    field = "means"


class QuestionIsOpen(Refused):
    """A question about this lies with the client (entry %(question)s). Ask, or name the danger or the law."""

    field = "stance"


class Empty(Refused):
    """Fill this in."""


class NotAnAmount(Refused):
    """An amount is a number above zero."""


class NotLess(Refused):
    """Scaling down means less than the %(amount)s of now."""

    field = "to"


class NotMore(Refused):
    """Scaling up means more than the %(amount)s of now."""

    field = "to"


class NotOpen(Refused):
    """This goal is no longer open."""

    field = "goal_id"


class AlreadyInThePlan(Refused):
    """This goal is in the plan already."""

    field = "goal_id"


class NotOnOffer(Refused):
    """This support is not on offer any more."""

    field = "support_id"


class NotRunning(Refused):
    """This support is not running."""

    field = "support_id"


class AlreadyRefused(Refused):
    """The client already said no to this, or it has stopped."""

    field = "support_id"


class StillQuiet(Refused):
    """The client said no to this on %(said)s and is left in peace until %(until)s. Why offer it now?"""

    field = "again_because"


class OneAlternativeAtATime(Refused):
    """Another alternative for this is still open. One at a time."""

    field = "alternative_to"


class AlreadyRespected(Refused):
    """What was done with this refusal is recorded already."""

    field = "refusal"


class AlreadyAnswered(Refused):
    """This has been answered already, or was taken back."""

    field = "proposal"


class AlreadySettled(Refused):
    """This disagreement is settled already."""

    field = "disagreement"


class OtherOrganisation(Refused):
    """These two work for different organisations: the usual worker changes within one."""

    field = "after"


class PlannedInThePast(Refused):
    """An evaluation is planned on the day of the entry or later."""

    field = "on"


class StillRunning(Refused):
    """This support still runs: %(support)s. End it or hand it over first."""


class LaterEntries(Refused):
    """There are entries of days after this; the last is of %(last)s. Close on that day or later."""

    field = "happened_on"


class AlreadyHeld(Refused):
    """This planned evaluation was held already."""

    field = "planned"


class AlreadyHere(Refused):
    """This person or party takes part already."""

    field = "name"


class NoLongerHere(Refused):
    """This person or party did not take part any more on that day."""


class NoSuchEntry(Refused):
    """There is no such entry, or it may not be changed."""

    field = "entry"


class NotYours(Refused):
    """The client entered this with their own hand: only they can withdraw it."""

    field = "entry"


class NotAFact(Refused):
    """Only facts are corrected: words, stances and initiatives stay as said. Add a statement instead."""

    field = "field"


class NothingChanged(Refused):
    """This is what it says already."""

    field = "now"


class WouldComeLoose(Refused):
    """Put right like this, entry %(entry)s would speak of something that was not there yet."""

    field = "now"


class CannotBeRead(Refused):
    """This cannot be read as %(expected)s."""

    field = "now"


class ChangedMeanwhile(Refused):
    """Somebody else recorded something about the same subject since you opened this form."""

    def __init__(self, entries: tuple[Any, ...]) -> None:
        super().__init__()
        self.entries = entries


class Overtaken(Refused):
    """Somebody else recorded something in this case at the same moment. Nothing was recorded: try again."""
