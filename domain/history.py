"""What every noun of a case stands on: the entries so far, the plan they tell, and the way to add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from domain import errors
from domain.days import Precision, last_day, local_day
from domain.entry import Actor, Decision, Entry, Facts, Role, Subject, Telling
from domain.facts import LINKS, check_entry, check_facts
from domain.kinds import PersonKind
from domain.nouns import Held, Person
from domain.plan import Plan, read, standing
from domain.say import FIRM, PRESSING, YES, Say, Stance

K = TypeVar("K")
N = TypeVar("N", bound=Held)


class History:
    """The entries of one case. Commands judge the plan on the entry's own day, not on today's."""

    entries: list[Entry]
    clock: Callable[[], datetime]
    _plans: dict[date, Plan]

    @property
    def plan(self) -> Plan:
        """All there is to tell, also what was decided for later."""
        return self.plan_on(date.max)

    def plan_on(self, day: date) -> Plan:
        """The plan as it was on a day. To read only: it is kept until the next entry."""
        if day not in self._plans:
            self._plans[day] = read(self.entries, on=day)
        return self._plans[day]

    def read_as(self, entries: list[Entry]) -> Self:
        """The same case for who reads only these of its entries. To read: commands see all of them."""
        vars(shown := copy(self)).update(entries=entries, _plans={})
        return shown

    def plan_for(self, how: Telling) -> Plan:
        """The plan on the day of the entry that is being made."""
        return self.plan_on(self.day_of(how))

    def day_of(self, how: Telling) -> date:
        """The last day the entry that is being made can have been."""
        return last_day(how["happened_on"], how.get("precision", Precision.DAY), self.moment())

    def moment(self) -> datetime:
        """When the next entry is recorded. It never goes back, whatever the clock does."""
        return max([self.clock(), *(entry.timestamp for entry in self.entries[-1:])])

    def there(self, held: Callable[[Plan], Mapping[K, N]], key: K, how: Telling) -> N:
        """The noun on the entry's own day; NotThereYet says its first day; NotInThePlan: it has none."""
        on_the_day = held(self.plan_for(how))
        if key in on_the_day:
            return on_the_day[key]
        ever = held(self.plan)
        if key in ever:
            raise errors.NotThereYet(first=ever[key].since)
        raise errors.NotInThePlan(about=key)

    def check_links(self, entry_type: type[Entry], facts: Facts) -> None:
        """What these facts name, where they name something, was there on the entry's own day."""
        how, itself = cast("Telling", facts), entry_type.NAMES[0]
        for name, held in LINKS.items():
            if name != itself and (key := facts.get(name)) is not None:
                self.there(held, key, how)
        if isinstance(subject := facts.get("subject"), UUID | int):
            self._check_subject(subject, how)

    def entry(self, number: int) -> Entry | None:
        """The entry with this number; None: there is none, or it is not theirs to read (read_as)."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def standing_entry(self, number: int) -> Entry:
        """An earlier entry as it stands: not withdrawn, and with its corrections."""
        found = next((entry for entry in standing(self.entries) if entry.number == number), None)
        if found is None:
            raise errors.NoSuchEntry
        return found

    def entry_there(self, number: int, how: Telling) -> Entry:
        """The same, but not on a day before its own."""
        found = self.standing_entry(number)
        if found.day > self.day_of(how):
            raise errors.NotThereYet(first=found.day)
        return found

    def person_here(self, person: UUID, how: Telling) -> Person:
        """Somebody who takes part on the entry's own day."""
        found = self.there(lambda plan: plan.people, person, how)
        if found.until:
            raise errors.NoLongerHere
        return found

    def _check_subject(self, subject: Subject, how: Telling) -> None:
        """What somebody speaks about: a goal, support or wish, an entry by number, or the plan as a whole."""
        if isinstance(subject, int):
            self.entry_there(subject, how)
        elif subject != self.entries[0].originator_id:
            self.there(lambda plan: {**plan.goals, **plan.supports, **plan.wishes}, subject, how)

    def posted(self, form: UUID) -> list[Entry]:
        """The entries that came from this form: when there are any, it was recorded before."""
        return [entry for entry in self.entries if entry.posted == form]

    def take(self, entry: Entry) -> None:
        """One more entry. The plan is read again when someone asks for it."""
        self.entries.append(entry)
        self._plans = {}

    def record(self, entry_type: type[Entry], /, **facts: Any) -> int:
        """Decided: add the entry, and give its number. What holds for every entry is checked here."""
        how = cast("Telling", facts)
        self.check_day(entry_type, how)
        check_say(entry_type, facts)
        check_facts(facts, local_day(self.moment()))
        self._check_question(entry_type, facts)
        self._check_ground(entry_type, facts)
        self._check_people_and_entries(facts, how)
        if not facts.get("source"):  # what was recorded elsewhere followed the rules of there
            self.check_links(entry_type, facts)
            check_entry(self._as_entry(entry_type, facts), self.plan_for(how))
        return self.write(entry_type, facts)

    def _as_entry(self, entry_type: type[Entry], facts: Facts) -> Entry:
        """The entry that these facts would be."""
        case_id, number = self.entries[0].originator_id, len(self.entries) + 1
        place: Facts = {"originator_id": case_id, "originator_version": number, "timestamp": self.moment()}
        return entry_type(**place, **facts)

    def write(self, entry_type: type[Entry], facts: Facts) -> int:
        """Write the entry down. Only record() calls this."""
        raise NotImplementedError

    def check_day(self, entry_type: type[Entry], how: Telling) -> None:
        """Not in the future, not before the opening; after a closing only what may still be added."""
        if how["happened_on"] > local_day(self.moment()):
            raise errors.DecidedAhead if issubclass(entry_type, Decision) else errors.NotYet
        plan = self.plan_on(day := self.day_of(how))
        first, closed = plan.opened_on or self.plan.opened_on, plan.closed_on
        if first and day < first:
            raise errors.BeforeTheOpening(first=first)
        if closed and day > closed and not entry_type.AFTER_CLOSING:
            raise errors.CaseIsClosed(closed=closed)

    def _check_people_and_entries(self, facts: Facts, how: Telling) -> None:
        """Who speaks, and what is answered, are known on that day."""
        for say in (facts.get("say"), facts.get("representative_say")):
            if say is not None:
                self._check_speaker(say, how)
        if other := facts.get("representative_say"):
            self._check_representative(other.person, how)
        for number in (facts.get("about"), facts.get("evaluation"), facts.get("led_to")):
            if number is not None:
                self.entry_there(number, how)

    def _check_speaker(self, say: Say, how: Telling) -> None:
        if say.person is not None:
            self.there(lambda plan: plan.people, say.person, how)
        if say.shown_version is not None and not 1 <= say.shown_version <= len(self.entries):
            raise errors.NoSuchEntry("shown_version")
        if say.read_alike_by is not None:
            reader = self.person_here(say.read_alike_by, how)
            if say.read_alike_by == say.person or not of_another_side(how["by"], reader):
                raise errors.SameSide

    def _check_representative(self, person: UUID, how: Telling) -> None:
        """Whoever takes part as one, or was named. What of it counts is read in domain.representation."""
        takes_part = self.there(lambda plan: plan.people, person, how).kind is PersonKind.REPRESENTATIVE
        named, day = self.plan_for(how).representations.values(), self.day_of(how)
        if not takes_part and not any(held.person == person and held.live(day) for held in named):
            raise errors.NotTheRepresentative

    def _check_question(self, entry_type: type[Entry], facts: Facts) -> None:
        """While a question lies with the client, not having asked needs a danger, a court or a law."""
        say: Say | None = facts.get("say")
        about = {"originator_id": self.entries[0].originator_id, **facts}
        subject: Subject | None = about.get(entry_type.SUBJECT)
        if say is None or subject is None or say.stance is not Stance.NOT_ASKED:
            return
        if say.reason in PRESSING and say.why.strip():
            return
        if question := self.plan_for(cast("Telling", facts)).open_question(subject):
            raise errors.QuestionIsOpen(question=question)

    def _check_ground(self, entry_type: type[Entry], facts: Facts) -> None:
        """A decision rests on more than a list of questions: on the talk or the evaluation about it."""
        grounds = {facts.get("about"), facts.get("evaluation")} - {None}
        if not issubclass(entry_type, Decision) or not grounds or facts.get("conversation_id"):
            return
        if grounds <= {filled.entry for filled in self.plan_for(cast("Telling", facts)).questionnaires}:
            raise errors.OnlyAQuestionnaire


