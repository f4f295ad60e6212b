"""What the client asked, or wants to talk about, and nobody came back to: it waits for us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.entry import Entry, Role, Subject
from domain.kinds import Asks, GoalStatus, SupportStatus, TakenUp, Voice
from domain.plan import Plan, standing
from domain.proposals import ProposalAnswered, StanceTaken
from domain.say import YES, Position, Stance
from domain.support import SupportAccepted
from projections.noted import called

THEIRS = frozenset({Voice.CLIENT, Voice.REPRESENTATIVE})
THEMSELVES = frozenset({Role.CLIENT, Role.REPRESENTATIVE})


class What(StrEnum):
    """What can wait for us."""

    PROPOSAL = "proposal"
    REQUEST = "request"
    COMPLAINT = "complaint"
    TALK = "talk"
    YES = "yes"


@dataclass(frozen=True)
class Waits:
    """One thing of the client that waits: since when, by which entry, in their words, and about what.

    `person`: who wants to talk about it when that is not the client.
    """

    what: What
    since: date
    entry: int
    words: str
    about: str = ""
    subject: Subject | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Count:
    """How many of one kind wait, and since when the first does."""

    many: int
    since: date | None


def waits_for_us(plan: Plan, entries: Iterable[Entry]) -> list[Waits]:
    """All of it; the longest waiting first."""
    found = [*_proposals(plan), *_requests(plan), *_complaints(plan), *talks(plan), *_yeses(plan, entries)]
    return sorted(found, key=lambda one: (one.since, one.entry))


def count_of(waiting: Iterable[Waits], what: What) -> Count:
    """Of one kind."""
    days = [one.since for one in waiting if one.what is what]
    return Count(len(days), min(days, default=None))


def _proposals(plan: Plan) -> Iterator[Waits]:
    for number, made in plan.proposals.items():
        if made.proposed_by in THEIRS and made.open and made.asks is not Asks.CLIENT:
            yield Waits(What.PROPOSAL, made.since, number, made.then, called(plan, made.subject))


def _requests(plan: Plan) -> Iterator[Waits]:
    for number, asked in plan.requests.items():
        if asked.asked_by in THEIRS and asked.open:
            yield Waits(What.REQUEST, asked.since, number, asked.words)


def _complaints(plan: Plan) -> Iterator[Waits]:
    for number, voiced in plan.complaints.items():
        if voiced.voiced_by in THEIRS and voiced.answered_on is None:
            yield Waits(What.COMPLAINT, voiced.since, number, voiced.words)


def talks(plan: Plan) -> Iterator[Waits]:
    """They want to talk first. A talk with the client since then is that talk."""
    talked = max(((t.since, t.entry) for t in plan.talks if t.client_present), default=(date.min, 0))
    for subject, stances in plan.stances.items():
        if _is_over(plan, subject):
            continue
        for position in (held[-1] for held in stances.held.values() if held):
            on, entry = _said_last(plan, position)
            if _wants_to_talk(plan, position) and talked < (on, entry):
                about, say = called(plan, subject), position.say
                yield Waits(What.TALK, on, position.entry, say.words, about, subject, say.person)


def _wants_to_talk(plan: Plan, position: Position) -> bool:
    """The client, or who speaks for them; not a worker or a relative."""
    theirs = position.say.person is None or any(
        named.person == position.say.person for named in plan.representations.values()
    )
    return theirs and position.say.stance is Stance.WANTS_TO_TALK


def _said_last(plan: Plan, position: Position) -> tuple[date, int]:
    """When they said so: in the entry itself, or when it was read back to them and was not right."""
    back = [(r.on, r.entry) for r in plan.readings.get(position.entry, ()) if not r.right]
    return max(back, default=(position.on, position.entry))


def _yeses(plan: Plan, entries: Iterable[Entry]) -> Iterator[Waits]:
    """They said yes with their own hand to what we asked, and nobody wrote since what came of it."""
    told = standing(entries)
    for yes in told:
        if yes.by.role in THEMSELVES and (about := _yes_to(plan, yes)) is not None:
            since = (e for e in told if e.number > yes.number and e.by.role not in THEMSELVES)
            if not any({e.concerns, e.about} & {about, yes.concerns, yes.number} for e in since):
                words = next((say.words for say in yes.stances()), "")
                yield Waits(What.YES, yes.day, yes.number, words, called(plan, about))


def _yes_to(plan: Plan, entry: Entry) -> Subject | None:
    """What this entry says yes to, when it is still ours to carry out."""
    match entry:
        case ProposalAnswered(answer=TakenUp.TAKEN_UP | TakenUp.PARTLY):
            asked = plan.proposals.get(entry.proposal)
            return (asked.subject or entry.proposal) if asked else None
        case SupportAccepted():
            support = plan.supports.get(entry.support_id)
            return entry.support_id if support and support.status is SupportStatus.ACCEPTED else None
        case StanceTaken() if entry.say.stance in YES and isinstance(entry.concerns, UUID):
            goal = plan.goals.get(entry.concerns)
            return entry.concerns if goal and goal.status is GoalStatus.PROPOSED else None
    return None


def _is_over(plan: Plan, subject: Subject) -> bool:
    """Nothing is left to talk about. A refusal is not over when they say that it was not as written down."""
    if isinstance(subject, UUID):
        goal, support = plan.goals.get(subject), plan.supports.get(subject)
        done = goal is not None and goal.status in {GoalStatus.REACHED, GoalStatus.DROPPED}
        return done or (support is not None and support.status is SupportStatus.ENDED)
    proposal = plan.proposals.get(subject)
    return proposal is not None and proposal.taken_back
