"""A case as one row of the caseload: what a coordinator needs to know first, read from the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.entry import Decision, Entry, Role
from domain.kinds import Asks, GoalStatus
from domain.people import LeadNamed, PartyJoined
from domain.plan import Plan
from domain.proposals import ProposalAnswered
from domain.say import SAID, YES, Position, Stance
from projections.names import folded, sort_name
from projections.read_model import Told
from projections.waits_for_us import What, count_of, waits_for_us


@dataclass(frozen=True)
class CaseRow:
    """One case as the list shows it. Counts; the words stay in the case. `entry` is its last."""

    case_id: UUID
    entry: int
    position: int  # in the record
    case_number: str
    name: str
    called: str
    sort_name: str
    search_name: str
    team: str  # of the one who opened the case; an import has none
    lead: str
    workers: list[str]  # the usual ones
    people_users: list[UUID]  # accounts of those who take part now
    own_users: list[UUID]  # the client, and who was named to speak for them
    opened_on: date | None
    closed_on: date | None
    version: int | None
    version_on: date | None
    goals: int  # in the plan; the seven below add up to it, by what the client said last
    goals_agreed: int
    goals_disagreed: int
    goals_not_yet: int  # not now, or the client wants to talk first
    goals_not_asked: int  # nor about the text, or the case, as it is now
    goals_unknown: int  # imported, or a gesture that one person read as a yes
    goals_unanswered: int
    goals_contradictory: int
    supports: int  # that run, or are paused; the seven below as with the goals
    supports_agreed: int
    supports_disagreed: int
    supports_not_yet: int
    supports_not_asked: int
    supports_unknown: int
    supports_unanswered: int
    supports_contradictory: int
    without_say: int  # decisions about which the client was not asked, nor since
    proposals: int  # of the client, that wait for us; as do the three below
    proposals_since: date | None
    requests: int  # to see, correct, stop, …
    requests_since: date | None
    complaints: int
    complaints_since: date | None
    talks: int  # that the client wants to have first
    talks_since: date | None
    yeses: int  # of the client's own hand, of which nobody wrote what came of it
    yeses_since: date | None
    questions: int  # that wait for the client
    refusals: int  # of which nobody wrote down what was done with them
    next_evaluation: date | None  # the first that is planned and not held: late when it is past
    last_changed_on: date | None
    recorded_at: datetime
    imported: bool


def rows(told: Told) -> Iterator[CaseRow]:
    """The one row of a case. It says what was decided, also when that counts from a later day."""
    plan, opening, last = told.plan, told.events[0], told.events[-1]
    client, people = plan.client, [p for p in plan.people.values() if p.until is None]
    version = plan.versions[-1] if plan.versions else None
    goals, supports, waiting = _goals(plan), _supports(plan), waits_for_us(plan, told.entries)
    proposals, requests, complaints, talks, yeses = (count_of(waiting, what) for what in What)
    yield CaseRow(
        case_id=told.case_id,
        entry=last.number,
        position=told.position,
        case_number=client.case_number,
        name=client.name,
        called=client.called,
        sort_name=sort_name(client.name),
        search_name=folded(f"{client.name} {client.called} {client.case_number}"),
        team=opening.by.team,
        lead=plan.lead_of(),
        workers=sorted({p.name for p in people if p.usual_worker}),
        people_users=sorted({p.user for p in people if p.user}),
        own_users=sorted(_own_users(plan)),
        opened_on=plan.opened_on,
        closed_on=plan.closed_on,
        version=version.number if version else None,
        version_on=version.since if version else None,
        goals=goals.total(),
        goals_agreed=goals["agreed"],
        goals_disagreed=goals["disagreed"],
        goals_not_yet=goals["not yet"],
        goals_not_asked=goals["not asked"],
        goals_unknown=goals["unknown"],
        goals_unanswered=goals["unanswered"],
        goals_contradictory=goals["contradictory"],
        supports=supports.total(),
        supports_agreed=supports["agreed"],
        supports_disagreed=supports["disagreed"],
        supports_not_yet=supports["not yet"],
        supports_not_asked=supports["not asked"],
        supports_unknown=supports["unknown"],
        supports_unanswered=supports["unanswered"],
        supports_contradictory=supports["contradictory"],
        without_say=sum(_without_say(entry, plan) for entry in told.entries),
        proposals=proposals.many,
        proposals_since=proposals.since,
        requests=requests.many,
        requests_since=requests.since,
        complaints=complaints.many,
        complaints_since=complaints.since,
        talks=talks.many,
        talks_since=talks.since,
        yeses=yeses.many,
        yeses_since=yeses.since,
        questions=sum(p.open and p.asks is Asks.CLIENT for p in plan.proposals.values()),
        refusals=sum(refusal.waits for refusal in plan.refusals.values()),
        next_evaluation=_next_evaluation(plan),
        last_changed_on=max((entry.day for entry in told.entries), default=None),
        recorded_at=last.timestamp,
        imported=opening.by.role is Role.IMPORT,
    )


def _own_users(plan: Plan) -> set[UUID]:
    """Whose own plan it is. Who speaks for the client opens it as the person here, or with an account."""
    named = {held.person for held in plan.representations.values() if held.person and not held.ended_on}
    accounts = {plan.people[person].user for person in named if person in plan.people}
    return {user for user in {plan.client.client_id, *named, *accounts} if user}


def _next_evaluation(plan: Plan) -> date | None:
    planned = (e.planned_on for e in plan.evaluations.values() if e.planned_on and not e.held_on)
    return min(planned, default=None)


def _goals(plan: Plan) -> Counter[str]:
    in_plan = {GoalStatus.IN_PLAN, GoalStatus.PAUSED}
    return _said_of((key for key, goal in plan.goals.items() if goal.status in in_plan), plan)


def _supports(plan: Plan) -> Counter[str]:
    return _said_of((key for key, support in plan.supports.items() if support.running), plan)


def _said_of(subjects: Iterable[UUID], plan: Plan) -> Counter[str]:
    """Of how many of these the client said what."""
    return Counter(_where_the_client_stands(plan.stances_on(one).of(), plan.reopened_on) for one in subjects)


def _where_the_client_stands(positions: list[Position], reopened_on: date | None) -> str:
    """A yes to the text before, or from before the case was reopened, was not asked about this one."""
    if len(positions) > 1:
        return "contradictory"
    if not positions:
        return "not asked"
    (position,) = positions
    if position.say.stance not in YES:
        return _COUNTED.get(position.say.stance, "unanswered")
    if position.about_previous_text or (reopened_on and position.on < reopened_on):
        return "not asked"
    return "agreed" if position.say.agrees else "unknown"


_COUNTED = {
    Stance.DISAGREES: "disagreed",
    Stance.NOT_NOW: "not yet",
    Stance.WANTS_TO_TALK: "not yet",
    Stance.NOT_ASKED: "not asked",
    Stance.UNKNOWN: "unknown",
}


def _without_say(entry: Entry, plan: Plan) -> bool:
    """Decided without asking the client, who was not heard on it since. Who leads or joins is apart;
    so is our answer to what they asked themselves.
    """
    if not isinstance(entry, Decision) or isinstance(entry, LeadNamed | PartyJoined):
        return False
    if entry.say.stance is not Stance.NOT_ASKED:
        return False
    if isinstance(entry, ProposalAnswered) and entry.to_the_client(plan):
        return False
    subjects = {entry.number, entry.concerns} - {None}
    heard = (position for subject in subjects if subject for position in plan.stances_on(subject).of())
    return not any(position.entry > entry.number and position.say.stance in SAID for position in heard)
