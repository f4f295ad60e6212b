"""Looking back together: evaluations, agreements, and where people do not see it the same way."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Entry, Subject, Telling
from domain.history import History, said
from domain.kinds import Fit, Voice
from domain.nouns import Agreement, Disagreement, Evaluation
from domain.plan import Plan
from domain.say import Words


class EvaluationPlanned(Entry):
    """A day was planned to look back together."""

    TOPIC = "evaluation_planned"
    NAMES = ("number", "on")
    on: date
    _: KW_ONLY
    invited: str = ""

    def tell(self, plan: Plan) -> None:
        plan.evaluations[self.number] = Evaluation(
            self.number, self.day, planned_on=self.on, invited=self.invited
        )


class EvaluationHeld(Decision):
    """Those who were there looked back: does it fit, according to the client and to the worker."""

    TOPIC = "evaluation_held"
    SUBJECT = "planned"
    judgement: Fit
    conclusions: Words
    _: KW_ONLY
    planned: int | None = None
    present: str = ""
    client_score: int | None = None
    worker_score: int | None = None

    def tell(self, plan: Plan) -> None:
        evaluation = Evaluation(self.number, self.day)
        if self.planned is not None:
            evaluation = plan.found(plan.evaluations, Evaluation, self, self.planned)
        else:
            plan.evaluations[self.number] = evaluation
        evaluation.held_on, evaluation.present, evaluation.judgement = self.day, self.present, self.judgement
        evaluation.client_score, evaluation.worker_score = self.client_score, self.worker_score
        evaluation.conclusions = self.conclusions


class AgreementMade(Decision):
    """Something was agreed: what, with whom, until when."""

    TOPIC = "agreement_made"
    NAMES = ("number", "words")
    words: Words
    who: str
    _: KW_ONLY
    until: date | None = None
    goal_id: UUID | None = None
    support_id: UUID | None = None

    def tell(self, plan: Plan) -> None:
        plan.agreements[self.number] = Agreement(
            self.number, self.counts_from, self.words, self.who, self.until, self.goal_id, self.support_id
        )


class DisagreementVoiced(Entry):
    """Somebody sees it differently. It stays visible until it is settled."""

    TOPIC = "disagreement_voiced"
    SUBJECT = "subject"
    NAMES = ("number", "words")
    voice: Voice
    words: Words
    _: KW_ONLY
    person: UUID | None = None
    subject: Subject | None = None

    def tell(self, plan: Plan) -> None:
        plan.disagreements[self.number] = Disagreement(
            self.number, self.day, self.person, self.voice, self.subject, self.words
        )


class DisagreementSettled(Decision):
    """Those who disagreed found a way on. Both sides stay readable."""

    TOPIC = "disagreement_settled"
    SUBJECT = "disagreement"
    disagreement: int
    words: Words

    def tell(self, plan: Plan) -> None:
        disagreement = plan.found(plan.disagreements, Disagreement, self, self.disagreement)
        disagreement.settled_on, disagreement.settled_words = self.counts_from, self.words


class Evaluations(History):
    """What one may record of looking back together."""

    def plan_evaluation(self, on: date, invited: str = "", **how: Unpack[Telling]) -> int:
        """Plan to look back together; gives the entry number, by which it is held."""
        if on < how["happened_on"]:
            raise errors.PlannedInThePast
        return self.record(EvaluationPlanned, on=on, invited=invited, **how)

    def hold_evaluation(self, **facts: Unpack[Evaluating]) -> int:
        """Look back together, planned or not."""
        planned = facts.get("planned")
        if planned is not None and self.there(lambda plan: plan.evaluations, planned, facts).held_on:
            raise errors.AlreadyHeld
        said("conclusions", facts["conclusions"])
        return self.record(EvaluationHeld, **facts)

    def make_agreement(self, words: str, who: str, **facts: Unpack[Agreeing]) -> int:
        """Agree on something; gives the entry number, by which it is checked."""
        self.all_there(facts, goal_id=lambda plan: plan.goals, support_id=lambda plan: plan.supports)
        return self.record(AgreementMade, words=said("words", words), who=said("who", who), **facts)

    def voice_disagreement(
        self,
        voice: Voice,
        words: str,
        person: UUID | None = None,
        subject: Subject | None = None,
        **how: Unpack[Telling],
    ) -> int:
        """Write down who sees it differently; gives the entry number, by which it is settled."""
        self.subject_there(subject, how)
        if person is not None:
            self.there(lambda plan: plan.people, person, how)
        facts = {"voice": voice, "words": said("words", words), "person": person, "subject": subject}
        return self.record(DisagreementVoiced, **facts, **how)

    def settle_disagreement(self, disagreement: int, words: str, **how: Unpack[Deciding]) -> None:
        """Write down how a disagreement was settled."""
        if self.there(lambda plan: plan.disagreements, disagreement, how).settled_on:
            raise errors.AlreadySettled
        self.record(DisagreementSettled, disagreement=disagreement, words=said("words", words), **how)


class Evaluating(Deciding, total=False):
    """What goes into an evaluation."""

    planned: int | None
    present: str
    judgement: Fit
    client_score: int | None
    worker_score: int | None
    conclusions: str


class Agreeing(Deciding, total=False):
    """What goes with an agreement."""

    until: date | None
    goal_id: UUID | None
    support_id: UUID | None
