"""What holds for every entry, whatever it says."""

from __future__ import annotations

from typing import Any

from domain.errors.refused import Refused


class NotYet(Refused):
    """This day has not come yet."""

    field = "happened_on"


class DecidedAhead(NotYet):
    """This day has not come yet. What is decided for later has a date from which it counts."""


class CountsTooEarly(Refused):
    """A decision cannot count from a day before it was taken."""

    field = "from_on"


class BeforeTheOpening(Refused):
    """This case was opened on %(first)s: nothing was recorded before that day."""

    field = "happened_on"


class NotInThePlan(Refused):
    """This is not in the plan."""


class NotThereYet(Refused):
    """On that day this did not exist yet: its first day is %(first)s. Record that first."""

    field = "happened_on"


class Empty(Refused):
    """Fill this in."""


class NothingFilledIn(Refused):
    """Fill in at least one of these."""


class NotAnAmount(Refused):
    """An amount is a number above zero."""


class NotAMark(Refused):
    """A mark is a whole number from 0 to 10."""


class EndsTooSoon(Refused):
    """This lasts until the day on which it begins, or later."""

    field = "until"


class NotLater(Refused):
    """Choose a day after the day from which this counts."""

    field = "ends_on"


class NotAhead(Refused):
    """Choose a day after the date of this entry."""

    field = "until"


class NothingChanged(Refused):
    """This is what it says already."""

    field = "now"


class ChangedMeanwhile(Refused):
    """Somebody else recorded something about the same subject since you opened this form."""

    def __init__(self, entries: tuple[Any, ...]) -> None:
        super().__init__()
        self.entries = entries


class TooMuch(Refused):
    """This is too much to record at once. Nothing was recorded: make it shorter, or record it in parts."""


class Overtaken(Refused):
    """Somebody else recorded something in this case at the same moment. Nothing was recorded: try again."""
