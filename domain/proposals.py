"""Where people stand, what they propose, and the answer it gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack

from domain import errors
from domain.entry import Actor, Deciding, Decision, Entry, Role, Subject, Telling
from domain.history import History, said
from domain.kinds import Asks, TakenUp, Voice
from domain.nouns import Proposal
from domain.own_hand import BESIDE_THE_WORKERS, check_own_voice
from domain.plan import Plan
from domain.representation import decides_for, matter
from domain.say import NO, SAID, Say, Stance, Words


class StanceTaken(Entry):
    """Somebody said where they stand, apart from any decision."""

    TOPIC = "stance_taken"
    SUBJECT = "subject"
    AFTER_CLOSING = True
    subject: Subject
    say: Say

    def stances(self) -> Iterator[Say]:
        """The one stance that was taken."""
        yield self.say

    def hear(self, plan: Plan) -> None:
        plan.hear(self)


class ProposalMade(Entry):
    """Somebody proposed a change and asks for an answer. Until then everything stays as it is."""

    TOPIC = "proposal_made"
    SUBJECT = "subject"
    NAMES = ("number", "then")
    FACTS = ("answer_by",)
    then: Words
    proposed_by: Voice
    asks: Asks
    _: KW_ONLY
    subject: Subject | None = None
    now: Words = ""
    words: Words = ""
    answer_by: date | None = None

    def tell(self, plan: Plan) -> None:
        plan.proposals[self.number] = Proposal(
            self.number,
            self.day,
            self.subject,
            self.now,
            self.then,
            self.words,
            self.proposed_by,
            self.asks,
            self.answer_by,
        )


class ProposalAnswered(Decision):
    """A proposal got its answer."""

    TOPIC = "proposal_answered"
    SUBJECT = "proposal"
    proposal: int
    answer: TakenUp
    _: KW_ONLY
    words: Words = ""
    led_to: int | None = None

    def tell(self, plan: Plan) -> None:
        proposal = plan.found(plan.proposals, Proposal, self, self.proposal)
        proposal.answer, proposal.answered_on = self.answer, self.counts_from

    def to_the_client(self, plan: Plan) -> bool:
        """What the client asked of us. It changes nothing by itself, and what they say of it comes after."""
        asked = plan.proposals.get(self.proposal)
        return asked is not None and asked.proposed_by is Voice.CLIENT and asked.asks is not Asks.CLIENT

    def wanted_by(self, say: Say, plan: Plan | None) -> bool:
        """What the client was asked and did not take up is what their no wanted. Our own no is not."""
        asked = plan.proposals.get(self.proposal) if plan else None
        if self.answer is TakenUp.NOT and asked and asked.asks is Asks.CLIENT:
            return say.stance in NO
        return super().wanted_by(say, plan)


class ProposalTakenBack(Entry):
    """The one who proposed took it back. It stays readable."""

    TOPIC = "proposal_taken_back"
    SUBJECT = "proposal"
    proposal: int
    reason: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.found(plan.proposals, Proposal, self, self.proposal).taken_back = True


class Proposals(History):
    """What one may do with stances and proposals."""

    def take_stance(self, subject: Subject, say: Say, **how: Unpack[Telling]) -> None:
        """Record where somebody stands on something in the plan."""
        plan = self.plan_for(how)  # after a closing only the stance on the closing itself is taken
        if plan.closed_on and subject != plan.closed_by and self.day_of(how) > plan.closed_on:
            raise errors.CaseIsClosed(closed=plan.closed_on)
        self.record(StanceTaken, subject=subject, say=say, **how)

    def make_proposal(self, **facts: Unpack[ProposingChange]) -> int:
        """Propose a change; gives its entry number, by which it is answered."""
        said("then", facts["then"])
        check_own_voice(facts["proposed_by"], "proposed_by", facts["by"])
        return self.record(ProposalMade, **facts)

    def answer_proposal(self, proposal: int, answer: TakenUp, **facts: Unpack[Answering]) -> None:
        """Answer a proposal. A question to the client is answered by what the client says."""
        asked = self._open_proposal(proposal, facts)
        if asked.asks is Asks.CLIENT and not self._answered(proposal, answer, facts):
            raise errors.NoAnswer
        self.record(ProposalAnswered, proposal=proposal, answer=answer, **facts)

    def take_back_proposal(self, proposal: int, reason: str = "", **how: Unpack[Telling]) -> None:
        """Take a proposal back: who made it does; one by the client's own hand, the client alone. Why is told
        of what was written down for somebody else, and whenever the client was asked.
        """
        made, by = self._open_proposal(proposal, how), how["by"]
        writer = self.standing_entry(proposal).by
        own = _is_own(made, writer, by)
        if writer.role is Role.CLIENT and by.role is not Role.CLIENT:
            raise errors.NotTheirProposal
        if by.role in BESIDE_THE_WORKERS and not own:
            raise errors.NotTheirProposal
        if not own or made.asks is Asks.CLIENT:
            said("reason", reason)
        self.record(ProposalTakenBack, proposal=proposal, reason=reason, **how)

    def _open_proposal(self, proposal: int, how: Telling) -> Proposal:
        found = self.there(lambda plan: plan.proposals, proposal, how)
        if not found.open:
            raise errors.AlreadyAnswered
        return found

    def _answered(self, proposal: int, answer: TakenUp, how: Answering) -> bool:
        """Taken up by a yes; not by whatever else was said to it. Who decides for the client may say it."""
        says, other = [how["say"]], how.get("representative_say")
        plan, day, whole = self.plan_for(how), self.day_of(how), self.entries[0].originator_id
        if other and other.person and decides_for(plan, other.person, matter(plan, proposal, whole), day):
            says.append(other)
        if answer is TakenUp.NOT:
            return any(say.stance in SAID or say.stance is Stance.DID_NOT_WANT_TO_ANSWER for say in says)
        return any(say.agrees for say in says)


def _is_own(made: Proposal, writer: Actor, by: Actor) -> bool:
    """Whether it is theirs: made in their voice, and not written down by another in the same role."""
    if by.role is Role.PARTNER:
        return writer.user == by.user
    if by.role not in BESIDE_THE_WORKERS:
        return made.proposed_by is Voice.WORKER
    by_another = writer.role is by.role and writer.user != by.user
    return made.proposed_by.value == by.role.value and not by_another


class ProposingChange(Telling, total=False):
    """What goes into a proposal."""

    subject: Subject | None
    now: str
    then: str
    words: str
    proposed_by: Voice
    asks: Asks
    answer_by: date | None


class Answering(Deciding, total=False):
    """What goes with an answer."""

    words: str
    led_to: int | None
