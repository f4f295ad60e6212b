"""Entries that are kept but not used: their processing is restricted (AVG art. 18) until that is lifted."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack

from domain import errors
from domain.entry import Entry, Telling
from domain.history import History
from domain.kinds import WhyRestricted
from domain.own_hand import check_own_hand
from domain.plan import standing


class EntryRestricted(Entry):
    """The processing of an entry is restricted: it is kept, and nobody uses or reads it while this stands."""

    TOPIC = "entry_restricted"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    FACTS = ("ground", "asked_by")
    entry: int
    ground: WhyRestricted
    _: KW_ONLY
    asked_by: str = ""

    @property
    def withdraws(self) -> int:
        """The entry that is not used."""
        return self.entry


class RestrictionOfEntryLifted(Entry):
    """The restriction of an entry was lifted, after the client was told: the entry is used again, whole."""

    TOPIC = "restriction_of_entry_lifted"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    entry: int
    restricted_by: int
    told_on: date

    @property
    def withdraws(self) -> int:
        """The restriction: with it gone, the entry stands as it stood before."""
        return self.restricted_by


class Restricting(History):
    """What one may do when the use of an entry is contested."""

    def restrict_entry(
        self, entry: int, ground: WhyRestricted, asked_by: str = "", **how: Unpack[Telling]
    ) -> None:
        """Keep an entry without using it. What takes another entry out is no entry to restrict."""
        found = self.entry(entry)
        if found is None or entry == 1 or found.withdraws is not None:
            raise errors.NoSuchEntry
        if entry in self.restrictions:
            raise errors.AlreadyRestricted
        check_own_hand(found, how)
        self.record(EntryRestricted, entry=entry, ground=ground, asked_by=asked_by, **how)

    def lift_restriction_of_entry(self, entry: int, told_on: date, **how: Unpack[Telling]) -> None:
        """Use an entry again. The client is told before that (AVG art. 18, third paragraph)."""
        restriction = self.restrictions.get(entry)
        if restriction is None:
            raise errors.NotRestricted
        self.entry_there(restriction, how)
        if told_on > self.day_of(how):
            raise errors.NotToldYet
        self.record(RestrictionOfEntryLifted, entry=entry, restricted_by=restriction, told_on=told_on, **how)

    @property
    def restrictions(self) -> dict[int, int]:
        """The entries that are not used now, each with the entry that restricts it."""
        return {e.entry: e.number for e in standing(self.entries) if isinstance(e, EntryRestricted)}
