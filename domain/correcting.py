"""What can be put right in an entry: its days, and the facts its kind names. All else stays as it was said.

A kind that names no facts is safe. Never a fact: somebody's words, stance or judgement; whose idea it was;
the id of what an entry is about, and any id in a decision, so that nobody's yes or no moves. Such an entry
is withdrawn and written down again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import KW_ONLY
from functools import cache
from typing import Any, Unpack, get_type_hints

import msgspec

from domain import errors
from domain.days import Precision, local_day
from domain.entry import Decider, Decision, Entry, Telling
from domain.facts import check_entry, check_facts
from domain.history import History, said
from domain.own_hand import check_own_hand
from domain.plan import Plan, read, standing
from domain.representation import decided_by
from domain.say import Words

DAYS = ("happened_on", "from_on")


@cache
def facts_of(kind: type[Entry]) -> dict[str, Any]:
    """What can be corrected in this kind of entry, with types."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hint for name, hint in hints.items() if name in (*DAYS, *kind.FACTS)}


class EntryCorrected(Entry):
    """A fact in an entry was wrong. What stood there stays readable. `was` and `now` are JSON."""

    TOPIC = "entry_corrected"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    FACTS = ("asked_by",)
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


class Correcting(History):
    """What one may put right."""

    def correct_entry(
        self, entry: int, field: str, now: str, reason: str, asked_by: str = "", **how: Unpack[Telling]
    ) -> None:
        """Put a fact right. `now` is text as people type it, or JSON."""
        before = self.standing_entry(entry)
        check_own_hand(before, how)
        expected = facts_of(type(before)).get(field)
        if expected is None:
            raise errors.NotAFact
        was, value = getattr(before, field), _understood(now, expected)
        if value == was:
            raise errors.NothingChanged
        if isinstance(value, str) and field in _required(type(before)):
            said("now", value)
        right = _with(before, field, value)
        others = [e for e in standing(self.entries) if e.number != entry and e.corrects is None]
        self._check_day(right)
        self._check_plan(before, right, others, field)
        self._check_rules(before, right, others)
        json = {"was": _json(was), "now": _json(value), "reason": said("reason", reason)}
        self.record(EntryCorrected, entry=entry, field=field, asked_by=asked_by, **json, **how)

    def _check_day(self, entry: Entry) -> None:
        """Put right, the entry keeps the rules of its day."""
        if entry.number > 1:
            self.check_day(type(entry), {"by": entry.by, "happened_on": entry.happened_on})
        elif entry.day > local_day(self.moment()):
            raise errors.NotYet
        if isinstance(entry, Decision) and entry.from_on and entry.from_on < entry.happened_on:
            raise errors.CountsTooEarly

    def _check_rules(self, before: Entry, after: Entry, others: list[Entry]) -> None:
        """What kept the rules keeps them: this entry, and every other about the same."""
        if wrong := _new(self._refusal(after, others), self._refusal(before, others)):
            wrong.field = "now"
            raise wrong
        about = {after.concerns, after.number} - {None}
        for other in (e for e in others if e.concerns in about):
            rest = [e for e in others if e is not other]
            if _new(self._refusal(other, [*rest, after]), self._refusal(other, [*rest, before])):
                raise errors.WouldNotHold(entry=other.number)

    def _refusal(self, entry: Entry, others: list[Entry]) -> errors.Refused | None:
        """Why this entry could not be recorded after those before it."""
        earlier = [e for e in others if (e.day, e.number) < (entry.day, entry.number)]
        try:
            check_facts(vars(entry), local_day(self.moment()))
            self.read_as(others).check_links(type(entry), vars(entry))
            check_entry(entry, read(earlier, on=entry.day))
        except errors.Refused as refused:
            return refused
        return None

    def _check_plan(self, before: Entry, after: Entry, others: list[Entry], field: str) -> None:
        """Nothing comes loose, and nobody stands elsewhere. By another day nobody else has decided."""
        was, now = read([*others, before]), read([*others, after])
        if now.opened_on and any(other.day < now.opened_on for other in others):
            raise errors.BeforeTheOpening(first=now.opened_on)
        if loose := [end.entry for end in now.loose if end not in was.loose]:
            raise errors.WouldComeLoose(entry=loose[0])
        if _where_they_stand(was) != _where_they_stand(now):
            raise errors.StandsElsewhere
        if field in DAYS and _deciders([*others, before], was) != _deciders([*others, after], now):
            raise errors.StandsElsewhere


def _new(now: errors.Refused | None, was: errors.Refused | None) -> errors.Refused | None:
    """Why it is refused now, where it was not for that before: by a late entry, or as stated elsewhere."""
    known = now and was and type(now) is type(was) and now.about == was.about
    return None if known else now


def _required(kind: type[Entry]) -> set[str]:
    """What is always filled in."""
    return {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}


def _where_they_stand(plan: Plan) -> dict[Any, Any]:
    """What everybody says now, by subject and person."""
    return {
        (subject, person): [(held.entry, held.say, held.about_previous_text) for held in positions]
        for subject, stances in plan.stances.items()
        for person, positions in stances.held.items()
    }


def _deciders(entries: list[Entry], plan: Plan) -> dict[int, Decider]:
    """Who decided, of everything that a representative had a say in."""
    decisions = (e for e in entries if isinstance(e, Decision) and e.representative_say)
    return {e.number: decided_by(e, plan, e.say, e.representative_say) for e in decisions}


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
