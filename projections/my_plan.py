"""What is asked of the client, or of who speaks for them, and whose own plan a case is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.entry import Actor, Entry, Subject
from domain.kinds import Asks, GoalStatus, SupportStatus, TakenUp, Voice
from domain.nouns import Amount, Goal, Held, Proposal, Support
from domain.plan import Plan, read
from domain.representation import decides_alone
from domain.say import NO, SAID, Position
from projections.masked import masked
from projections.read_model import Db

TAKEN = {TakenUp.TAKEN_UP, TakenUp.PARTLY}
OWN = """
    SELECT case_id
      FROM shown.caseload
     WHERE %(user)s = ANY(own_users)
     ORDER BY opened_on DESC, case_id"""


@dataclass(frozen=True)
class Question:
    """One thing to answer. `subject` is what the answer is about, `entry` what asks it in these words: it is
    known by both, for one entry can ask about several things.
    """

    subject: Subject
    entry: int
    kind: str  # goal, proposal, support
    now: str
    then: str
    words: str = ""  # what the one who asks says about it
    about: str = ""  # the goal or support it is about, as it is called
    amount: Amount | None = None
    provider: str = ""
    in_plan: bool = False  # a goal that came into the plan before anybody asked
    anew: bool = False  # nobody asks it now: it was answered, and an answer may change
    asked_by: Actor | None = None
    asked_on: date | None = None
    answer_by: date | None = None
    said: tuple[Position, ...] = ()  # what the one who is asked said before
    place: int = 0  # among the things that its entry asks about, from 1 on; 0: it is the only one

    @property
    def number(self) -> str:
        """How people quote it, on paper: 44, and 44.1 and 44.2 of an entry that asks about two things."""
        return f"{self.entry}.{self.place}" if self.place else str(self.entry)


def own_cases(db: Db, user: UUID) -> list[UUID]:
    """The cases of this client, or where this person was named to speak for the client; newest first."""
    return [case_id for (case_id,) in db.execute(OWN, {"user": user}).fetchall()]


def readable(entries: Iterable[Entry], today: date) -> list[Entry]:
    """The entries that the client reads: not what may not be used now, and not what is of somebody else."""
    told = list(entries)
    hidden = masked(told, None, today)
    return [entry for entry in told if entry.number not in hidden]


def questions(entries: Iterable[Entry], today: date, person: UUID | None = None) -> list[Question]:
    """What waits for an answer of the client, or of this representative: each thing once, oldest first."""
    return Asking(readable(entries, today), today, person).waiting


def question_of(
    entries: Iterable[Entry], today: date, subject: Subject | None, entry: int, person: UUID | None = None
) -> Question | None:
    """What waits for an answer about this subject, as this entry asks it. No subject: of an entry that asks
    one thing.
    """
    asked = (question for question in questions(entries, today, person) if question.entry == entry)
    return next((question for question in asked if subject in (None, question.subject)), None)


def question_on(
    entries: Iterable[Entry], today: date, subject: Subject, person: UUID | None = None
) -> Question | None:
    """The question about this subject, also when it was answered before: an answer may change."""
    return Asking(readable(entries, today), today, person).on(subject)


class Asking:
    """What can be asked of one person, read from entries that they may read. None: the client."""

    def __init__(self, entries: Iterable[Entry], today: date, person: UUID | None = None) -> None:
        self._told: Mapping[int, Entry] = {entry.number: entry for entry in entries}
        self.plan: Plan = read(self._told.values(), on=today)
        self.today, self._person = today, person

    @property
    def waiting(self) -> list[Question]:
        """What is open, oldest first."""
        return sorted(self.open(), key=lambda question: question.entry)

    def open(self) -> Iterator[Question]:
        """What nobody answered yet. A goal about which a change is proposed is asked about once."""
        plan = self.plan
        answered = {question.subject for question in self.answered}
        asked = [nr for nr, p in plan.proposals.items() if _asks(p) and nr not in answered]
        goals = [key for key, goal in plan.goals.items() if goal.open and not plan.open_question(key)]
        offers = [key for key, s in plan.supports.items() if s.status is SupportStatus.OFFERED]
        yield from (self._proposal(number) for number in asked)
        yield from (self._goal(key) for key in goals if self._waits(key) and not self._own_words(key))
        yield from (self._support(key) for key in offers if self._waits(key))

    @property
    def answered(self) -> list[Question]:
        """The open proposals to which who speaks for the client said what they think: it decides nothing."""
        if self._person is None:
            return []
        asked = (number for number, proposal in self.plan.proposals.items() if _asks(proposal))
        return [self._proposal(number) for number in asked if not self._unsaid(number, self._person)]

    def on(self, subject: Subject) -> Question | None:
        """The question about one subject, while an answer still matters; also when nobody asks it now."""
        found = self._about(subject)
        if found and not any(question.subject == subject for question in self.open()):
            return replace(found, anew=True, asked_by=None)
        return found

    def _about(self, subject: Subject) -> Question | None:
        proposal = self.plan.proposals.get(subject) if isinstance(subject, int) else None
        if proposal:
            return self._proposal(proposal.entry) if _asks(proposal) else None
        goal = self.plan.goals.get(subject) if isinstance(subject, UUID) else None
        support = self.plan.supports.get(subject) if isinstance(subject, UUID) else None
        if goal and goal.open and isinstance(subject, UUID):
            return self._goal(subject)
        still = support and support.status is not SupportStatus.ENDED
        return self._support(subject) if still and isinstance(subject, UUID) else None

    def _proposal(self, number: int) -> Question:
        asked = self.plan.proposals[number]
        return Question(
            number,
            number,
            "proposal",
            asked.now,
            asked.then,
            asked.words,
            name_of(self.plan, asked.subject),
            asked_by=self._asker(number),
            asked_on=asked.since,
            answer_by=asked.answer_by,
            said=self._said(number),
        )

    def _goal(self, key: UUID) -> Question:
        goal = self.plan.goals[key]
        entry = _worded_in(goal)
        return Question(
            key,
            entry,
            "goal",
            goal.former[-1].words if goal.former else "",
            goal.words,
            in_plan=goal.status is not GoalStatus.PROPOSED,
            asked_by=self._asker(entry),
            asked_on=self._day(entry, goal),
            said=self._said(key),
            place=self._place(entry, key),
        )

    def _support(self, key: UUID) -> Question:
        support = self.plan.supports[key]
        entry = _worded_in(support)
        return Question(
            key,
            entry,
            "support",
            "",
            support.what,
            about=name_of(self.plan, support.goal_id),
            amount=support.amount,
            provider=support.provider,
            in_plan=support.running,
            asked_by=self._asker(entry),
            asked_on=self._day(entry, support),
            said=self._said(key),
        )

    def _own_words(self, key: UUID) -> bool:
        """The client came with it, in these words, and said nothing else since: it is not asked back."""
        goal = self.plan.goals[key]
        own = goal.words_of is Voice.CLIENT and goal.proposed_by is Voice.CLIENT and not goal.former
        return own and not self.plan.stances_on(key).of()

    def _waits(self, subject: Subject) -> bool:
        """Whether the client has to answer; or who speaks for them, where the client's yes is not enough."""
        if self._unsaid(subject, None) or self._person is None:
            return self._unsaid(subject, None)
        return not decides_alone(self.plan, subject, self.today) and self._unsaid(subject, self._person)

    def _unsaid(self, subject: Subject, person: UUID | None) -> bool:
        """Never said, said about another text, or two answers that do not go together."""
        held = [p for p in self.plan.stances_on(subject).of(person) if p.say.stance in SAID]
        return len(held) != 1 or held[0].about_previous_text

    def _said(self, subject: Subject) -> tuple[Position, ...]:
        return tuple(p for p in self.plan.stances_on(subject).of(self._person) if p.say.stance in SAID)

    def _place(self, number: int, key: UUID) -> int:
        """Which of the things it is that this entry named; 0 when it named no more than one."""
        named = [subject for subject, _ in self._told[number].named()] if number in self._told else []
        return named.index(key) + 1 if len(named) > 1 and key in named else 0

    def _day(self, number: int, noun: Held) -> date:
        return self._told[number].day if number in self._told else noun.since

    def _asker(self, number: int) -> Actor | None:
        return self._told[number].by if number in self._told else None


def _asks(proposal: Proposal) -> bool:
    """Whether the client can still answer it."""
    return proposal.open and proposal.asks is Asks.CLIENT


def _worded_in(noun: Goal | Support) -> int:
    """The entry that put it in the words of now."""
    return noun.former[-1].entry if noun.former else noun.entry


def turned_down(plan: Plan) -> list[Proposal]:
    """What the client was asked and said no to, unless a later answer about the same took it up."""
    taken = {p.subject: p.entry for p in plan.proposals.values() if p.subject and p.answer in TAKEN}
    asked = (p for p in plan.proposals.values() if p.asks is Asks.CLIENT and p.answer is TakenUp.NOT)
    stays = (p for p in asked if not (p.subject and taken.get(p.subject, 0) > p.entry))
    return [p for p in stays if any(held.say.stance in NO for held in plan.stances_on(p.entry).of())]


def name_of(plan: Plan, subject: Subject | None) -> str:
    """What a goal, support or wish is called."""
    if isinstance(subject, UUID):
        if goal := plan.goals.get(subject):
            return goal.words
        if support := plan.supports.get(subject):
            return support.what
        if wish := plan.wishes.get(subject):
            return wish.words
    return ""
