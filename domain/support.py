"""Support: what is offered, accepted, started – at once when it cannot wait – and ended."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID, uuid4

from domain import errors
from domain.entry import Deciding, Decision, Entry, Initiative, Telling
from domain.history import History, said
from domain.kinds import SupportKind, SupportStatus
from domain.nouns import Amount, Measure, Support
from domain.plan import Plan
from domain.refusals import check_left_in_peace, check_quiet
from domain.say import Stance, Words
from domain.whose_yes import check_enough


class SupportOffered(Entry):
    """Support was offered. Nothing starts by it."""

    TOPIC = "support_offered"
    SUBJECT = "support_id"
    NAMES = ("support_id", "what")
    FACTS = ("kind", "provider", "goal_id", "need_id", "wish_id", "amount", "reference")
    support_id: UUID
    what: Words
    kind: SupportKind
    provider: str
    _: KW_ONLY
    goal_id: UUID | None = None
    need_id: UUID | None = None
    wish_id: UUID | None = None
    amount: Amount | None = None
    alternative_to: UUID | None = None
    again_of: UUID | None = None
    again_because: Words = ""
    asked_for: bool | None = None
    alternatives_considered: Words = ""
    reference: str = ""

    def check(self, plan: Plan) -> None:
        """A refusal stops the offer of the same for the quiet time; one alternative at a time is enough."""
        for key, support in plan.supports.items():
            again = key == self.again_of or support.same_as(self.provider, self.kind, self.goal_id)
            if again and not self.again_because.strip():
                check_quiet(support, self.day)
        other = plan.supports.get(self.alternative_to) if self.alternative_to else None
        if other and self.kind is not other.kind:
            beside = (s for s in plan.supports.values() if s.alternative_to == self.alternative_to)
            if any(s.status is SupportStatus.OFFERED and s.kind is not other.kind for s in beside):
                raise errors.OneAlternativeAtATime

    def tell(self, plan: Plan) -> None:
        plan.supports[self.support_id] = Support(
            self.number,
            self.day,
            self.what,
            self.kind,
            self.provider,
            SupportStatus.OFFERED,
            self.goal_id,
            self.need_id,
            self.wish_id,
            self.amount,
            self.alternative_to,
            self.again_of,
            asked_for=self.asked_for,
        )


class SupportAccepted(Decision):
    """The client said yes to this support. The event itself is the answer."""

    TOPIC = "support_accepted"
    SUBJECT = "support_id"
    ANSWERS = Stance.AGREES
    support_id: UUID

    def tell(self, plan: Plan) -> None:
        support = plan.found(plan.supports, Support, self, self.support_id)
        if not self.say.agrees:  # one person thought so: it stands as that, and ends no peace
            return
        if not support.running:
            support.status, support.ended_on = SupportStatus.ACCEPTED, None
        for refusal in support.refusals:
            refusal.came_back = True


class SupportDecision(Decision):
    """A decision about one support."""

    SUBJECT = "support_id"
    support_id: UUID

    def amount_in(self, plan: Plan) -> Amount | None:
        """How much of it there is in this plan."""
        support = plan.supports.get(self.support_id)
        return support.amount if support else None


class SupportStarted(SupportDecision):
    """Support began."""

    TOPIC = "support_started"
    FACTS = ("amount", "reference")
    _: KW_ONLY
    amount: Amount | None = None
    reference: str = ""

    @property
    def heard_from(self) -> date:
        """What was said of another amount is about that amount."""
        return self.counts_from if self.amount else self.day

    def tell(self, plan: Plan) -> None:
        support = plan.found(plan.supports, Support, self, self.support_id)
        if self.amount and self.amount != support.amount:
            plan.text_changed(self)  # agreement was with the amount before
        support.status, support.started_on, support.ended_on = SupportStatus.RUNNING, self.counts_from, None
        support.measure(Measure(self.amount or support.amount, self.counts_from, self.number))


class EmergencySupportStarted(SupportDecision):
    """Help began that could not wait. It needs no goal, wish or offer; the client's say stands with it."""

    TOPIC = "emergency_support_started"
    NAMES = ("support_id", "what")
    FACTS = ("kind", "provider", "amount")
    what: Words
    kind: SupportKind
    provider: str
    reason: Words
    _: KW_ONLY
    amount: Amount | None = None

    def tell(self, plan: Plan) -> None:
        plan.supports[self.support_id] = support = Support(
            self.number,
            self.counts_from,
            self.what,
            self.kind,
            self.provider,
            SupportStatus.RUNNING,
            started_on=self.counts_from,
            emergency=True,
        )
        support.measure(Measure(self.amount, self.counts_from, self.number, self.reason))


