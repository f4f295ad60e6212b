"""What the client allows to be shared or asked, and takes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Facts
from domain.history import History
from domain.kinds import ConsentPurpose, Part
from domain.nouns import Consent, Party, Person, Released
from domain.plan import Plan
from domain.representation import decides_for
from domain.say import NO, Say, Stance, Words


class ConsentGiven(Decision):
    """The client allows something, to somebody, until a day. The event itself is the answer."""

    TOPIC = "consent_given"
    ANSWERS = Stance.AGREES
    purpose: ConsentPurpose
    to: UUID
    parts: tuple[Part, ...]
    _: KW_ONLY
    until: date | None = None
    words: Words = ""

    @classmethod
    def fixed_stance(cls, facts: Facts) -> Stance | None:
        """Where a representative says yes, what the client says stands beside it, as it is."""
        return None if _agrees(facts.get("representative_say")) else cls.ANSWERS

    def tell(self, plan: Plan) -> None:
        plan.found(whom(plan), Person, self, self.to)
        plan.consents[self.number] = Consent(
            self.number, self.counts_from, self.purpose, self.to, tuple(self.parts), self.words, self.until
        )


class ConsentWithdrawn(Decision):
    """The client does not allow it any longer: to share, ask or tell a story. Their no is the answer."""

    TOPIC = "consent_withdrawn"
    SUBJECT = "consent"
    ANSWERS = Stance.DISAGREES
    consent: int
    _: KW_ONLY
    words: Words = ""

    @classmethod
    def fixed_stance(cls, facts: Facts) -> Stance | None:
        """The same where a representative takes it back."""
        return None if _objects(facts.get("representative_say")) else cls.ANSWERS

    def tell(self, plan: Plan) -> None:
        consent = plan.found(allowed(plan), Consent, self, self.consent)
        consent.withdrawn_on = consent.withdrawn_on or self.counts_from


class Consents(History):
    """What one may do with consent."""

    def give_consent(
        self,
        purpose: ConsentPurpose,
        to: UUID,
        parts: tuple[Part, ...] = (),
        until: date | None = None,
        words: str = "",
        **how: Unpack[Deciding],
    ) -> int:
        """The client allows something; gives the entry's number."""
        if self.there(whom, to, how).until:
            raise errors.NoLongerHere("to")
        if purpose is ConsentPurpose.SHARING and not parts:
            raise errors.NothingToShare
        if until and until < (how.get("from_on") or self.day_of(how)):
            raise errors.EndsTooSoon
        self._who_decides(how, _agrees)
        facts = {"purpose": purpose, "to": to, "parts": parts, "until": until, "words": words}
        return self.record(ConsentGiven, **facts, **how)

    def withdraw_consent(self, consent: int, words: str = "", **how: Unpack[Deciding]) -> None:
        """The client takes it back. What was shared until then is not undone."""
        if withdrawn := self.there(allowed, consent, how).withdrawn_on:
            raise errors.AlreadyWithdrawn(withdrawn=withdrawn)
        self._who_decides(how, _objects)
        self.record(ConsentWithdrawn, consent=consent, words=words, **how)

    def _who_decides(self, how: Deciding, answers: Callable[[Say | None], bool]) -> None:
        """The client's own answer, or that of who decides for them about the plan as a whole."""
        other, whole = how.get("representative_say"), self.entries[0].originator_id
        if answers(how["say"]):
            return
        if other is None or other.person is None or not answers(other):
            raise errors.NotTheirConsent
        if not decides_for(self.plan_for(how), other.person, whole, self.day_of(how)):
            raise errors.NotTheirConsent


def _agrees(say: Say | None) -> bool:
    return say is not None and say.agrees


def _objects(say: Say | None) -> bool:
    return say is not None and say.stance in NO


def whom(plan: Plan) -> dict[UUID, Person | Party]:
    """Everybody to whom something can be allowed."""
    return {**plan.people, **plan.parties}


def allowed(plan: Plan) -> dict[int, Consent | Released]:
    """Everything the client allowed, by its entry."""
    return {**plan.consents, **plan.released}
