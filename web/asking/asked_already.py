"""What lies with the client as a question already, for who decides about the help that it is about."""

from __future__ import annotations

from uuid import UUID

from domain.entry import Subject
from domain.kinds import Asks
from domain.nouns import Proposal
from web.forms.asking import AnswerForm, EntryForm
from web.forms.situation import Situation
from web.forms.support import OfferSupport
from web.saving import Typed


def asked_already(form: EntryForm, at: Situation, typed: Typed) -> list[Proposal]:
    """The open questions to the client about this help or its goal; about any, while none is chosen."""
    decides = isinstance(form, OfferSupport) or (isinstance(form, AnswerForm) and "support_id" in form.names)
    asked = [p for p in at.plan.proposals.values() if p.open and p.asks is Asks.CLIENT] if decides else []
    about = _about(at, typed) or {*at.plan.goals, *at.plan.supports}
    return [proposal for proposal in asked if proposal.subject in about]


def _about(at: Situation, typed: Typed) -> set[Subject]:
    """The help that was chosen, and its goal."""
    named = {typed.get(name, "") for name in ("support_id", "goal_id")}
    helps = {key: support.goal_id for key, support in at.plan.supports.items() if str(key) in named}
    goals: set[UUID] = {key for key in at.plan.goals if str(key) in named} | {g for g in helps.values() if g}
    return {*helps, *goals}
