"""About entries."""

from __future__ import annotations

from domain.errors.refused import Refused


class NoSuchEntry(Refused):
    """There is no such entry, or it may not be changed."""

    field = "entry"


class OfSomebodyElse(Refused):
    """Somebody else wrote this down. You can put your own words beside it, or ask to have it put right."""

    field = "entry"


class OnlyOwnVoice(Refused):
    """Here you speak for yourself only. What the client said, the worker of the client writes down."""


class NotYours(Refused):
    """The client entered this with their own hand: only they change it or take it back."""

    field = "entry"


class NotWithdrawn(Refused):
    """A restriction is not withdrawn: lift it, or restrict the entry again."""

    field = "entry"


class StaysHidden(Refused):
    """This was written in the wrong case, and stays hidden. Write it down again where it belongs."""

    field = "entry"


class StaysKnown(Refused):
    """Who opened a case in an emergency stays known. Is it not right? Add a statement to that entry."""

    field = "entry"


class AlreadyRestricted(Refused):
    """The processing of this entry is restricted already."""

    field = "entry"


class NotRestricted(Refused):
    """The processing of this entry is not restricted."""

    field = "entry"


class NotToldYet(Refused):
    """The client is told before a restriction is lifted (AVG art. 18): not after the day of this entry."""

    field = "told_on"


class NotAFact(Refused):
    """Only facts are corrected: words, stances and what it is about stay. Write it down again instead."""

    field = "field"


class StandsElsewhere(Refused):
    """This would change where somebody stands, or who decided. Withdraw the entry and write it down again."""

    field = "now"


class WouldComeLoose(Refused):
    """Put right like this, entry %(entry)s would speak of something that was not there yet."""

    field = "now"


class WouldNotHold(Refused):
    """Put right like this, entry %(entry)s could not be so any more. Put that right or withdraw it first."""

    field = "now"


class CannotBeRead(Refused):
    """This cannot be read as %(expected)s."""

    field = "now"


class NotASignedSheet(Refused):
    """This document is not a signed sheet."""

    field = "signed_sheet"
