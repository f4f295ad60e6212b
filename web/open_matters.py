"""What is open between the client and us, as rows for one talk; and how an answer to each is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from uuid import UUID

from domain.case import Case
from domain.entry import Facts, Initiative, Subject
from domain.kinds import Asks, SupportStatus, TakenUp, Voice, WhyRefused
from domain.plan import Plan
from domain.say import SAID, YES, Say, Stance
from web.forms.pickers import named
from web.words import amount

TAKEN_UP = {  # a yes in part leaves the question open: which part is still to be talked over
    Stance.AGREES: TakenUp.TAKEN_UP,
    Stance.DISAGREES: TakenUp.NOT,
}
WHOSE = {
    Voice.CLIENT: Initiative.CLIENT,
    Voice.REPRESENTATIVE: Initiative.REPRESENTATIVE,
    Voice.NETWORK: Initiative.NETWORK,
    Voice.WORKER: Initiative.PROFESSIONAL,
}  # an idea had together, or of nobody knows whom, is asked


@dataclass(frozen=True)
class Row:
    """One open matter: how it is, how it would become, why it is asked, and how an answer is recorded.

    An answer that `decides` is a decision; `whose` idea it was is asked when the plan does not tell.
    """

    subject: Subject
    kind: str  # goal, proposal, support
    now: str
    then: str
    why: str
    answer: Callable[[Case, Say, Facts], object]
    decides: frozenset[Stance] = frozenset()
    whose: Initiative | None = None

    @property
    def asks_whose(self) -> bool:
        """Whether the talk has to tell whose idea it was."""
        return bool(self.decides) and self.whose is None


class Answered(NamedTuple):
    """One open matter, what the client said about it, and whose idea it was, when that was asked."""

    row: Row
    say: Say
    initiative: Initiative | None

    @property
    def whose_is_missing(self) -> bool:
        """A decision, and nobody knows whose idea it was."""
        return self.decided and self.whose is None

    @property
    def decided(self) -> bool:
        """Whether this answer is recorded as a decision."""
        return self.say.stance in self.row.decides and _clear(self.say)

    @property
    def whose(self) -> Initiative | None:
        """Whose idea it was: as the plan tells, else as the talk told."""
        return self.row.whose or self.initiative

    def record(self, case: Case, how: Facts) -> None:
        """Tell the case."""
        self.row.answer(case, self.say, how | {"initiative": self.whose} if self.decided else how)


def rows_of(plan: Plan) -> list[Row]:
    """All open matters of one talk."""
    return [*_goals(plan), *_proposals(plan), *_offers(plan)]


def _goals(plan: Plan) -> Iterator[Row]:
    asked = {p.subject for p in plan.proposals.values() if p.open and p.asks is Asks.CLIENT}
    for goal_id, goal in plan.goals.items():
        why = _why_ask(plan, goal_id)
        if goal.open and why and goal_id not in asked:
            before = goal.former[-1].words if goal.former else ""
            yield Row(goal_id, "goal", before, goal.words, why, partial(_take_stance, goal_id))


def _why_ask(plan: Plan, subject: Subject) -> str:
    """Why the client's stance is not known: never said, on another text, or two that contradict."""
    held = [p for p in plan.stances_on(subject).of(None) if p.say.stance in SAID]
    if len(held) > 1:
        return "contradictory"
    if not held:
        return "not said yet"
    return "about the previous text" if held[0].about_previous_text else ""


def _proposals(plan: Plan) -> Iterator[Row]:
    for number, asked in plan.proposals.items():
        if asked.open and asked.asks is Asks.CLIENT:
            answer, whose = partial(_answer_proposal, number), WHOSE.get(asked.proposed_by)
            yield Row(number, "proposal", asked.now, asked.then, "asked", answer, frozenset(TAKEN_UP), whose)


def _offers(plan: Plan) -> Iterator[Row]:
    for support_id, support in plan.supports.items():
        held = plan.stances_on(support_id).of(None)
        if support.status is SupportStatus.OFFERED and not any(p.say.stance in SAID for p in held):
            then = f"{named(support)}, {amount(support.amount)}" if support.amount else named(support)
            answer = partial(_answer_offer, support_id)
            whose = Initiative.CLIENT if support.asked_for else None
            yield Row(support_id, "support", "", then, "offered", answer, frozenset({Stance.AGREES}), whose)


def _clear(say: Say) -> bool:
    """Whether it can decide. A gesture that one person saw as a yes is kept as what was seen."""
    return say.agrees or say.stance not in YES


def _take_stance(subject: Subject, case: Case, say: Say, how: Facts) -> None:
    case.take_stance(subject, say, **how)


def _answer_proposal(number: int, case: Case, say: Say, how: Facts) -> None:
    if (taken_up := TAKEN_UP.get(say.stance)) and _clear(say):
        case.answer_proposal(number, taken_up, say=say, **how)
    else:
        _take_stance(number, case, say, how)


def _answer_offer(support_id: UUID, case: Case, say: Say, how: Facts) -> None:
    if say.stance is Stance.AGREES and _clear(say):
        case.accept_support(support_id, say=say, **how)
    elif say.stance is Stance.DISAGREES:
        decided = {"say": say, "initiative": Initiative.CLIENT, **how}
        case.refuse_support(support_id, WhyRefused.NOT_ASKED, say.words, **decided)
    else:
        _take_stance(support_id, case, say, how)