class SupportEnded(SupportDecision):
    """Support stopped."""

    TOPIC = "support_ended"
    reason: Words

    def tell(self, plan: Plan) -> None:
        support = plan.found(plan.supports, Support, self, self.support_id)
        support.status, support.ended_on, support.reason = SupportStatus.ENDED, self.counts_from, self.reason


class Supports(History):
    """What one may do with support."""

    def offer_support(self, **facts: Unpack[Offering]) -> UUID:
        """Offer support; gives its id. Not again in the quiet time without a reason."""
        said("what", facts["what"])
        self.record(SupportOffered, support_id=(support_id := uuid4()), **facts)
        return support_id

    def accept_support(self, support_id: UUID, **how: Unpack[Deciding]) -> None:
        """The client says yes; also after a refusal, whenever the client comes back to it."""
        support = self._support(support_id, how)
        if not (support.refused or support.status in {SupportStatus.OFFERED, SupportStatus.REFUSED}):
            raise errors.NotOnOffer
        if how["initiative"] is not Initiative.CLIENT:
            check_left_in_peace(self.plan_for(how), support_id, self.day_of(how))
        whole, other = self.entries[0].originator_id, how.get("representative_say")
        check_enough(self.plan_for(how), support_id, whole, self.day_of(how), other)
        self.record(SupportAccepted, support_id=support_id, **how)

    def start_support(self, support_id: UUID, amount: Amount | None = None, **how: Unpack[Deciding]) -> None:
        """Support begins. It may begin before a plan is laid down."""
        if self._support(support_id, how).status not in {SupportStatus.OFFERED, SupportStatus.ACCEPTED}:
            raise errors.NotOnOffer
        if not (how["say"].agrees and how["initiative"] is Initiative.CLIENT):
            check_left_in_peace(self.plan_for(how), support_id, self.day_of(how))
        self.record(SupportStarted, support_id=support_id, amount=amount, **how)

    def start_emergency_support(
        self,
        what: str,
        kind: SupportKind,
        provider: str,
        reason: str,
        amount: Amount | None = None,
        **how: Unpack[Deciding],
    ) -> UUID:
        """Start help that cannot wait; gives its id. It needs no chain, but why it could not wait is said."""
        facts = {"kind": kind, "amount": amount, "reason": said("reason", reason)}
        facts |= {"what": said("what", what), "provider": said("provider", provider)}
        self.record(EmergencySupportStarted, support_id=(support_id := uuid4()), **facts, **how)
        return support_id

    def end_support(self, support_id: UUID, reason: str, **how: Unpack[Deciding]) -> None:
        """Support stops."""
        running(self, support_id, how)
        self.record(SupportEnded, support_id=support_id, reason=said("reason", reason), **how)

    def _support(self, support_id: UUID, how: Telling) -> Support:
        return self.there(lambda plan: plan.supports, support_id, how)


def running(case: History, support_id: UUID, how: Telling) -> Support:
    """The support as it ran on the day of the entry; NotRunning when it did not."""
    support = case.there(lambda plan: plan.supports, support_id, how)
    if not support.running:
        raise errors.NotRunning
    return support


class Offering(Telling, total=False):
    """What goes into an offer."""

    what: str
    kind: SupportKind
    provider: str
    goal_id: UUID | None
    need_id: UUID | None
    wish_id: UUID | None
    amount: Amount | None
    alternative_to: UUID | None
    again_of: UUID | None
    again_because: str
    asked_for: bool | None
    alternatives_considered: str
    reference: str
