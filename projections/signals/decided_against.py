"""Something is carried out, while the client says no to it."""

from __future__ import annotations

from domain.consent import ConsentWithdrawn
from domain.entry import Decision, Entry, Subject
from domain.evaluation import EvaluationHeld
from domain.imported import StateImported
from domain.kinds import GoalStatus, SupportStatus
from domain.proposals import ProposalAnswered
from domain.rights import RequestAnswered
from domain.say import NO, Position
from projections.noted import called
from projections.signals.signal import Fact, NoLimits, Noticed, Observed, Weight, signal

# A no in these is the answer itself, or a view of what is past: what follows is a decision of its own.
CARRIES_NOTHING_OUT = (ConsentWithdrawn, EvaluationHeld, ProposalAnswered, RequestAnswered)


ONE = "%(what)s goes on. %(client)s said no to it on %(day)s."


@signal(Weight.NOW, asks_for=("end_support", "hold_conversation"))
def decided_against(seen: Observed, limits: NoLimits) -> Noticed | None:  # noqa: ARG001  # at once
    """Carried out while the client says no to it: %(many)s.

    The no stands. Talk about it with the client today: can it stop, wait, or be done another way? When a
    danger or a law asks for it, say so, and tell them where they can object. A no by the client's own hand
    stands until a yes that is as firm.
    """
    carried_out = (entry for entry in seen.of(Decision, StateImported) if _carried_out(seen, entry))
    against = [(entry, no) for entry in carried_out for no in _noes(seen, entry)]
    if not against:
        return None
    since = min(max(entry.counts_from, no.on) for entry, no in against)
    shown = {number for entry, no in against for number in (entry.number, no.entry)}
    about = {entry.concerns for entry, _ in against}
    one = about.pop() if len(about) == 1 else None
    if not one or not called(seen.plan, one):
        return Noticed(since, tuple(sorted(shown)), {"many": len(about)})
    facts: dict[str, Fact] = {"many": 1, "day": max(no.on for _, no in against)}
    return Noticed(since, tuple(sorted(shown)), facts, says=ONE, about=one)


def _carried_out(seen: Observed, entry: Entry) -> bool:
    """Decided over the client's no, or about what goes on today; their own answer is neither."""
    if isinstance(entry, Decision):
        if isinstance(entry, CARRIES_NOTHING_OUT) or entry.fixed_stance(vars(entry)):
            return False
        if entry.say.stance in NO:
            return True
    return _goes_on(seen, entry.concerns)


def _goes_on(seen: Observed, about: Subject | None) -> bool:
    """A goal in the plan, support that comes, a restriction that holds."""
    if isinstance(about, int):
        restriction = seen.plan.restrictions.get(about)
        return restriction is not None and restriction.holds_on(seen.today)
    goal = seen.plan.goals.get(about) if about else None
    support = seen.plan.supports.get(about) if about else None
    in_plan = goal is not None and goal.status is GoalStatus.IN_PLAN
    return in_plan or (support is not None and support.status is SupportStatus.RUNNING)


def _noes(seen: Observed, entry: Entry) -> list[Position]:
    """Every no of the client that stands about the same; also beside a yes too weak to take it away."""
    held = seen.plan.stances_on(entry.concerns or entry.number).of()
    return [position for position in held if position.say.stance in NO]
