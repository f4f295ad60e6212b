"""How much support: more, less, otherwise, or for a while not; and whether it fits."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Entry, Telling
from domain.history import History, said
from domain.kinds import Fit, SupportStatus, Voice
from domain.nouns import Amount, FitJudgement, FormerText, Measure, Pause, Support
from domain.plan import Plan
from domain.say import Words
from domain.support import SupportDecision, running


class SupportScaledDown(SupportDecision):
    """The client needs less help with this now. The way back is written down."""

    TOPIC = "support_scaled_down"
    CHANGES_TEXT = True
    FACTS = ("to",)
    to: Amount
    reason: Words
    way_back: Words

    def check(self, plan: Plan) -> None:
        now = self.amount_in(plan)
        if self.to.compared_to(now) in {0, 1}:
            raise errors.NotLess(amount=now)

    def tell(self, plan: Plan) -> None:
        measure = Measure(self.to, self.counts_from, self.number, self.reason, self.way_back)
        plan.found(plan.supports, Support, self, self.support_id).measure(measure)


class SupportScaledUp(SupportDecision):
    """The client needs more help with this now."""

    TOPIC = "support_scaled_up"
    CHANGES_TEXT = True
    FACTS = ("to",)
    to: Amount
    reason: Words

    def check(self, plan: Plan) -> None:
        now = self.amount_in(plan)
        if self.to.compared_to(now) in {0, -1}:
            raise errors.NotMore(amount=now)

    def tell(self, plan: Plan) -> None:
        measure = Measure(self.to, self.counts_from, self.number, self.reason)
        plan.found(plan.supports, Support, self, self.support_id).measure(measure)


class SupportAdjusted(SupportDecision):
    """The help itself changed, not how much of it. Agreement was with what it was before."""

    TOPIC = "support_adjusted"
    NAMES = ("support_id", "what")
    CHANGES_TEXT = True
    what: Words
    reason: Words

    def tell(self, plan: Plan) -> None:
        support = plan.found(plan.supports, Support, self, self.support_id)
        support.former.append(FormerText(support.what, self.counts_from, self.number))
        support.what = self.what


class SupportPaused(SupportDecision):
    """Support does not come for a while. It is not over."""

    TOPIC = "support_paused"
    FACTS = ("until",)
    reason: Words
    _: KW_ONLY
    until: date | None = None

    def tell(self, plan: Plan) -> None:
        pause = Pause(self.number, self.counts_from, self.reason, self.until)
        plan.found(plan.supports, Support, self, self.support_id).pause(pause)


class SupportResumed(SupportDecision):
    """Support comes again after a pause."""

    TOPIC = "support_resumed"

    def tell(self, plan: Plan) -> None:
        plan.found(plan.supports, Support, self, self.support_id).resume(self.counts_from)


class FitJudged(Entry):
    """Somebody said whether support fits: one kind of it, or all of it together. Never inferred."""

    TOPIC = "fit_judged"
    SUBJECT = "support_id"
    fit: Fit
    judged_by: Voice
    _: KW_ONLY
    support_id: UUID | None = None
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        fits = plan.fits
        if self.support_id is not None:
            fits = plan.found(plan.supports, Support, self, self.support_id).fits
        fits.append(FitJudgement(self.number, self.day, self.fit, self.words, self.judged_by))


class Measures(History):
    """What one may do about how much support there is."""

    def scale_down_support(
        self, support_id: UUID, to: Amount, reason: str, way_back: str, **how: Unpack[Deciding]
    ) -> None:
        """Less of this support from now on."""
        running(self, support_id, how)
        facts = {"to": to, "reason": said("reason", reason), "way_back": said("way_back", way_back)}
        self.record(SupportScaledDown, support_id=support_id, **facts, **how)

    def scale_up_support(self, support_id: UUID, to: Amount, reason: str, **how: Unpack[Deciding]) -> None:
        """More of this support from now on."""
        running(self, support_id, how)
        self.record(SupportScaledUp, support_id=support_id, to=to, reason=said("reason", reason), **how)

    def adjust_support(self, support_id: UUID, what: str, reason: str, **how: Unpack[Deciding]) -> None:
        """Other help, as much of it as before."""
        support = self.there(lambda plan: plan.supports, support_id, how)
        if not support.open:
            raise errors.AlreadyRefused
        if support.what == said("what", what):
            raise errors.NothingChanged("what")
        facts = {"what": what, "reason": said("reason", reason)}
        self.record(SupportAdjusted, support_id=support_id, **facts, **how)

    def pause_support(
        self, support_id: UUID, reason: str, until: date | None = None, **how: Unpack[Deciding]
    ) -> None:
        """No support for a while; until when, if that is known."""
        if running(self, support_id, how).status is SupportStatus.PAUSED:
            raise errors.AlreadyPaused
        facts = {"reason": said("reason", reason), "until": until}
        self.record(SupportPaused, support_id=support_id, **facts, **how)

    def resume_support(self, support_id: UUID, **how: Unpack[Deciding]) -> None:
        """The support comes again."""
        if running(self, support_id, how).status is not SupportStatus.PAUSED:
            raise errors.NotPaused
        self.record(SupportResumed, support_id=support_id, **how)

    def judge_fit(
        self,
        fit: Fit,
        judged_by: Voice,
        support_id: UUID | None = None,
        words: str = "",
        **how: Unpack[Telling],
    ) -> None:
        """Write down whether support fits, according to whom; of all of it when no support is named."""
        self.record(FitJudged, fit=fit, judged_by=judged_by, support_id=support_id, words=words, **how)
