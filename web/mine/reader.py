"""Who reads their own plan: the client, or who speaks for them; and how what they say is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from flask import abort
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.entry import Actor, Facts, Initiative, Role
from domain.errors import ChangedMeanwhile, NotTheirConsent, Refused
from domain.kinds import Voice
from domain.plan import Plan
from domain.representation import speaks_as
from domain.say import Means, Say, Stance, WhyNotAsked, means_of
from projections.my_plan import readable
from web.access import actor, case_or_404
from web.desk import today
from web.drafts import opened_draft
from web.mine.wording import You, spoken_to, with_you
from web.saving import Errors, Typed, refused

CHANGED = "Your plan changed while you read it. What you wrote is still here. Read it again, and send it."
NOT_YOURS = "You do not decide this alone."
NOT_HERE = Say(Stance.NOT_ASKED, Means.NONE, reason=WhyNotAsked.WAS_NOT_THERE)  # in somebody else's session


@dataclass(frozen=True)
class Reader:
    """One reader of one plan. `person`: who they are in it, when they speak for the client."""

    case: Case
    by: Actor
    person: UUID | None = None

    @classmethod
    def of(cls, case_id: UUID) -> Reader:
        """Who is here, in this case; 404 when it is not theirs."""
        case, by = _as_read(case_or_404(case_id)), actor()
        if by.role is not Role.REPRESENTATIVE:
            return cls(case, by)
        return cls(case, by, speaks_as(case.plan_on(today()), by.user, today()) or abort(404))

    @cached_property
    def plan(self) -> Plan:
        """As it is today."""
        return self.case.plan_on(today())

    @property
    def voice(self) -> Voice:
        """Whose words these are."""
        return Voice.CLIENT if self.person is None else Voice.REPRESENTATIVE

    @property
    def you(self) -> You:
        """How this reader is spoken to."""
        return spoken_to(self.plan.client, represents=self.person is not None)

    def among(self, names: str, you: str) -> str:
        """A line of names as this reader reads it: the client is one of them by "you"."""
        return with_you(names, self.plan.client, self.you(you)) if self.person is None else names

    @property
    def leader(self) -> str:
        """Who leads, by name; empty when nobody does."""
        return self.plan.lead_of()

    def how(self, posted: UUID) -> Facts:
        """What goes with every command of theirs."""
        return {"by": self.by, "happened_on": today(), "posted": posted}

    def opened_draft(self) -> Typed:
        """What was kept of this page when their session ended; nothing when its address names none."""
        return opened_draft(self.case.id, self.you("You wrote this. It was not sent yet.")) or MultiDict()

    def why(self, form: Schema, error: Refused) -> Errors:
        """Why it is not taken: what changed, and who decides, is said to each in their own way."""
        if isinstance(error, ChangedMeanwhile):
            return {"": [self.you(CHANGED)]}
        if isinstance(error, NotTheirConsent):
            return {"": [self.you(NOT_YOURS)]}
        return refused(form, error)

    def deciding(self, stance: Stance, version: int) -> Facts:
        """A decision by own hand: the client's own say; or that of who speaks for them, beside theirs."""
        said = Say(stance, means_of(stance, "", own_hand=True), person=self.person, shown_version=version)
        if self.person is None:
            return {"say": said, "initiative": Initiative.CLIENT}
        return {"say": NOT_HERE, "representative_say": said, "initiative": Initiative.REPRESENTATIVE}


def _as_read(case: Case) -> Case:
    """Without what may not be used now, and what is of somebody else: no page or form of theirs shows it."""
    return case.read_as(readable(case.entries, today()))
