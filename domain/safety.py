"""Risks that are weighed, and restrictions with their terms."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.nouns import Restriction, RestrictionReview, RestrictionUse, Risk
from domain.nouns.safety import is_long
from domain.plan import Plan
from domain.say import Words


class RiskWeighed(Decision):
    """A risk was weighed against what the client wants: what is given up for it, and when to look again."""

    TOPIC = "risk_weighed"
    NAMES = ("number", "risk")
    FACTS = ("review_on",)
    risk: Words
    given_up: Words
    review_on: date
    _: KW_ONLY
    wish_id: UUID | None = None

    def tell(self, plan: Plan) -> None:
        plan.risks[self.number] = Risk(
            self.number, self.counts_from, self.risk, self.wish_id, self.given_up, self.review_on
        )


class RestrictionImposed(Decision):
    """The client may not do something, or undergoes it, on a ground in the law and until a day (Wzd)."""

    TOPIC = "restriction_imposed"
    NAMES = ("number", "what")
    FACTS = ("in_plan", "written_on", "expert")
    what: Words
    in_plan: bool
    legal_ground: str
    lighter_ways_considered: Words
    ends_on: date
    _: KW_ONLY
    written_on: date | None = None
    resistance: Words = ""
    expert: str = ""

    @property
    def long(self) -> bool:
        """Whether its term is longer than usual."""
        return is_long(self.counts_from, self.ends_on)

    def tell(self, plan: Plan) -> None:
        plan.restrictions[self.number] = Restriction(
            self.number,
            self.counts_from,
            self.what,
            self.in_plan,
            self.written_on,
            self.legal_ground,
            self.lighter_ways_considered,
            self.resistance,
            self.expert,
            self.ends_on,
        )


class RestrictionUsed(Entry):
    """A restriction was carried out, with both checks of that moment: still needed, and nothing lighter."""

    TOPIC = "restriction_used"
    SUBJECT = "restriction"
    restriction: int
    still_needed: bool
    nothing_lighter: bool
    _: KW_ONLY
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        use = RestrictionUse(self.number, self.day, self.still_needed, self.nothing_lighter, self.words)
        plan.found(plan.restrictions, Restriction, self, self.restriction).uses.append(use)


class RestrictionDecision(Decision):
    """A decision about one restriction."""

    SUBJECT = "restriction"
    restriction: int


class RestrictionReviewed(RestrictionDecision):
    """Those who decide looked again whether a restriction is needed. It may get another end."""

    TOPIC = "restriction_reviewed"
    words: Words
    _: KW_ONLY
    ends_on: date | None = None

    def tell(self, plan: Plan) -> None:
        restriction = plan.found(plan.restrictions, Restriction, self, self.restriction)
        restriction.reviews.append(RestrictionReview(self.number, self.counts_from, self.words, self.ends_on))
        restriction.ends_on = self.ends_on or restriction.ends_on


class RestrictionLifted(RestrictionDecision):
    """A restriction is over before its term: the client is free in this again."""

    TOPIC = "restriction_lifted"
    reason: Words

    def tell(self, plan: Plan) -> None:
        plan.found(plan.restrictions, Restriction, self, self.restriction).lifted_on = self.counts_from


class Safety(History):
    """What one may do with risks and restrictions."""

    def weigh_risk(
        self, risk: str, given_up: str, review_on: date, wish_id: UUID | None = None, **how: Unpack[Deciding]
    ) -> int:
        """Weigh a risk against what the client wants, with a day to look again."""
        facts = {"risk": said("risk", risk), "given_up": said("given_up", given_up)}
        return self.record(RiskWeighed, review_on=review_on, wish_id=wish_id, **facts, **how)

    def impose_restriction(self, **facts: Unpack[Imposing]) -> int:
        """Restrict the client, on a ground in the law and for a term; gives the entry number."""
        said("what", facts["what"])
        said("legal_ground", facts["legal_ground"])
        said("lighter_ways_considered", facts["lighter_ways_considered"])
        return self.record(RestrictionImposed, **facts)

    def use_restriction(
        self,
        restriction: int,
        *,
        still_needed: bool,
        nothing_lighter: bool,
        words: str = "",
        **how: Unpack[Telling],
    ) -> None:
        """Write down that a restriction was carried out, with the two checks of that moment."""
        found, day = self._restriction(restriction, how), self.day_of(how)
        if found.last_day and day > found.last_day:
            raise errors.RestrictionEnded(ended=found.last_day)
        checks = {"still_needed": still_needed, "nothing_lighter": nothing_lighter}
        self.record(RestrictionUsed, restriction=restriction, words=words, **checks, **how)

    def review_restriction(
        self, restriction: int, words: str, ends_on: date | None = None, **how: Unpack[Deciding]
    ) -> None:
        """Look again whether it is needed, and until when."""
        self._holding(restriction, how)
        facts = {"words": said("words", words), "ends_on": ends_on}
        self.record(RestrictionReviewed, restriction=restriction, **facts, **how)

    def lift_restriction(self, restriction: int, reason: str, **how: Unpack[Deciding]) -> None:
        """End a restriction before its term."""
        self._holding(restriction, how)
        self.record(RestrictionLifted, restriction=restriction, reason=said("reason", reason), **how)

    def _holding(self, restriction: int, how: Telling) -> Restriction:
        """The restriction as it held on the day of the entry; RestrictionEnded when it did not."""
        found = self._restriction(restriction, how)
        if not found.holds_on(self.day_of(how)):
            raise errors.RestrictionEnded(ended=found.last_day)
        return found

    def _restriction(self, restriction: int, how: Telling) -> Restriction:
        return self.there(lambda plan: plan.restrictions, restriction, how)


class Imposing(Deciding, total=False):
    """What goes into a restriction."""

    what: str
    in_plan: bool
    legal_ground: str
    lighter_ways_considered: str
    ends_on: date
    written_on: date | None
    resistance: str
    expert: str
