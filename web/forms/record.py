"""Forms that keep the record right: correct, withdraw, read back, put a statement beside, restrict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from flask_babel import gettext

from domain.case import Case
from domain.entry import Entry
from domain.kinds import Voice, WhyRestricted, WhyWithdrawn
from projections.masked import masked
from web.forms import pickers
from web.forms.asking import EntryForm
from web.forms.facts import as_it_stands, as_typed, facts_in, question_for, told
from web.forms.fields import Choice, Day, Line, Question, Words, YesNo
from web.forms.picks import Pick, Speaker, number
from web.forms.situation import Option, Situation


class Fact(Question):
    """Which fact of the entry it is about."""

    kind = "pick"

    def __init__(self, label: str) -> None:
        super().__init__(label, required=True)
        self.offered: list[Option] = []

    def options(self, at: Situation) -> list[Option]:  # noqa: ARG002
        return self.offered

    def read(self, value: Any) -> str:
        return str(value)


class Now(Question):
    """What it must be: asked in the way that fits the fact."""

    asked: Question = Line("")
    was = ""

    def help(self) -> str:
        return str(gettext("Now it says: %(was)s", was=self.was or "–"))

    @property
    def kind(self) -> str:  # type: ignore[override]  # that of what it stands for
        return self.asked.kind

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]  # the same
        return self.asked.parts

    def options(self, at: Situation) -> list[Option]:
        return self.asked.options(at)

    def read(self, value: Any) -> str:
        return msgspec.json.encode(self.asked.read(value)).decode()


class CorrectEntry(EntryForm):
    """A fact was written down wrong: put it right. What stood there stays readable."""

    STEPS = ("entry", "field")
    entry = Pick("Which entry?", pickers.entries, key=number, required=True)
    field = Fact("Which fact?")
    now = Now("What must it be?", required=True)
    reason = Words("Why?", required=True)
    asked_by = Line("Who asked for it?")

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:
        """The facts are those of the entry that was chosen, and each is asked in its own way."""
        entry = as_it_stands(at.case, values.get("entry"))
        if entry is None:
            return
        facts, field, now = facts_in(entry), self.fields["field"], self.fields["now"]
        assert isinstance(field, Fact)  # noqa: S101  # as written above
        assert isinstance(now, Now)  # noqa: S101
        if entry.number not in masked(at.case.entries):
            facts = [Option(name, _with_what_stands(entry, name, text, at)) for name, text in facts]
        field.offered = facts
        if (name := values.get("field", "")) in {fact.value for fact in facts}:
            now.asked = question_for(name, type(entry))
            now.was = told(getattr(entry, name))

    def standing(self, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
        """What stands there now, as it is typed."""
        entry, name = as_it_stands(case, values.get("entry")), values.get("field", "")
        if entry is None or name not in {fact.value for fact in facts_in(entry)}:
            return {}
        return {} if entry.number in masked(case.entries) else as_typed("now", getattr(entry, name))


def _with_what_stands(entry: Entry, name: str, label: str, at: Situation) -> str:
    return f"{label}: {pickers.short(told(getattr(entry, name), at.plan)) or '–'}"


class WithdrawEntry(EntryForm):
    """An entry was made in error. It stays readable, struck through."""

    entry = Pick("Which entry?", pickers.entries, key=number, required=True)
    reason = Choice("Why?", WhyWithdrawn, required=True)
    words = Words("Explanation")
    asked_by = Line("Who asked for it?")


class RestrictEntry(EntryForm):
    """Keep an entry without using it, because its processing is contested (AVG art. 18)."""

    entry = Pick("Which entry?", pickers.entries, key=number, required=True)
    ground = Choice("Why?", WhyRestricted, required=True)
    asked_by = Line("Who asked for it?")


class LiftRestrictionOfEntry(EntryForm):
    """Use an entry again. The client is told before that."""

    entry = Pick("Which entry?", pickers.entries_restricted, key=number, required=True)
    told_on = Day("Told to the client on", required=True)


class ReadBack(EntryForm):
    """An entry was read back to the one whose words they are."""

    entry = Pick("Which entry?", pickers.entries, key=number, required=True)
    right = YesNo("Was it right?", required=True)
    words = Words("If not: the new words")
    person = Speaker("To whom?", pickers.speakers)
    signed_sheet = Pick("The signed sheet", pickers.signed_sheets)


class AddStatement(EntryForm):
    """Put the client's statement beside an entry. The entry itself does not change."""

    entry = Pick("Beside which entry?", pickers.entries, key=number, required=True)
    words = Words("The statement", required=True)
    stated_by = Choice("Whose statement is it?", Voice, required=True)
