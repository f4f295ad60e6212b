"""Goal: what the client wants to reach, whose words it is in, and who agrees."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.kinds import GoalStatus, Voice
from domain.nouns import Goal
from projections.export.fhir.pieces import (
    ABSENT,
    TERMINOLOGY,
    Node,
    coded,
    compound,
    node,
    own,
    period,
    resource,
)
from projections.export.fhir.say import acceptance, disagreements, stances
from projections.export.fhir.then import CaseThen

# Never "accepted": that a goal is in the plan does not tell that the client agrees.
STATES = {
    GoalStatus.PROPOSED: "proposed",
    GoalStatus.IN_PLAN: "active",
    GoalStatus.PAUSED: "on-hold",
    GoalStatus.REACHED: "completed",
    GoalStatus.DROPPED: "cancelled",
    GoalStatus.TURNED_DOWN: "rejected",
}
SPEAKERS = {
    Voice.REPRESENTATIVE: "RelatedPerson",
    Voice.NETWORK: "RelatedPerson",
    Voice.WORKER: "Practitioner",
}


def goals(then: CaseThen) -> Iterator[Node]:
    """Every goal, also what is over."""
    for key, goal in then.plan.goals.items():
        yield _goal(then, key, goal)


def _goal(then: CaseThen, key: UUID, goal: Goal) -> Node:
    pursued = goal.status not in {GoalStatus.PROPOSED, GoalStatus.TURNED_DOWN}
    about = [e.number for e in then.told if e.concerns == key] or [goal.entry]
    return resource(
        "Goal",
        key,
        then.updated(about),
        extension=[
            *acceptance(then, key),
            *stances(then, key),
            *disagreements(then, {key}),
            *_former(goal),
        ],
        category=[coded("life-area", goal.life_area)] if goal.life_area else [],
        achievementStatus=_achieved(goal),
        description=node(text=goal.words),
        subject=then.patient,
        startDate=period(goal.since).get("start") if pursued else None,
        statusDate=period(goal.status_since).get("start"),
        statusReason=goal.reason,
        expressedBy=_speaker(then, goal.proposed_by),
        **_state(goal.status),
    )


def _state(status: GoalStatus) -> Node:
    if status in STATES:
        return {"lifecycleStatus": STATES[status]}
    return {"_lifecycleStatus": {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}}


def _achieved(goal: Goal) -> Node:
    reached = goal.status is GoalStatus.REACHED
    return coded(f"{TERMINOLOGY}/goal-achievement", "achieved") if reached else {}


def _speaker(then: CaseThen, voice: Voice) -> Node:
    """Whose idea it was. Who exactly, is told only of the client."""
    said = [{"url": own("voice"), "valueCode": voice.value}]
    if voice is Voice.CLIENT:
        return {**then.patient, "extension": said}
    return node(type=SPEAKERS.get(voice), display=voice.value.replace("_", " "), extension=said)


def _former(goal: Goal) -> list[Node]:
    """The texts that stood there before: agreement was with those."""
    return [
        one for text in goal.former for one in compound("former-text", words=text.words, until=text.until)
    ]
