"""A mandate: somebody from outside reviews cases, for a purpose, on a legal ground, until a day.

Each case of a mandate has a stream of its own beside the case, sealed with the key of that client. Whoever is
forgotten is so here too, with all that was found about them; the other cases of the mandate stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import ClassVar, TypedDict, Unpack
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import errors
from domain.case import Case
from domain.days import end_of, local_day
from domain.entry import Actor, Facts, Role
from domain.history import said
from domain.say import Words
from domain.settings import MANDATE_CASES, MANDATE_LASTS


class Reviewed(Aggregate.Event):
    """What happens in a review: by whom, and from which form."""

    TOPIC: ClassVar[str]
    by: Actor
    _: KW_ONLY
    posted: UUID | None = None

    @property
    def number(self) -> int:
        """Its place in this review."""
        return self.originator_version

    def apply(self, review: Review) -> None:
        """Remember it; what else it does is its own."""
        review.events.append(self)
        self.tell(review)

    def tell(self, review: Review) -> None:
        """Say what this changes in the review."""


class MandateGiven(Reviewed, Aggregate.Created):
    """A reviewer may look into this case. `cases` are all of the mandate, so that it ends as a whole."""

    TOPIC = "mandate_given"
    client_id: UUID
    case_id: UUID
    mandate_id: UUID
    cases: tuple[UUID, ...]
    reviewer: Actor
    purpose: Words
    ground: Words
    until: date  # that day included


class MandateEnded(Reviewed):
    """The mandate was ended before its day, at once."""

    TOPIC = "mandate_ended"
    reason: Words

    def tell(self, review: Review) -> None:
        review.ended = self


class FindingNoted(Reviewed):
    """What the reviewer found in this case. `entry`: the entry of the case that it is about."""

    TOPIC = "finding_noted"
    words: Words
    _: KW_ONLY
    entry: int | None = None

    def tell(self, review: Review) -> None:
        review.findings.append(self)


class QuestionAsked(Reviewed):
    """What the reviewer wants to know from the organisation."""

    TOPIC = "question_asked"
    words: Words
    _: KW_ONLY
    entry: int | None = None

    def tell(self, review: Review) -> None:
        review.questions[self.number] = Question(self)


class QuestionAnswered(Reviewed):
    """What the organisation says to that. `question` is the number of the question in this review."""

    TOPIC = "question_answered"
    question: int
    words: Words

    def tell(self, review: Review) -> None:
        if asked := review.questions.get(self.question):
            asked.answer = self


@dataclass
class Question:
    """A question of the reviewer, and what the organisation said to it."""

    asked: QuestionAsked
    answer: QuestionAnswered | None = None


class Doing(TypedDict):
    """What is passed with every command: by whom, when, and from which form."""

    by: Actor
    now: datetime
    posted: UUID


class Review(Aggregate):
    """One case under one mandate. What is over takes nothing more, and opens nothing."""

    @staticmethod
    def create_id(mandate_id: UUID, case_id: UUID) -> UUID:
        """From two random ids, so it says nothing; and one mandate is given for a case once."""
        return uuid5(mandate_id, str(case_id))

    @classmethod
    def give_mandate(
        cls,
        cases: Sequence[Case],
        reviewer: Actor,
        purpose: str,
        ground: str,
        until: date,
        **how: Unpack[Doing],
    ) -> list[Review]:
        """For each case a review. The id of the form is that of the mandate: sent twice, it is given once."""
        today = local_day(how["now"])
        _check_term(until, today)
        if reviewer.role is not Role.REVIEWER:
            raise errors.NotAReviewer
        if not cases:
            raise errors.Empty("cases")
        if len(cases) > MANDATE_CASES:
            raise errors.TooManyCases(most=MANDATE_CASES)
        facts: Facts = {
            "by": how["by"],
            "posted": how["posted"],
            "mandate_id": how["posted"],
            "cases": tuple(case.id for case in cases),
            "reviewer": reviewer,
            "purpose": said("purpose", purpose),
            "ground": said("ground", ground),
            "until": until,
        }
        return [cls._given(case, how["now"], facts) for case in cases]

    @classmethod
    def _given(cls, case: Case, now: datetime, facts: Facts) -> Review:
        own = {"case_id": case.id, "client_id": case.client_id, **facts}
        stream = cls.create_id(facts["mandate_id"], case.id)
        return cls._create(MandateGiven, id=stream, timestamp=now, **own)

    def __init__(
        self,
        *,
        case_id: UUID,
        mandate_id: UUID,
        cases: tuple[UUID, ...],
        reviewer: Actor,
        purpose: str,
        ground: str,
        until: date,
    ) -> None:
        self.case_id, self.mandate_id, self.cases, self.reviewer = case_id, mandate_id, cases, reviewer
        self.purpose, self.ground, self.until = purpose, ground, until
        self.events: list[Reviewed] = []
        self.findings: list[FindingNoted] = []
        self.questions: dict[int, Question] = {}
        self.ended: MandateEnded | None = None

    @property
    def given(self) -> Reviewed:
        """Who gave it, and when."""
        return self.events[0]

    @property
    def open_questions(self) -> list[Question]:
        """Those that wait for the organisation."""
        return [one for one in self.questions.values() if one.answer is None]

    def live(self, now: datetime) -> bool:
        """Whether it holds at this moment: until the last moment of its day here, unless it was ended."""
        return self.ended is None and now <= end_of(self.until)

    def end_mandate(self, reason: str, **how: Unpack[Doing]) -> None:
        """Over, from this moment on. Ended already: then it stays as it was."""
        if self.live(how["now"]):
            self._add(MandateEnded, how, reason=said("reason", reason))

    def note_finding(self, words: str, case: Case, entry: int | None = None, **how: Unpack[Doing]) -> None:
        """The reviewer writes down what they found."""
        self._by_the_reviewer(FindingNoted, words, case, entry, how)

    def ask_question(self, words: str, case: Case, entry: int | None = None, **how: Unpack[Doing]) -> None:
        """The reviewer asks the organisation something."""
        self._by_the_reviewer(QuestionAsked, words, case, entry, how)

    def answer_question(self, question: int, words: str, **how: Unpack[Doing]) -> None:
        """The organisation answers, once: what was said stays as it was said."""
        asked = self.questions.get(question)
        if asked is None:
            raise errors.NoSuchQuestion
        if asked.answer and asked.answer.posted != how["posted"]:
            raise errors.QuestionAnsweredBefore
        self._add(QuestionAnswered, how, question=question, words=said("words", words))

    def _by_the_reviewer(
        self, kind: type[Reviewed], words: str, case: Case, entry: int | None, how: Doing
    ) -> None:
        if how["by"].user != self.reviewer.user:
            raise errors.NotTheirMandate
        if entry is not None and not 1 <= entry <= case.version:
            raise errors.NoSuchEntry("entry")
        self._add(kind, how, words=said("words", words), entry=entry)

    def _add(self, kind: type[Reviewed], how: Doing, **facts: object) -> None:
        """The same form again changes nothing."""
        if not self.live(how["now"]):
            raise errors.MandateIsOver
        before = next((one for one in self.events if one.posted == how["posted"]), None)
        if before is None:
            moment = max(how["now"], self.modified_on)
            self.trigger_event(kind, timestamp=moment, by=how["by"], posted=how["posted"], **facts)
        elif type(before) is not kind or any(vars(before)[name] != facts[name] for name in facts):
            raise errors.RecordedBefore


def _check_term(until: date, today: date) -> None:
    if until < today:
        raise errors.EndsTooSoon
    if until > today + MANDATE_LASTS:
        raise errors.LongerThanAYear
