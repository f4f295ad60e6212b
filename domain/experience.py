"""How it goes according to those it is about: wellbeing, experience, lists of questions."""

from __future__ import annotations

from dataclasses import KW_ONLY
from hashlib import sha256
from typing import Unpack

from domain import errors
from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import Experience, Voice
from domain.nouns import Judged, Questionnaire, Wellbeing
from domain.plan import Plan
from domain.say import Words


class WellbeingAsked(Entry):
    """The client was asked how they are: in words, with a mark, or that they did not want to say."""

    TOPIC = "wellbeing_asked"
    CLIENT_TOLD = True
    _: KW_ONLY
    words: Words = ""
    score: int | None = None
    did_not_want_to_say: bool = False

    def tell(self, plan: Plan) -> None:
        plan.wellbeing.append(
            Wellbeing(self.number, self.day, self.words, self.score, self.did_not_want_to_say)
        )


class ExperienceJudged(Entry):
    """Somebody said what they think of how it goes between them and those who help."""

    TOPIC = "experience_judged"
    subject: Experience
    judged_by: Voice
    _: KW_ONLY
    words: Words = ""
    score: int | None = None

    def tell(self, plan: Plan) -> None:
        plan.experiences.append(
            Judged(self.number, self.day, self.subject, self.words, self.score, self.judged_by)
        )


class QuestionnaireFilled(Entry):
    """A list of questions was filled in. The hash tells whether two lists were worded the same.

    The questions are kept as they were asked, one for each answer: later wordings do not change what was
    answered. `wording_hash` is the SHA-256 in hex of the questions, one on a line.
    """

    TOPIC = "questionnaire_filled"
    FACTS = ("instrument", "version", "helped_by")
    instrument: str
    version: str
    wording_hash: str
    asked: tuple[str, ...]
    answers: tuple[str, ...]
    filled_by: Voice
    _: KW_ONLY
    helped_by: str = ""

    @property
    def filled(self) -> list[tuple[str, str]]:
        """Every question with its answer."""
        return list(zip(self.asked, self.answers, strict=False))

    def tell(self, plan: Plan) -> None:
        plan.questionnaires.append(
            Questionnaire(
                self.number,
                self.day,
                self.instrument,
                self.version,
                self.wording_hash,
                self.asked,
                self.answers,
                self.filled_by,
                self.helped_by,
            )
        )


class Experiences(History):
    """What one may record of how it goes."""

    def ask_wellbeing(
        self,
        words: str = "",
        score: int | None = None,
        *,
        did_not_want_to_say: bool = False,
        **how: Unpack[Telling],
    ) -> None:
        """Write down how the client says they are, or that they did not want to say."""
        if not did_not_want_to_say:
            words_or_mark(words, score)
        elif words.strip() or score is not None:
            raise errors.SaidAfterAll
        facts = {"words": words, "score": score, "did_not_want_to_say": did_not_want_to_say}
        self.record(WellbeingAsked, **facts, **how)

    def judge_experience(
        self,
        subject: Experience,
        judged_by: Voice,
        words: str = "",
        score: int | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Write down what somebody thinks of how it goes. It is never inferred."""
        facts = {"judged_by": judged_by, "words": words_or_mark(words, score), "score": score}
        self.record(ExperienceJudged, subject=subject, **facts, **how)

    def fill_questionnaire(
        self,
        instrument: str,
        edition: str,
        asked: tuple[str, ...],
        answers: tuple[str, ...],
        **facts: Unpack[Filling],
    ) -> None:
        """Write down a list of questions with its answers, in the same order."""
        said("asked", "".join(asked))
        if len(asked) != len(answers):
            raise errors.NotAsManyAnswers(questions=len(asked), answers=len(answers))
        self.record(
            QuestionnaireFilled,
            instrument=said("instrument", instrument),
            version=edition,
            wording_hash=sha256("\n".join(asked).encode()).hexdigest(),
            asked=asked,
            answers=answers,
            **facts,
        )


class Filling(Telling, total=False):
    """Who filled in a list of questions."""

    filled_by: Voice
    helped_by: str


def words_or_mark(words: str, *marks: int | None) -> str:
    """The words; without any mark they may not be left empty."""
    return words if any(mark is not None for mark in marks) else said("words", words)
