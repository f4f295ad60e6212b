"""Forms for contacts: somebody came, or did not after all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from marshmallow import RAISE, ValidationError

from domain.days import HERE
from domain.entry import Actor, Facts
from domain.kinds import ByWhom, ContactKind
from web.forms import around, pickers
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Day, Line
from web.forms.picks import Pick, Picks


class Hour(Line):
    """A time of the day, as people here write it: 9:30, 09.30 or 14:00."""

    def read(self, value: Any) -> time:  # type: ignore[override]  # no text
        found = re.fullmatch(r"\s*([01]?\d|2[0-3])[:.]([0-5]\d)\s*", str(value), re.ASCII)
        if not found:
            raise ValidationError("Write the time as hours and minutes: 09:30.")
        return time(int(found[1]), int(found[2]))


class Minutes(Line):
    """How long something took."""

    def read(self, value: Any) -> int:  # type: ignore[override]  # no text
        if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d{0,3}", str(value).strip(), re.ASCII):
            raise ValidationError("Give the number in figures.")
        return int(value)


class HoldContact(EntryForm):
    """Who came, and when. It counts for how many different people come to the client."""

    class Meta:
        """A contact has an hour: there is nothing unsure about its day."""

        unknown = RAISE
        exclude = ("precision", "about")

    workers = Picks("Who came?", pickers.workers, required=True)
    started_at = Hour("At what time?", hint="For example 09:30.", required=True)
    minutes = Minutes("How many minutes?")
    kind = Choice("What kind of contact?", ContactKind, required=True)

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """The day and the time together are the moment."""
        facts = super().facts(values, by)
        moment = datetime.combine(facts["happened_on"], facts["started_at"], HERE)
        return {**facts, "started_at": moment}


class CancelContact(EntryForm):
    """A contact that did not take place. It stays readable, and is not counted."""

    class Meta:
        """It is about the contact itself."""

        unknown = RAISE
        exclude = ("precision", "about")

    contact_id = Pick("Which contact?", around.contacts, required=True)
    by_whom = Choice("By whom was it cancelled?", ByWhom, required=True)
    told_when = Day("When was that told?")
