"""Refusals: the client says no, and that is respected. A no stays readable, whatever follows."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors, settings
from domain.days import Precision
from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.kinds import SupportStatus, WhyRefused
from domain.nouns import Refusal, Respect, Support
from domain.plan import Plan
from domain.say import Stance, Words


class SupportRefused(Decision):
    """The client said no to this support. The event itself is the answer, and it stays."""

    TOPIC = "support_refused"
    SUBJECT = "support_id"
    ANSWERS = Stance.DISAGREES
    support_id: UUID
    reason: WhyRefused
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        support = plan.found(plan.supports, Support, self, self.support_id)
        refusal = Refusal(self.number, self.day, self.support_id, self.reason, self.words)
        refusal.quiet_until = self._quiet_until
        support.refusals.append(refusal)
        plan.refusals[self.number] = refusal
        if not support.running:  # what runs goes on until somebody stops it, and says so
            support.status, support.ended_on = SupportStatus.REFUSED, self.day

    @property
    def _quiet_until(self) -> date | None:
        """The end of the usual time. An imprecise day never counts for a term."""
        if self.precision is not Precision.DAY:
            return None
        return self.day + settings.QUIET if self.day <= date.max - settings.QUIET else date.max


class RefusalRespected(Entry):
    """What was done with a refusal: stopped, alternatives, and how the client can come back."""

    TOPIC = "refusal_respected"
    SUBJECT = "refusal"
    FACTS = ("stopped", "trusted_person")
    refusal: int
    stopped: bool
    door: Words
    _: KW_ONLY
    alternatives: Words = ""
    trusted_person: str = ""
    quiet_until: date | None = None  # date.max: not asked again; None: the usual time

    def tell(self, plan: Plan) -> None:
        refusal = plan.found(plan.refusals, Refusal, self, self.refusal)
        refusal.respected = Respect(
            self.number, self.day, self.stopped, self.alternatives, self.trusted_person, self.door
        )
        if not refusal.stands:  # the client has come back to it since
            return
        refusal.quiet_until = self.quiet_until or refusal.quiet_until
        support = plan.supports.get(refusal.support_id) if refusal.support_id else None
        if support and support.running and self.stopped:
            support.status, support.ended_on = SupportStatus.REFUSED, self.day


class Refusals(History):
    """What one may do with a refusal."""

    def refuse_support(
        self, support_id: UUID, reason: WhyRefused, words: str = "", **how: Unpack[Deciding]
    ) -> int:
        """The client says no, to an offer or to what runs; gives the number of the refusal."""
        support = self.there(lambda plan: plan.supports, support_id, how)
        if not support.open or (support.refused and not support.refused.respected):
            raise errors.AlreadyRefused
        return self.record(SupportRefused, support_id=support_id, reason=reason, words=words, **how)

    def respect_refusal(self, refusal: int, **facts: Unpack[Respecting]) -> None:
        """Write down what was done with a refusal."""
        refused = self.there(lambda plan: plan.refusals, refusal, facts)
        if refused.respected:
            raise errors.AlreadyRespected
        if (until := facts.get("quiet_until")) and until < refused.since:
            raise errors.QuietEndsTooSoon(said=refused.since)
        said("door", facts["door"])
        self.record(RefusalRespected, refusal=refusal, **facts)


def check_quiet(support: Support, day: date) -> None:
    """StillQuiet while the client is not asked about this again yet."""
    if refusal := support.quiet_on(day):
        if refusal.quiet_until in (None, date.max):
            raise errors.LeftInPeace
        raise errors.StillQuiet(said=refusal.since, until=refusal.quiet_until)


def check_left_in_peace(plan: Plan, support_id: UUID, day: date) -> None:
    """The same for what is on offer: a no to the same, since this was offered or agreed to."""
    this = plan.supports[support_id]
    agreed = [(p.on, p.entry) for p in plan.stances_on(support_id).of() if p.agrees]
    open_since = max([(this.since, this.entry), *agreed])
    for support in plan.supports.values():
        no = support.quiet_on(day) if support.same_as(this.provider, this.kind, this.goal_id) else None
        if no and (no.since, no.entry) > open_since:
            check_quiet(support, day)


class Respecting(Telling, total=False):
    """What goes into the respect for a refusal."""

    stopped: bool
    door: str
    alternatives: str
    trusted_person: str
    quiet_until: date | None
