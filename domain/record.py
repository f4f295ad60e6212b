"""Keeping the record right: nothing is erased; entries are withdrawn, read back, answered."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.emergency import EmergencyAccessUsed
from domain.entry import Entry, Role, Telling
from domain.erasing import EntryDestroyed, ErasureProposed, ErasureRefused
from domain.history import History, said
from domain.kinds import DocumentKind, Voice, WhyWithdrawn
from domain.own_hand import check_own_hand
from domain.plan import Plan
from domain.restricting import EntryRestricted, RestrictionOfEntryLifted
from domain.say import Reading, Words


class EntryWithdrawn(Entry):
    """An entry was made in error. It stays readable, struck through."""

    TOPIC = "entry_withdrawn"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    FACTS = ("asked_by",)
    entry: int
    reason: WhyWithdrawn
    _: KW_ONLY
    asked_by: str = ""
    words: Words = ""

    @property
    def withdraws(self) -> int:
        """The entry that is taken out."""
        return self.entry


class ReadBack(Entry):
    """An entry was read back to the one whose words they are: it was right, or these are the new words."""

    TOPIC = "read_back"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    entry: int
    right: bool
    words: Words = ""
    _: KW_ONLY
    person: UUID | None = None
    signed_sheet: UUID | None = None

    @property
    def reading(self) -> Reading:
        """What was found; firm in the person's own session or on the signed sheet."""
        own_session = Role.CLIENT if self.person is None else Role.REPRESENTATIVE
        firm = self.by.role is own_session or self.signed_sheet is not None
        return Reading(self.right, self.words, firm, self.day, self.number, self.person)

    def hear(self, plan: Plan) -> None:
        plan.readings.setdefault(self.entry, []).append(self.reading)
        for stances in plan.stances.values():
            stances.read_back(self.entry, self.reading)


class StatementAdded(Entry):
    """The client put a statement beside an entry. The entry itself does not change."""

    TOPIC = "statement_added"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    entry: int
    words: Words
    _: KW_ONLY
    stated_by: Voice = Voice.CLIENT


class Record(History):
    """What one may do about entries."""

    def withdraw_entry(
        self, entry: int, reason: WhyWithdrawn, asked_by: str = "", words: str = "", **how: Unpack[Telling]
    ) -> None:
        """Take an entry out of the plan. What the client entered with own hand only the client takes out."""
        before = self.standing_entry(entry)
        if entry == 1:  # without its opening there is no case
            raise errors.NoSuchEntry
        if isinstance(before, EntryRestricted | RestrictionOfEntryLifted):
            raise errors.NotWithdrawn
        if isinstance(before, EntryDestroyed | ErasureProposed | ErasureRefused):
            raise errors.ErasureStaysKnown
        if isinstance(before, EmergencyAccessUsed):
            raise errors.StaysKnown
        if isinstance(before, EntryWithdrawn) and before.reason is WhyWithdrawn.WRONG_CLIENT:
            raise errors.StaysHidden
        taken_back = self.plan.consents.get(entry)  # without it that no would be about nothing
        if taken_back and taken_back.withdrawn_by and reason is not WhyWithdrawn.WRONG_CLIENT:
            raise errors.AlreadyWithdrawn("entry", withdrawn=taken_back.withdrawn_on)
        check_own_hand(before, how)
        self.record(EntryWithdrawn, entry=entry, reason=reason, asked_by=asked_by, words=words, **how)

    def read_back(
        self,
        entry: int,
        *,
        right: bool,
        words: str = "",
        person: UUID | None = None,
        signed_sheet: UUID | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Read an entry back to the one whose words they are."""
        self.entry_there(entry, how)
        if person is not None:
            self.there(lambda plan: plan.people, person, how)
        if signed_sheet is not None:
            sheet = self.there(lambda plan: plan.documents, signed_sheet, how)
            if sheet.kind is not DocumentKind.SIGNED_SHEET:
                raise errors.NotASignedSheet
        if not right:
            said("words", words)
        facts = {"person": person, "signed_sheet": signed_sheet}
        self.record(ReadBack, entry=entry, right=right, words=words, **facts, **how)

    def add_statement(
        self, entry: int, words: str, stated_by: Voice = Voice.CLIENT, **how: Unpack[Telling]
    ) -> None:
        """Put the client's statement beside an entry (AVG art. 16)."""
        if not 1 <= entry <= len(self.entries):
            raise errors.NoSuchEntry
        self.record(StatementAdded, entry=entry, words=said("words", words), stated_by=stated_by, **how)
