"""What is open between the client and us, as rows for one talk; and how an answer to each is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from domain.case import Case
from domain.entry import Facts, Initiative, Subject
from domain.kinds import TakenUp, WhyRefused
from domain.nouns import Support
from domain.plan import Plan
from domain.say import YES, Say, Stance
from domain.whose_yes import is_enough
from projections.my_plan import Asking, Question, readable
from web.forms.goals import WHOSE
from web.forms.pickers import named
from web.words import amount

TAKEN_UP = {  # a yes in part leaves the question open: which part is still to be talked over
    Stance.AGREES: TakenUp.TAKEN_UP,
    Stance.DISAGREES: TakenUp.NOT,
}


@dataclass(frozen=True)
class Row:
    """One open matter: how it is, how it would become, why it is asked, and how an answer is recorded.

    An answer that `decides` is a decision; `whose` idea it was is asked when the plan does not tell.
    """

    subject: Subject
    entry: int  # that asks it in these words
    number: str  # on paper
    kind: str  # goal, proposal, support
    now: str
    then: str
    why: str
    answer: Callable[[Case, Say, Facts], object]
    decides: frozenset[Stance] = frozenset()
    whose: Initiative | None = None

    @property
    def in_words(self) -> tuple[Subject, str, str]:
        """What is asked, as it stands on paper."""
        return self.subject, self.now, self.then

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


def rows_of(case: Case, today: date) -> list[Row]:
    """All open matters of one talk: what waits for the client, by one rule with their own page and paper."""
    asking = Asking(readable(case.entries, today), today)
    return [_row(case, asking, question) for question in asking.waiting]


def _row(case: Case, asking: Asking, asked: Question) -> Row:
    subject, plan = asked.subject, asking.plan
    settles = is_enough(plan, subject, case.id, asking.today)
    if isinstance(subject, int):
        return _proposal(plan, asked, settles=settles)
    if asked.kind == "support":
        return _offer(plan.supports[subject], subject, asked, settles=settles)
    answer = partial(_take_stance, subject)
    return Row(subject, asked.entry, asked.number, "goal", asked.now, asked.then, _why_ask(asked), answer)


def _why_ask(asked: Question) -> str:
    """Why the client's stance is not known: never said, on another text, or two that contradict."""
    if not asked.said:
        return "not said yet"
    return "contradictory" if len(asked.said) > 1 else "about the previous text"


def _proposal(plan: Plan, asked: Question, *, settles: bool) -> Row:
    """A yes that is not enough is kept, and leaves it open for who decides along."""
    entry, decides = asked.entry, frozenset(TAKEN_UP) - (frozenset() if settles else {Stance.AGREES})
    answer, whose = partial(_answer_proposal, entry), WHOSE.get(plan.proposals[entry].proposed_by)
    return Row(entry, entry, asked.number, "proposal", asked.now, asked.then, "asked", answer, decides, whose)


def _offer(support: Support, support_id: UUID, asked: Question, *, settles: bool) -> Row:
    then = f"{named(support)}, {amount(support.amount)}" if support.amount else named(support)
    decides = frozenset({Stance.AGREES} if settles else ())
    answer, whose = partial(_answer_offer, support_id), Initiative.CLIENT if support.asked_for else None
    return Row(support_id, asked.entry, asked.number, "support", "", then, "offered", answer, decides, whose)


def _clear(say: Say) -> bool:
    """Whether it can decide. A gesture that one person saw as a yes is kept as what was seen."""
    return say.agrees or say.stance not in YES


def _take_stance(subject: Subject, case: Case, say: Say, how: Facts) -> None:
    case.take_stance(subject, say, **how)


def _answer_proposal(number: int, case: Case, say: Say, how: Facts) -> None:
    if "initiative" in how:  # it decides
        case.answer_proposal(number, TAKEN_UP[say.stance], say=say, **how)
    else:
        _take_stance(number, case, say, how)


def _answer_offer(support_id: UUID, case: Case, say: Say, how: Facts) -> None:
    if "initiative" in how:
        case.accept_support(support_id, say=say, **how)
    elif say.stance is Stance.DISAGREES:
        decided = {"say": say, "initiative": Initiative.CLIENT, **how}
        case.refuse_support(support_id, WhyRefused.NOT_ASKED, say.words, **decided)
    else:
        _take_stance(support_id, case, say, how)
