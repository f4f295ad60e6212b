"""What an inspector asks of one case, and what an answer is made of.

A question is a function marked with @question: its docstring is the question as it stands on screen, and it
tells its answer in sentences, each with the entries it rests on. It reads no clock and no database, gives no
judgement, and looks in everything up to a day, as it was known by a moment. The texts are in English and are
translated on the way out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.days import Precision
from domain.entry import Decision, Entry, Subject
from domain.say import Words
from projections.called import Called
from projections.evidence import about
from projections.questions.looked import Looker
from projections.signals.signal import Observed
from projections.then import Searched


class LookedIn(Enum):
    """What an answer is found in."""

    ENTRIES = auto()
    CONTACTS = auto()
    LOOKS = auto()


@dataclass(frozen=True)
class Phrase:
    """A text of our own inside a sentence, to be translated too."""

    text: str
    context: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class When:
    """A day, no more exact than it is known."""

    day: date
    precision: Precision = Precision.DAY

    @classmethod
    def of(cls, entry: Entry) -> When:
        return cls(entry.happened_on, entry.precision)


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer: its text, with %(facts)s, somebody's words, and the entries it rests on.

    `of_law`: it tells what a law asks, and nothing that was found; `unchecked`: nobody looked that up yet.
    """

    says: str
    facts: Mapping[str, object] = field(default_factory=dict)
    words: Words = ""
    entries: tuple[int, ...] = ()
    of_law: bool = False
    unchecked: bool = False


@dataclass(frozen=True)
class Answer:
    """The answer to one question. Nothing found is an answer too: then it says where it looked."""

    number: int
    asks: str
    sentences: tuple[Sentence, ...]
    looked_in: tuple[Sentence, ...]

    @property
    def found(self) -> bool:
        """Whether the record answers it; what a law asks is no answer."""
        return any(not sentence.of_law for sentence in self.sentences)

    @property
    def entries(self) -> tuple[int, ...]:
        """All that it rests on."""
        return tuple(sorted({number for sentence in self.sentences for number in sentence.entries}))


@dataclass(frozen=True)
class Asked:
    """One case, read for an inspector: what is seen on the day, all that was told by the moment, who looked.

    `told` holds each entry as it was written down, also those that do not stand any more.
    """

    seen: Observed
    told: Mapping[int, Entry]
    looks: Sequence[Looker]
    searched: Searched
    called: Called

    @property
    def on(self) -> date:
        return self.seen.today

    @cached_property
    def case_id(self) -> UUID | None:
        """Whose entries these are."""
        return next((entry.originator_id for entry in self.told.values()), None)

    @cached_property
    def decisions(self) -> list[Decision]:
        """What was decided by then, also when it counts later; the oldest first."""
        made = (e for e in self.seen.entries if isinstance(e, Decision) and e.day <= self.on)
        return sorted(made, key=lambda e: (e.day, e.number))

    def about(self, entry: Entry) -> str:
        """What the subject of an entry was called then."""
        return about(self.called, entry)

    def what(self, entry: Entry) -> tuple[object, ...]:
        """What kind of entry it is, and what it is about."""
        subject = self.about(entry)
        return (event(entry), f"“{subject}”") if subject else (event(entry),)

    def named(self, subject: Subject | None) -> object:
        """What something in the plan is called on the day."""
        plan = self.seen.plan
        texts: list[Mapping[Any, str]] = [
            {key: goal.words for key, goal in plan.goals.items()},
            {key: support.what for key, support in plan.supports.items()},
            {key: wish.words for key, wish in plan.wishes.items()},
            {key: person.name for key, person in plan.people.items()},
        ]
        if found := next((text[subject] for text in texts if subject in text), ""):
            return f"“{found}”"
        if isinstance(subject, int) and subject in self.told:
            return Phrase(
                "entry %(number)s (%(what)s)", facts={"number": subject, "what": event(self.told[subject])}
            )
        whole = subject is None or subject == self.case_id
        return Phrase("the plan as a whole") if whole else Phrase("something that is not in this plan")

    def name(self, person: UUID | None) -> str | Phrase:
        """Who this is."""
        if person is None:
            return Phrase("the client")
        known = self.seen.plan.people.get(person)
        return known.name if known else Phrase("somebody who is not in the plan")


Ask = Callable[[Asked], Iterator[Sentence]]


@dataclass(frozen=True)
class Question:
    """One question, with its number in the list of inspectors."""

    number: int
    ask: Ask
    looks_in: LookedIn

    def answer(self, asked: Asked) -> Answer:
        """As the record answers it."""
        told = tuple(self.ask(asked))
        return Answer(self.number, self.ask.__doc__ or "", told, tuple(looked(asked, self.looks_in)))


def question(number: int, looks_in: LookedIn = LookedIn.ENTRIES) -> Callable[[Ask], Question]:
    """Marks the function that answers a question."""
    return lambda ask: Question(number, ask, looks_in)


def tell(says: str, *shown: Entry | int, **facts: object) -> Sentence:
    """A sentence that rests on these entries. %(day)s is the day of the first of them; `words` are somebody's
    own, and stand behind it.
    """
    if shown and isinstance(shown[0], Entry):
        facts.setdefault("day", When.of(shown[0]))
    numbers = dict.fromkeys(one.number if isinstance(one, Entry) else one for one in shown)
    return Sentence(says, facts, str(facts.pop("words", "")), tuple(numbers))


def event(entry: Entry) -> Phrase:
    """What kind of entry it is."""
    return Phrase(entry.TOPIC.replace("_", " "), "event")


def by_law(says: str, *shown: Entry | int, checked: bool, **facts: object) -> Sentence:
    """What a law asks, and whether somebody looked that up."""
    return replace(tell(says, *shown, **facts), of_law=True, unchecked=not checked)


def looked(asked: Asked, where: LookedIn) -> Iterator[Sentence]:
    """Where the answer was looked for."""
    if where is LookedIn.CONTACTS:
        yield tell(
            "Looked in all contacts up to and including %(on)s: %(many)s.",
            many=len(asked.seen.contacts),
            on=asked.on,
        )
        return
    if where is LookedIn.LOOKS:
        many = sum(look.times for look in asked.looks)
        yield tell(
            "Looked in the log of who looked, up to and including %(on)s. Lines: %(many)s.",
            many=many,
            on=asked.on,
        )
    yield from looked_in(asked.searched)


def looked_in(searched: Searched) -> Iterator[Sentence]:
    """In which entries."""
    facts = {"many": searched.entries, "on": searched.last}
    if not searched.entries:
        yield tell("There is no entry up to and including %(on)s.", **facts)
    elif searched.entries == 1:
        yield tell("Looked in the one entry up to and including %(on)s.", **facts)
    else:
        yield tell("Looked in all %(many)s entries up to and including %(on)s.", **facts)
    if searched.unread:
        yield tell("Entries that you may not read, and that were left out: %(many)s.", many=searched.unread)
