"""The client chooses and tries; and what could not be had is written down."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.kinds import ChoiceSize, ChoiceSubject, TryoutResult, Voice
from domain.nouns import Choice, Ideal, Tryout
from domain.plan import Plan
from domain.say import Stance, Words


class ChoiceOffered(Entry):
    """Something was laid before the client to choose from. Nothing is chosen by it."""

    TOPIC = "choice_offered"
    NAMES = ("number", "between")
    FACTS = ("subject", "size")
    subject: ChoiceSubject
    options: tuple[str, ...]
    size: ChoiceSize

    @property
    def between(self) -> str:
        """The options in one breath."""
        return " / ".join(self.options)

    def tell(self, plan: Plan) -> None:
        plan.choices[self.number] = Choice(self.number, self.day, self.subject, self.options, self.size)


class ChoiceMade(Decision):
    """The client chose: from what was laid before them, or of their own accord. The newest choice counts."""

    TOPIC = "choice_made"
    SUBJECT = "offered"
    NAMES = ("number", "chosen")
    ANSWERS = Stance.AGREES
    chosen: Words
    _: KW_ONLY
    offered: int | None = None
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        if not self.say.agrees:  # one person thought so: nothing was chosen by that
            return
        choice = Choice(self.number, self.counts_from)
        if self.offered is not None:
            choice = plan.found(plan.choices, Choice, self, self.offered)
        else:
            plan.choices[self.number] = choice
        choice.chosen, choice.words, choice.chosen_on = self.chosen, self.words, self.counts_from


class IdealNotAvailable(Entry):
    """What the client wanted could not be had, and something else came instead. The wish stays."""

    TOPIC = "ideal_not_available"
    SUBJECT = "wish_id"
    wanted: Words
    came_instead: Words
    _: KW_ONLY
    wish_id: UUID | None = None

    def tell(self, plan: Plan) -> None:
        plan.ideals.append(Ideal(self.number, self.day, self.wanted, self.came_instead, self.wish_id))


class TryoutAgreed(Decision):
    """Something is tried until a day, to be looked back on."""

    TOPIC = "tryout_agreed"
    NAMES = ("number", "words")
    FACTS = ("until",)
    words: Words
    until: date
    _: KW_ONLY
    wish_id: UUID | None = None

    def tell(self, plan: Plan) -> None:
        plan.tryouts[self.number] = Tryout(
            self.number, self.counts_from, self.wish_id, self.words, self.until
        )


class TryoutLookedBack(Entry):
    """What came of trying, according to somebody."""

    TOPIC = "tryout_looked_back"
    SUBJECT = "tryout"
    tryout: int
    result: TryoutResult
    judged_by: Voice
    words: Words

    def tell(self, plan: Plan) -> None:
        tryout = plan.found(plan.tryouts, Tryout, self, self.tryout)
        tryout.result, tryout.judged_by = self.result, self.judged_by
        tryout.looked_back_on, tryout.looked_back = self.day, self.words


class Choices(History):
    """What one may record of choices."""

    def offer_choice(
        self, subject: ChoiceSubject, options: tuple[str, ...], size: ChoiceSize, **how: Unpack[Telling]
    ) -> int:
        """Lay something before the client to choose from; gives the entry number, by which it is chosen."""
        if len({option.strip().casefold() for option in options} - {""}) < 2:  # noqa: PLR2004  # or it is none
            raise errors.NothingToChoose
        return self.record(ChoiceOffered, subject=subject, options=options, size=size, **how)

    def make_choice(
        self, chosen: str, offered: int | None = None, words: str = "", **how: Unpack[Deciding]
    ) -> int:
        """Write down what the client chose, also when that was not among what was offered, or anew."""
        if offered is not None:
            self.there(lambda plan: plan.choices, offered, how)
        facts = {"chosen": said("chosen", chosen), "offered": offered, "words": words}
        return self.record(ChoiceMade, **facts, **how)

    def note_ideal_not_available(
        self, wanted: str, came_instead: str, wish_id: UUID | None = None, **how: Unpack[Telling]
    ) -> None:
        """Write down what could not be had, and what came instead."""
        facts = {"wanted": said("wanted", wanted), "came_instead": said("came_instead", came_instead)}
        self.record(IdealNotAvailable, wish_id=wish_id, **facts, **how)

    def agree_tryout(
        self, words: str, until: date, wish_id: UUID | None = None, **how: Unpack[Deciding]
    ) -> int:
        """Agree to try something until a day; gives the entry number, by which it is looked back on."""
        return self.record(TryoutAgreed, words=said("words", words), until=until, wish_id=wish_id, **how)

    def look_back_on_tryout(
        self, tryout: int, result: TryoutResult, judged_by: Voice, words: str, **how: Unpack[Telling]
    ) -> None:
        """Write down what came of trying."""
        if self.there(lambda plan: plan.tryouts, tryout, how).result:
            raise errors.AlreadyLookedBack
        facts = {"result": result, "judged_by": judged_by, "words": said("words", words)}
        self.record(TryoutLookedBack, tryout=tryout, **facts, **how)
