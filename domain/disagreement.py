"""Where people do not see it the same way, and how they find a way on: by themselves, or with a mediator."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Entry, Subject, Telling
from domain.history import History, said
from domain.kinds import Voice
from domain.nouns import Disagreement, Mediation, Person, Told
from domain.plan import Plan
from domain.say import Words


class DisagreementVoiced(Entry):
    """Somebody sees it differently. It stays visible until it is settled."""

    TOPIC = "disagreement_voiced"
    SUBJECT = "subject"
    NAMES = ("number", "words")
    voice: Voice
    words: Words
    _: KW_ONLY
    person: UUID | None = None
    subject: Subject | None = None

    def tell(self, plan: Plan) -> None:
        plan.disagreements[self.number] = Disagreement(
            self.number, self.day, self.person, self.voice, self.subject, self.words
        )


class DisagreementSettled(Decision):
    """Those who disagreed found a way on. Both sides stay readable."""

    TOPIC = "disagreement_settled"
    SUBJECT = "disagreement"
    disagreement: int
    words: Words

    def tell(self, plan: Plan) -> None:
        disagreement = plan.found(plan.disagreements, Disagreement, self, self.disagreement)
        disagreement.settled_on, disagreement.settled_words = self.counts_from, self.words


class CommonGroundFound(Entry):
    """They found what they do see the same way. What they see differently stays beside it."""

    TOPIC = "common_ground_found"
    FACTS = ("with_whom",)
    words: Words
    _: KW_ONLY
    with_whom: str = ""

    def tell(self, plan: Plan) -> None:
        plan.common_ground.append(
            Told(self.number, self.day, self.words, Voice.TOGETHER, kind=self.with_whom)
        )


class MediatorOffered(Entry):
    """Somebody independent was offered, to help those who disagree."""

    TOPIC = "mediator_offered"
    SUBJECT = "disagreement"
    _: KW_ONLY
    disagreement: int | None = None
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.mediations[self.number] = Mediation(self.number, self.day, self.disagreement)


class MediatorInvolved(Decision):
    """A mediator helps from now on: as was offered, or because somebody asked for it."""

    TOPIC = "mediator_involved"
    SUBJECT = "offered"
    FACTS = ("mediator",)
    _: KW_ONLY
    offered: int | None = None
    mediator: str = ""
    person: UUID | None = None  # the mediator, when they take part in this case
    disagreement: int | None = None

    def tell(self, plan: Plan) -> None:
        mediation = Mediation(self.number, self.counts_from)
        if self.offered is not None:
            mediation = plan.found(plan.mediations, Mediation, self, self.offered)
        else:
            plan.mediations[self.number] = mediation
        mediation.involved_on, mediation.mediator = self.counts_from, self.mediator
        if self.person is not None:
            mediation.mediator = plan.found(plan.people, Person, self, self.person).name
        if self.disagreement is not None:
            mediation.disagreement = self.disagreement


class MediationEnded(Entry):
    """The mediator is done. What came of it is no settling yet: that is for those who disagreed."""

    TOPIC = "mediation_ended"
    SUBJECT = "mediation"
    mediation: int
    result: Words

    def tell(self, plan: Plan) -> None:
        mediation = plan.found(plan.mediations, Mediation, self, self.mediation)
        mediation.ended_on, mediation.result = self.day, self.result


class Disagreements(History):
    """What one may record of disagreements."""

    def voice_disagreement(
        self,
        voice: Voice,
        words: str,
        person: UUID | None = None,
        subject: Subject | None = None,
        **how: Unpack[Telling],
    ) -> int:
        """Write down who sees it differently; gives the entry number, by which it is settled."""
        if person is not None:
            self.there(lambda plan: plan.people, person, how)
        facts = {"voice": voice, "words": said("words", words), "person": person, "subject": subject}
        return self.record(DisagreementVoiced, **facts, **how)

    def settle_disagreement(self, disagreement: int, words: str, **how: Unpack[Deciding]) -> None:
        """Write down how a disagreement was settled."""
        self._unsettled(disagreement, how)
        self.record(DisagreementSettled, disagreement=disagreement, words=said("words", words), **how)

    def find_common_ground(self, words: str, with_whom: str = "", **how: Unpack[Telling]) -> None:
        """Write down what people do see the same way."""
        self.record(CommonGroundFound, words=said("words", words), with_whom=with_whom, **how)

    def offer_mediator(self, disagreement: int | None = None, words: str = "", **how: Unpack[Telling]) -> int:
        """Offer somebody independent; gives the entry number, by which the mediator is involved."""
        if disagreement is None:
            said("words", words)
        self._unsettled(disagreement, how)
        return self.record(MediatorOffered, disagreement=disagreement, words=words, **how)

    def involve_mediator(
        self,
        offered: int | None = None,
        mediator: str = "",
        person: UUID | None = None,
        disagreement: int | None = None,
        **how: Unpack[Deciding],
    ) -> int:
        """A mediator helps; gives the number by which the mediation is ended."""
        if offered is not None and self.there(lambda plan: plan.mediations, offered, how).involved_on:
            raise errors.AlreadyInvolved
        if person is None:
            said("mediator", mediator)
        elif self.there(lambda plan: plan.people, person, how).until:
            raise errors.NoLongerHere("person")
        self._unsettled(disagreement, how)
        facts = {"offered": offered, "mediator": mediator, "person": person, "disagreement": disagreement}
        number = self.record(MediatorInvolved, **facts, **how)
        return number if offered is None else offered

    def end_mediation(self, mediation: int, result: str, **how: Unpack[Telling]) -> None:
        """The mediator is done."""
        if not self.there(lambda plan: plan.mediations, mediation, how).running:
            raise errors.NoMediation
        self.record(MediationEnded, mediation=mediation, result=said("result", result), **how)

    def _unsettled(self, disagreement: int | None, how: Telling) -> None:
        if disagreement is None:
            return
        if self.there(lambda plan: plan.disagreements, disagreement, how).settled_on:
            raise errors.AlreadySettled