def check_say(entry_type: type[Entry], facts: Facts) -> None:
    """What holds for every say, whatever the plan: it says something, and it is nobody else's."""
    say: Say | None = facts.get("say")
    if say is None:
        return
    imported = facts["by"].role is Role.IMPORT or facts.get("source")
    if say.stance is Stance.UNKNOWN and not imported:
        raise errors.NoSay
    if say.stance is Stance.NOT_ASKED and say.reason is None:
        raise errors.NoReason
    if say.person is None and say.means in FIRM and facts["by"].role is not Role.CLIENT and not imported:
        raise errors.NotOwnHand
    if issubclass(entry_type, Decision):
        _check_decision(entry_type, facts, say)


def _check_decision(entry_type: type[Decision], facts: Facts, say: Say) -> None:
    other: Say | None = facts.get("representative_say")
    if say.person is not None or (other and other.person is None):
        raise errors.NotTheirSay
    answer = entry_type.fixed_stance(facts)
    if answer and say.stance is not answer:
        raise errors.OtherAnswer
    if answer in YES and not say.agrees:
        raise errors.OnlySeen
    if facts.get("from_on") and facts["from_on"] < facts["happened_on"]:
        raise errors.CountsTooEarly


def of_another_side(writer: Actor, reader: Person) -> bool:
    """Whether these two do not work together, nor stand together on the client's side."""
    works = writer.role not in (Role.CLIENT, Role.REPRESENTATIVE)
    if works != (reader.kind is PersonKind.WORKER):
        return reader.user != writer.user
    sides = {writer.organisation.strip().casefold(), reader.organisation.strip().casefold()}
    return works and "" not in sides and len(sides) > 1


def said(name: str, words: str) -> str:
    """Words that may not be left empty."""
    if not words.strip():
        raise errors.Empty(name)
    return words
