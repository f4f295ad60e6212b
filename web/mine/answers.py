"""An answer of the client, or of who speaks for them: what it may be, and what is recorded of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from marshmallow import RAISE, Schema

from domain.case import Case
from domain.entry import Facts, Initiative, Subject
from domain.errors import Refused
from domain.kinds import SupportStatus, TakenUp, WhyRefused
from domain.nouns import Support
from domain.plan import Plan
from domain.refusals import check_left_in_peace
from domain.representation import decides_alone, decides_along, decides_for, matter
from domain.say import Say, Stance, means_of
from domain.whose_yes import is_enough
from projections.my_plan import Question
from web.asking.open_matters import TAKEN_UP
from web.forms.fields import Choice, Words
from web.forms.goals import WHOSE


class Mine(StrEnum):
    """The answers there are: in a question to somebody, three are enough."""

    YES = "yes"
    NO = "no"
    TALK = "talk"

    @property
    def stance(self) -> Stance:
        """What it says."""
        return STANCES[self]


STANCES = {Mine.YES: Stance.AGREES, Mine.NO: Stance.DISAGREES, Mine.TALK: Stance.WANTS_TO_TALK}


class Answer(Schema):
    """The answer, and anything to say about it."""

    class Meta:
        """What is not asked is not taken."""

        unknown = RAISE

    answer = Choice("What do you think?", Mine, required=True)
    words = Words("Do you want to say something about it?", otherwise="")


def own_say(answer: Mine, words: str, version: int, person: UUID | None = None) -> Say:
    """What somebody says with their own hand, of the text as it was up to this entry."""
    means = means_of(answer.stance, words, own_hand=True)
    return Say(answer.stance, means, words, person=person, shown_version=version)


def record_answer(case: Case, asked: Question, say: Say, how: Facts) -> None:
    """Keep it: the client's own answer decides; what is said for them is kept beside theirs."""
    if say.person is not None:
        case.take_stance(asked.subject, say, **how)
    elif isinstance(asked.subject, int):
        _answer_proposal(case, asked.subject, say, how)
    elif asked.kind == "support":
        _answer_offer(case, asked.subject, say, how)
    else:
        case.take_stance(asked.subject, say, **how)


def _answer_proposal(case: Case, number: int, say: Say, how: Facts) -> None:
    taken_up: TakenUp | None = TAKEN_UP.get(say.stance)
    if taken_up is None or (say.agrees and not client_decides(case, number, how["happened_on"])):
        case.take_stance(number, say, **how)
        return
    whose = WHOSE.get(case.plan.proposals[number].proposed_by, Initiative.PROFESSIONAL)
    case.answer_proposal(number, taken_up, say=say, initiative=whose, **how)


def _answer_offer(case: Case, support_id: UUID, say: Say, how: Facts) -> None:
    support = case.plan_on(how["happened_on"]).supports[support_id]
    refused = support.status is SupportStatus.REFUSED or support.refused is not None
    offered = refused or support.status is SupportStatus.OFFERED
    if say.agrees and offered and client_decides(case, support_id, how["happened_on"]):
        whose = _whose(case.plan_on(how["happened_on"]), support_id, support, how["happened_on"])
        case.accept_support(support_id, say=say, initiative=whose, **how)
    elif say.stance is Stance.DISAGREES and not refused:
        decides: Facts = {"say": say, "initiative": Initiative.CLIENT}
        case.refuse_support(support_id, WhyRefused.NOT_ASKED, say.words, **decides, **how)
    else:
        case.take_stance(support_id, say, **how)


def _whose(plan: Plan, support_id: UUID, support: Support, day: date) -> Initiative:
    """The client's own idea when they asked for it, or come back to it while nobody may ask them."""
    try:
        check_left_in_peace(plan, support_id, day)
    except Refused:
        return Initiative.CLIENT
    own = support.asked_for or support.refused
    return Initiative.CLIENT if own else Initiative.PROFESSIONAL


def client_decides(case: Case, about: Subject, day: date) -> bool:
    """Whether the client's own yes settles it; else it is kept, and nothing is agreed by it."""
    plan = case.plan_on(day)
    return is_enough(plan, about, case.id, day)


def counts(case: Case, asked: Question, person: UUID, today: date) -> str:
    """What the answer of who speaks for the client does: the sentence that tells it."""
    plan = case.plan_on(today)
    subject = matter(plan, asked.subject, case.id)
    if decides_for(plan, person, subject, today):
        return "Your answer counts. What %(client)s says is kept beside it."
    if decides_along(plan, person, subject, today):
        return "You and %(client)s decide this together. Both answers are kept."
    if decides_alone(plan, subject, today):
        return "%(client)s decides this. Your answer is kept beside it, and does not count as a yes."
    return "You do not decide about this. Your answer is kept beside that of %(client)s."
