"""About entries."""

from __future__ import annotations

from domain.errors.refused import Refused


class NoSuchEntry(Refused):
    """There is no such entry, or it may not be changed."""

    field = "entry"


class NotYours(Refused):
    """The client entered this with their own hand: only they can withdraw it."""

    field = "entry"


class NotWithdrawn(Refused):
    """A restriction is not withdrawn: lift it, or restrict the entry again."""

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
    """Only facts are corrected: words, stances and initiatives stay as said. Add a statement instead."""

    field = "field"


class WouldComeLoose(Refused):
    """Put right like this, entry %(entry)s would speak of something that was not there yet."""

    field = "now"


class CannotBeRead(Refused):
    """This cannot be read as %(expected)s."""

    field = "now"


class NotASignedSheet(Refused):
    """This document is not a signed sheet."""

    field = "signed_sheet"
