"""What is open between the client and us, as rows for one talk; and how an answer to each is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from domain.case import Case
from domain.entry import Facts, Initiative, Subject
from domain.imported import known
from domain.kinds import Asks, SupportStatus, TakenUp, Voice, WhyRefused
from domain.plan import Plan
from domain.say import SAID, Say, Stance
from web.forms.choices import named
from web.words import amount

TAKEN_UP = {
    Stance.AGREES: TakenUp.TAKEN_UP,
    Stance.AGREES_IN_PART: TakenUp.PARTLY,
    Stance.DISAGREES: TakenUp.NOT,
}


@dataclass(frozen=True)
class Row:
    """One open matter: how it is, how it would become, why it is asked, and how an answer is recorded."""

    subject: Subject
    kind: str  # goal, proposal, support
    now: str
    then: str
    why: str
    answer: Callable[[Case, Say, Facts], object]


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
            answer = partial(_answer_proposal, number, _initiative(asked.proposed_by))
            yield Row(number, "proposal", asked.now, asked.then, "asked", answer)


def _offers(plan: Plan) -> Iterator[Row]:
    for support_id, support in plan.supports.items():
        held = plan.stances_on(support_id).of(None)
        if support.status is SupportStatus.OFFERED and not any(p.say.stance in SAID for p in held):
            then = f"{named(support)}, {amount(support.amount)}" if support.amount else named(support)
            yield Row(support_id, "support", "", then, "offered", partial(_answer_offer, support_id))


def _initiative(voice: Voice) -> Initiative:
    return known(voice.value, Initiative.PROFESSIONAL)


def _take_stance(subject: Subject, case: Case, say: Say, how: Facts) -> None:
    case.take_stance(subject, say, **how)


def _answer_proposal(number: int, initiative: Initiative, case: Case, say: Say, how: Facts) -> None:
    if taken_up := TAKEN_UP.get(say.stance):
        case.answer_proposal(number, taken_up, say=say, initiative=initiative, **how)
    else:
        _take_stance(number, case, say, how)


def _answer_offer(support_id: UUID, case: Case, say: Say, how: Facts) -> None:
    if say.stance is Stance.AGREES:
        case.accept_support(support_id, say=say, initiative=Initiative.PROFESSIONAL, **how)
    elif say.stance is Stance.DISAGREES:
        decided = {"say": say, "initiative": Initiative.CLIENT, **how}
        case.refuse_support(support_id, WhyRefused.NOT_ASKED, say.words, **decided)
    else:
        _take_stance(support_id, case, say, how)
