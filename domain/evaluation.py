"""Looking back together: evaluations, and what was agreed."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.entry import Deciding, Decision, Entry, Subject, Telling
from domain.history import History, said
from domain.kinds import CheckResult, Fit, Voice
from domain.nouns import Agreement, Check, Evaluation, Postponement
from domain.plan import Plan
from domain.say import Words


class EvaluationPlanned(Entry):
    """A day was planned to look back together."""

    TOPIC = "evaluation_planned"
    NAMES = ("number", "on")
    FACTS = ("on", "invited")
    on: date
    _: KW_ONLY
    invited: str = ""

    def check(self, plan: Plan) -> None:  # noqa: ARG002  # whatever is in it
        if self.on < self.happened_on:
            raise errors.PlannedInThePast

    def tell(self, plan: Plan) -> None:
        plan.evaluations[self.number] = Evaluation(
            self.number, self.day, planned_on=self.on, invited=self.invited
        )


class EvaluationPostponed(Entry):
    """A planned evaluation was put on another day, and why."""

    TOPIC = "evaluation_postponed"
    SUBJECT = "planned"
    NAMES = ("planned", "to")
    FACTS = ("to",)
    planned: int
    to: date
    reason: Words

    def check(self, plan: Plan) -> None:  # noqa: ARG002  # whatever is in it
        if self.to < self.happened_on:
            raise errors.PlannedInThePast("to")

    def tell(self, plan: Plan) -> None:
        evaluation = plan.found(plan.evaluations, Evaluation, self, self.planned)
        was, evaluation.planned_on = evaluation.planned_on, self.to
        evaluation.postponed.append(Postponement(self.number, self.day, was, self.to, self.reason))


class EvaluationHeld(Decision):
    """Those who were there looked back: does it fit, according to the client, and according to the worker?

    Their judgements stand side by side. `judgement` is one of all together, which is not asked any more.
    """

    TOPIC = "evaluation_held"
    SUBJECT = "planned"
    FACTS = ("present",)
    conclusions: Words
    _: KW_ONLY
    judgement: Fit | None = None
    client_judgement: Fit | None = None
    worker_judgement: Fit | None = None
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
        evaluation.held_in, evaluation.client_judgement = self.number, self.client_judgement
        evaluation.worker_judgement = self.worker_judgement
        evaluation.client_score, evaluation.worker_score = self.client_score, self.worker_score
        evaluation.conclusions = self.conclusions


class AgreementMade(Decision):
    """Something was agreed: what, with whom, until when."""

    TOPIC = "agreement_made"
    NAMES = ("number", "words")
    FACTS = ("who", "until")
    words: Words
    who: str
    _: KW_ONLY
    until: date | None = None
    goal_id: UUID | None = None
    support_id: UUID | None = None

    @property
    def decides(self) -> Subject | None:
        """An agreement about support, or a goal, is decided by who decides about that."""
        return self.support_id or self.goal_id

    def tell(self, plan: Plan) -> None:
        plan.agreements[self.number] = Agreement(
            self.number, self.counts_from, self.words, self.who, self.until, self.goal_id, self.support_id
        )


class AgreementChecked(Entry):
    """An agreement was looked at again: kept or not, according to whom, and in what words."""

    TOPIC = "agreement_checked"
    SUBJECT = "agreement"
    agreement: int
    result: CheckResult
    words: Words = ""
    _: KW_ONLY
    judged_by: Voice = Voice.UNKNOWN

    def tell(self, plan: Plan) -> None:
        agreement = plan.found(plan.agreements, Agreement, self, self.agreement)
        agreement.checks.append(Check(self.number, self.day, self.result, self.words, self.judged_by))


class Evaluations(History):
    """What one may record of looking back together."""

    def plan_evaluation(self, on: date, invited: str = "", **how: Unpack[Telling]) -> int:
        """Plan to look back together; gives the entry number, by which it is held."""
        return self.record(EvaluationPlanned, on=on, invited=invited, **how)

    def postpone_evaluation(self, planned: int, to: date, reason: str, **how: Unpack[Telling]) -> None:
        """Put a planned evaluation on another day."""
        if to == self._not_held(planned, how).planned_on:
            raise errors.NothingChanged("to")
        self.record(EvaluationPostponed, planned=planned, to=to, reason=said("reason", reason), **how)

    def hold_evaluation(self, **facts: Unpack[Evaluating]) -> int:
        """Look back together, planned or not: somebody says whether the help fits."""
        if (planned := facts.get("planned")) is not None:
            self._not_held(planned, facts)
        if not any(facts.get(of) for of in ("client_judgement", "worker_judgement")):
            raise errors.NoJudgement
        said("conclusions", facts["conclusions"])
        return self.record(EvaluationHeld, **facts)

    def make_agreement(self, words: str, who: str, **facts: Unpack[Agreeing]) -> int:
        """Agree on something; gives the entry number, by which it is checked."""
        return self.record(AgreementMade, words=said("words", words), who=said("who", who), **facts)

    def check_agreement(
        self,
        agreement: int,
        result: CheckResult,
        words: str = "",
        judged_by: Voice = Voice.UNKNOWN,
        **how: Unpack[Telling],
    ) -> None:
        """Look at an agreement again, as often as needed. What went otherwise is told in words."""
        self.there(lambda plan: plan.agreements, agreement, how)
        if result is not CheckResult.KEPT:
            said("words", words)
        facts = {"agreement": agreement, "result": result, "words": words, "judged_by": judged_by}
        self.record(AgreementChecked, **facts, **how)

    def _not_held(self, planned: int, how: Telling) -> Evaluation:
        evaluation = self.there(lambda plan: plan.evaluations, planned, how)
        if evaluation.held_on:
            raise errors.AlreadyHeld
        return evaluation


class Evaluating(Deciding, total=False):
    """What goes into an evaluation."""

    planned: int | None
    present: str
    client_judgement: Fit | None
    worker_judgement: Fit | None
    client_score: int | None
    worker_score: int | None
    conclusions: str


class Agreeing(Deciding, total=False):
    """What goes with an agreement."""

    until: date | None
    goal_id: UUID | None
    support_id: UUID | None
