"""What the client allows to be shared or asked, and takes back."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Facts
from domain.history import History, said
from domain.kinds import ConsentPurpose, Part
from domain.nouns import Consent, Party, Person, Released
from domain.plan import Plan
from domain.representation import decides_along, decides_for, enough, matter
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
    what: Words = ""

    @classmethod
    def fixed_stance(cls, facts: Facts) -> Stance | None:
        """Where a representative says yes, what the client says stands beside it, as it is."""
        return None if _agrees(facts.get("representative_say")) else cls.ANSWERS

    def tell(self, plan: Plan) -> None:
        plan.found(whom(plan), Person, self, self.to)
        given = Consent(
            self.number,
            self.counts_from,
            self.purpose,
            self.to,
            tuple(self.parts),
            self.words,
            self.until,
            what=self.what,
        )
        for held in plan.consents.values():
            if held.withdrawn_by > self.number:  # taken back before this one began to count
                given.without(held, self.counts_from)
        plan.consents[self.number] = given


class ConsentWithdrawn(Decision):
    """The client does not allow it any longer: to share, ask or tell a story. Their no is the answer.

    What is taken back is taken back whole: it is not allowed by what was allowed before or anew either. It
    holds what that was: a no stays a no, also when the entry in which it was allowed is there no more.
    """

    TOPIC = "consent_withdrawn"
    SUBJECT = "consent"
    ANSWERS = Stance.DISAGREES
    consent: int
    _: KW_ONLY
    words: Words = ""
    purpose: ConsentPurpose | None = None
    to: UUID | None = None
    parts: tuple[Part, ...] = ()
    what: Words = ""

    @classmethod
    def of(cls, given: ConsentGiven | Consent | ConsentWithdrawn) -> Facts:
        """What is taken back with this."""
        return {"purpose": given.purpose, "to": given.to, "parts": given.parts, "what": given.what}

    @classmethod
    def fixed_stance(cls, facts: Facts) -> Stance | None:
        """The same where a representative takes it back."""
        return None if _objects(facts.get("representative_say")) else cls.ANSWERS

    def tell(self, plan: Plan) -> None:
        taken = plan.found(allowed(plan), Consent, self, self.consent)
        taken.withdrawn_on = taken.withdrawn_on or self.counts_from
        if isinstance(taken, Consent):
            taken.withdrawn_by = self.number
            if self.consent not in plan.consents and self.purpose:
                taken.purpose, taken.to, taken.parts, taken.what = (
                    self.purpose,
                    self.to,
                    self.parts,
                    self.what,
                )
            for held in plan.consents.values():
                if held.entry < self.number or held.since <= self.day:  # not what was allowed anew since
                    held.without(taken, self.counts_from)


class Consents(History):
    """What one may do with consent."""

    def give_consent(
        self,
        purpose: ConsentPurpose,
        to: UUID,
        parts: tuple[Part, ...] = (),
        until: date | None = None,
        words: str = "",
        *,
        what: str = "",
        **how: Unpack[Deciding],
    ) -> int:
        """The client allows something; gives the entry's number."""
        if self.there(whom, to, how).until:
            raise errors.NoLongerHere("to")
        if purpose is ConsentPurpose.SHARING and not parts:
            raise errors.NothingToShare
        if purpose is ConsentPurpose.OTHER:
            said("what", what)
        self._check_allowed(how)
        facts = {"purpose": purpose, "to": to, "parts": parts, "until": until, "words": words, "what": what}
        return self.record(ConsentGiven, **facts, **how)

    def withdraw_consent(self, consent: int, words: str = "", **how: Unpack[Deciding]) -> None:
        """The client takes it back. What was shared until then is not undone."""
        taken = self.there(allowed, consent, how)
        if taken.withdrawn_on:
            raise errors.AlreadyWithdrawn(withdrawn=taken.withdrawn_on)
        self._check_taken_back(consent, how)
        what = ConsentWithdrawn.of(taken) if isinstance(taken, Consent) else {}
        self.record(ConsentWithdrawn, consent=consent, words=words, **what, **how)

    def _check_allowed(self, how: Deciding) -> None:
        """By the client's own yes where that is enough, or by who decides for them or along with them."""
        other, whole = how.get("representative_say"), self.entries[0].originator_id
        person = other.person if other and other.agrees else None
        if not enough(self.plan_for(how), whole, self.day_of(how), own=how["say"].agrees, other=person):
            raise errors.NotTheirConsent

    def _check_taken_back(self, consent: int, how: Deciding) -> None:
        """The client's own no is always enough; so is the no of whoever's yes it rests on."""
        other, plan, day = how.get("representative_say"), self.plan_for(how), self.day_of(how)
        if _objects(how["say"]):
            return
        about = matter(plan, consent, self.entries[0].originator_id)
        if other is None or other.person is None or not _objects(other):
            raise errors.NotTheirConsent
        if not (decides_for(plan, other.person, about, day) or decides_along(plan, other.person, about, day)):
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


def may_ask(plan: Plan, person: UUID, day: date) -> bool:
    """Whether the client allows on that day that this person is asked how they see it."""
    return any(
        consent.purpose is ConsentPurpose.ASKING and consent.to == person and consent.live(day)
        for consent in plan.consents.values()
    )
