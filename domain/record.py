"""Keeping the record right: nothing is erased; entries are withdrawn, corrected, read back, answered."""

from __future__ import annotations

import dataclasses
from dataclasses import KW_ONLY
from typing import Any, Unpack
from uuid import UUID

import msgspec

from domain import errors
from domain.correcting import facts_of
from domain.days import Precision, local_day
from domain.entry import Decision, Entry, Role, Telling
from domain.history import History, check_amounts, said
from domain.kinds import DocumentKind, Voice, WhyWithdrawn
from domain.plan import Plan, read, standing
from domain.restricting import EntryRestricted, RestrictionOfEntryLifted
from domain.say import Reading, Words


class EntryWithdrawn(Entry):
    """An entry was made in error. It stays readable, struck through."""

    TOPIC = "entry_withdrawn"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    entry: int
    reason: WhyWithdrawn
    _: KW_ONLY
    asked_by: str = ""
    words: Words = ""

    @property
    def withdraws(self) -> int:
        """The entry that is taken out."""
        return self.entry


class EntryCorrected(Entry):
    """A fact in an entry was wrong. What stood there stays readable. `was` and `now` are JSON."""

    TOPIC = "entry_corrected"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    entry: int
    field: str
    was: str
    now: str
    reason: Words
    _: KW_ONLY
    asked_by: str = ""

    @property
    def corrects(self) -> int:
        """The entry that is put right."""
        return self.entry

    def corrected(self, entry: Entry) -> Entry:
        """The entry with the right fact; as it was, when that fact cannot be read."""
        expected = facts_of(type(entry)).get(self.field)
        if expected is None:
            return entry
        try:
            now = msgspec.json.decode(self.now, type=expected)
        except msgspec.MsgspecError:
            return entry
        return _with(entry, self.field, now)


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
        plan.readings[self.entry] = self.reading
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
        if before.by.role is Role.CLIENT and how["by"].role is not Role.CLIENT:
            raise errors.NotYours
        self.record(EntryWithdrawn, entry=entry, reason=reason, asked_by=asked_by, words=words, **how)

    def correct_entry(
        self, entry: int, field: str, now: str, reason: str, asked_by: str = "", **how: Unpack[Telling]
    ) -> None:
        """Put a fact right. `now` is text as people type it, or JSON."""
        before = self.standing_entry(entry)
        expected = facts_of(type(before)).get(field)
        if expected is None:
            raise errors.NotAFact
        was, value = getattr(before, field), _understood(now, expected)
        if value == was:
            raise errors.NothingChanged
        check_amounts({"now": value})
        self._check_right(_with(before, field, value))
        json = {"was": _json(was), "now": _json(value), "reason": said("reason", reason)}
        self.record(EntryCorrected, entry=entry, field=field, asked_by=asked_by, **json, **how)

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

    def _check_right(self, entry: Entry) -> None:
        """Put right, the entry keeps the rules of its day, and nothing comes loose."""
        if entry.number > 1:
            self.check_day(type(entry), {"by": entry.by, "happened_on": entry.happened_on})
        elif entry.day > local_day(self.moment()):
            raise errors.NotYet
        if isinstance(entry, Decision) and entry.from_on and entry.from_on < entry.happened_on:
            raise errors.CountsTooEarly
        others = [e for e in standing(self.entries) if e.number != entry.number and e.corrects is None]
        plan = read([*others, entry])
        if plan.opened_on and any(other.day < plan.opened_on for other in others):
            raise errors.BeforeTheOpening(first=plan.opened_on)
        if loose := [end.entry for end in plan.loose if end not in self.plan.loose]:
            raise errors.WouldComeLoose(entry=loose[0])


def _with(entry: Entry, field: str, value: object) -> Entry:
    """The entry with one other fact. Who gives a day knows the day."""
    changes: dict[str, Any] = {field: value}
    if field == "happened_on":
        changes["precision"] = Precision.DAY
    return dataclasses.replace(entry, **changes)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _understood(text: str, expected: Any) -> object:
    """Read what was typed as the expected type: as JSON, else as plain text."""
    for attempt in (text, _json(text)):
        try:
            return msgspec.json.decode(attempt, type=expected)
        except msgspec.MsgspecError:
            continue
    raise errors.CannotBeRead(expected=getattr(expected, "__name__", str(expected)))
