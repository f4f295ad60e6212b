"""What is needed: talking points out of wishes, needs, and what was weighed."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID, uuid4

from domain import errors
from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import LifeArea, Voice
from domain.nouns import Circumstances, Confirmation, Need, TalkingPoint
from domain.plan import Plan
from domain.say import Words

WEIGHED = ("person", "means", "surroundings", "culture", "feasibility")


class TalkingPointSet(Entry):
    """Something is to be talked about, out of a wish or not."""

    TOPIC = "talking_point_set"
    SUBJECT = "talking_point_id"
    NAMES = ("talking_point_id", "words")
    FACTS = ("wish_id",)
    talking_point_id: UUID
    words: Words
    _: KW_ONLY
    wish_id: UUID | None = None

    def tell(self, plan: Plan) -> None:
        plan.points[self.talking_point_id] = TalkingPoint(self.number, self.day, self.words, self.wish_id)


class NeedStated(Entry):
    """Somebody said what is needed. Whether the client sees it so is another entry."""

    TOPIC = "need_stated"
    SUBJECT = "need_id"
    NAMES = ("need_id", "words")
    FACTS = ("life_area",)
    need_id: UUID
    words: Words
    stated_by: Voice
    _: KW_ONLY
    life_area: LifeArea | None = None

    def tell(self, plan: Plan) -> None:
        plan.needs[self.need_id] = Need(self.number, self.day, self.words, self.stated_by, self.life_area)


class NeedConfirmed(Entry):
    """Somebody said whether a need is as it was stated. When it is not, it stays, with what they said."""

    TOPIC = "need_confirmed"
    SUBJECT = "need"
    need: UUID
    confirmed_by: Voice
    right: bool
    _: KW_ONLY
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.found(plan.needs, Need, self, self.need).confirmations.append(
            Confirmation(self.number, self.day, self.confirmed_by, self.right, self.words)
        )


class CircumstancesWeighed(Entry):
    """What counts in choosing a form of support. Whether it is possible stands apart from the wish."""

    TOPIC = "circumstances_weighed"
    _: KW_ONLY
    person: Words = ""
    means: Words = ""
    surroundings: Words = ""
    culture: Words = ""
    feasibility: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.circumstances.append(
            Circumstances(
                self.number,
                self.day,
                self.person,
                self.means,
                self.surroundings,
                self.culture,
                self.feasibility,
            )
        )


class Needs(History):
    """What one may record of needs."""

    def set_talking_point(self, words: str, wish_id: UUID | None = None, **how: Unpack[Telling]) -> UUID:
        """Put something on the list to talk about; gives its id."""
        facts = {"talking_point_id": (point := uuid4()), "words": said("words", words), "wish_id": wish_id}
        self.record(TalkingPointSet, **facts, **how)
        return point

    def state_need(
        self, words: str, stated_by: Voice, life_area: LifeArea | None = None, **how: Unpack[Telling]
    ) -> UUID:
        """Write down what is needed, and according to whom; gives its id."""
        facts = {"words": said("words", words), "stated_by": stated_by, "life_area": life_area}
        self.record(NeedStated, need_id=(need_id := uuid4()), **facts, **how)
        return need_id

    def confirm_need(
        self, need: UUID, confirmed_by: Voice, *, right: bool = True, words: str = "", **how: Unpack[Telling]
    ) -> None:
        """Write down whether a need is as it was stated."""
        self.there(lambda plan: plan.needs, need, how)
        if not right:
            said("words", words)
        facts = {"confirmed_by": confirmed_by, "right": right, "words": words}
        self.record(NeedConfirmed, need=need, **facts, **how)

    def weigh_circumstances(self, **facts: Unpack[Weighing]) -> None:
        """Write down what was weighed."""
        if not any(str(facts.get(part, "")).strip() for part in WEIGHED):
            raise errors.NothingFilledIn
        self.record(CircumstancesWeighed, **facts)


class Weighing(Telling, total=False):
    """What can be weighed."""

    person: str
    means: str
    surroundings: str
    culture: str
    feasibility: str
