"""CarePlan: the one plan of a case, with an activity for all support that was offered, refused or given."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.kinds import SupportStatus
from domain.nouns import Refusal, Support
from projections.export.fhir.pieces import Node, coded, compound, node, period, resource
from projections.export.fhir.say import disagreements, stances
from projections.export.fhir.then import CaseThen

STATES = {
    SupportStatus.OFFERED: "not-started",
    SupportStatus.ACCEPTED: "scheduled",
    SupportStatus.REFUSED: "cancelled",
    SupportStatus.RUNNING: "in-progress",
    SupportStatus.PAUSED: "on-hold",
    SupportStatus.ENDED: "completed",
    SupportStatus.UNKNOWN: "unknown",
}


def care_plan(then: CaseThen) -> Iterator[Node]:
    """The plan as it stood."""
    plan, case_id = then.plan, then.case_id
    nouns = {*plan.goals, *plan.supports}
    elsewhere = {d.subject for d in plan.disagreements.values()} - nouns
    yield resource(
        "CarePlan",
        then.its("care plan"),
        then.updated(then.numbers),
        extension=[
            *stances(then, case_id),
            *(stances(then, plan.closed_by) if plan.closed_by else []),
            *disagreements(then, elsewhere),
        ],
        status="completed" if plan.closed_on else "active",
        intent="plan",
        category=[coded("legal-basis", plan.legal_basis)] if plan.legal_basis else [],
        description=plan.question,
        subject=then.patient,
        period=period(plan.opened_on, plan.closed_on),
        careTeam=[then.to("CareTeam", then.its("care team"))],
        goal=[then.to("Goal", key) for key in plan.goals],
        activity=[{"detail": _support(then, key, support)} for key, support in plan.supports.items()],
    )


def _support(then: CaseThen, key: UUID, support: Support) -> Node:
    goal = support.goal_id if support.goal_id in then.plan.goals else None
    provider = then.organisation(support.provider)
    return node(
        id=key,
        extension=[
            *stances(then, key),
            *_measures(support),
            *(one for refusal in support.refusals for one in _refusal(refusal)),
            *disagreements(then, {key}),
        ],
        code=coded("support-kind", support.kind),
        goal=[then.to("Goal", goal)] if goal else [],
        status=STATES[support.status],
        statusReason=node(text=support.reason),
        scheduledPeriod=period(support.started_on, support.ended_on),
        performer=[provider] if provider else [],
        description=support.what,
    )


def _measures(support: Support) -> Iterator[Node]:
    """How much there is of it, and each time there was to be less: why, and the way back."""
    if support.amount:
        yield from compound("amount", **vars(support.amount))
    for held in support.measures:
        if held.way_back:
            yield from compound(
                "scaled-down", on=held.on, to=held.amount, reason=held.reason, way_back=held.way_back
            )


def _refusal(refusal: Refusal) -> list[Node]:
    """The no, what was done with it, and the door that was left open."""
    respected = refusal.respected
    return compound(
        "refusal",
        on=refusal.since,
        reason=refusal.reason,
        words=refusal.words,
        quiet_until=refusal.quiet_until,
        came_back=refusal.came_back,
        respected_on=respected and respected.on,
        stopped=respected and respected.stopped,
        door=respected and respected.door,
        alternatives=respected and respected.alternatives,
        trusted_person=respected and respected.trusted_person,
    )
