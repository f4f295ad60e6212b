"""Talking together: who was there, what was explained, and how others see it."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.consent import may_ask
from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import ConversationKind, OpensWith, Topic
from domain.nouns import Informed, Person, Talk, View
from domain.plan import Plan
from domain.say import Words


class ConversationHeld(Entry):
    """People talked. Was the client there, and if not, why?"""

    TOPIC = "conversation_held"
    FACTS = ("kind", "client_present", "present", "absent", "opening_about", "discussed", "technique")
    kind: ConversationKind
    client_present: bool
    _: KW_ONLY
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    why_absent: Words = ""
    opening_question: Words = ""
    opening_about: OpensWith | None = None
    discussed: tuple[Topic, ...] = ()
    why_not_discussed: Words = ""
    technique: str = ""
    words: Words = ""
    own_reading: Words = ""  # the listener's, marked as such

    def tell(self, plan: Plan) -> None:
        plan.talks.append(
            Talk(self.number, self.day, self.kind, self.client_present, tuple(self.present), self.by)
        )


class InformationGiven(Entry):
    """Something was explained to somebody. Whether they understood it is asked, and may stay unknown."""

    TOPIC = "information_given"
    FACTS = ("subject", "form", "to")
    subject: str
    form: str
    to: str
    _: KW_ONLY
    understood: bool | None = None
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.informed.append(
            Informed(self.number, self.day, self.subject, self.form, self.to, self.understood, self.words)
        )


class NetworkViewHeard(Entry):
    """Somebody close to the client said how they see it. Asked with the client's consent, or `unasked`."""

    TOPIC = "network_view_heard"
    person: UUID
    words: Words
    _: KW_ONLY
    unasked: bool = False  # they came with it themselves: for the author's team only

    def tell(self, plan: Plan) -> None:
        plan.found(plan.people, Person, self, self.person)  # whose view it is may be gone; the view stays
        view = View(self.number, self.day, self.words, self.person, self.unasked, by=self.by)
        plan.views.append(view)


class ProfessionalViewGiven(Entry):
    """A professional said how they see it, why, and what they recommend. It decides nothing."""

    TOPIC = "professional_view_given"
    words: Words
    reasons: Words
    _: KW_ONLY
    recommends: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.views.append(
            View(
                self.number,
                self.day,
                self.words,
                reasons=self.reasons,
                recommends=self.recommends,
                by=self.by,
            )
        )


class Conversations(History):
    """What one may record of talking together."""

    def hold_conversation(self, **facts: Unpack[Holding]) -> None:
        """People talked."""
        if not facts["client_present"]:
            said("why_absent", facts.get("why_absent", ""))
        self.record(ConversationHeld, **facts)

    def give_information(
        self,
        subject: str,
        form: str,
        to: str,
        *,
        understood: bool | None = None,
        words: str = "",
        **how: Unpack[Telling],
    ) -> None:
        """Write down what was explained, how, and to whom."""
        facts = {"subject": said("subject", subject), "form": said("form", form), "to": said("to", to)}
        self.record(InformationGiven, understood=understood, words=words, **facts, **how)

    def hear_network_view(
        self, person: UUID, words: str, *, unasked: bool = False, **how: Unpack[Telling]
    ) -> None:
        """Write down how somebody close sees it. Asking them needs the client's consent of that day."""
        asked = self.there(lambda plan: plan.people, person, how)
        if not unasked and not may_ask(self.plan_for(how), person, self.day_of(how)):
            raise errors.NotAllowedToAsk(name=asked.name)
        self.record(NetworkViewHeard, person=person, words=said("words", words), unasked=unasked, **how)

    def give_professional_view(
        self, words: str, reasons: str, recommends: str = "", **how: Unpack[Telling]
    ) -> None:
        """Write down how a professional sees it, with the reasons."""
        facts = {"words": said("words", words), "reasons": said("reasons", reasons)}
        self.record(ProfessionalViewGiven, recommends=recommends, **facts, **how)


class Holding(Telling, total=False):
    """What goes into a conversation."""

    kind: ConversationKind
    client_present: bool
    present: tuple[str, ...]
    absent: tuple[str, ...]
    why_absent: str
    opening_question: str
    opening_about: OpensWith | None
    discussed: tuple[Topic, ...]
    why_not_discussed: str
    technique: str
    words: str
    own_reading: str
