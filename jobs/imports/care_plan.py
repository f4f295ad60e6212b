"""CarePlan: each of its activities is support, as it stands there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.imported import StateImported
from domain.kinds import Noun, SupportKind, SupportStatus
from jobs.imports.client import Client, Step, Told
from jobs.imports.people import organisation
from jobs.imports.reading import Period, concept, is_true, many, nodes, period, text
from jobs.imports.resource import Held, Node, Resource

PLANS = {"active", "on-hold", "revoked", "completed", "unknown"}
OVER = {"revoked", "completed"}
STATES = {
    "in-progress": SupportStatus.RUNNING,
    "on-hold": SupportStatus.PAUSED,
    "completed": SupportStatus.ENDED,
    "cancelled": SupportStatus.ENDED,
    "stopped": SupportStatus.ENDED,
}


def read(resource: Resource, client: Client) -> Told:
    """Only a plan or an order that stands: a proposal of a plan is somebody's draft."""
    plan = resource.body
    if (status := text(plan, "status")) not in PLANS:
        raise Held(f"is a care plan with this status: {status or 'unsaid'}")
    if (intent := text(plan, "intent")) not in ("plan", "order"):
        raise Held(f"is a care plan with this intent: {intent or 'unsaid'}")
    activities = nodes(plan, "activity")
    if not activities:
        raise Held("is a care plan without activities")
    told = Told()
    for number, activity in enumerate(activities, 1):
        told.add(_support(resource, number, activity, client))
    return told


def _support(resource: Resource, number: int, activity: Node, client: Client) -> Told:
    detail: Node = next(iter(nodes(activity, "detail")), {})
    if not detail:
        raise Held("has an activity that is written down elsewhere (activity.reference)")
    if is_true(detail, "doNotPerform"):
        raise Held("has an activity that is not to be done (doNotPerform)")
    words = concept(next(iter(nodes(detail, "code")), {})) or text(detail, "description")
    if not words:
        raise Held("has an activity without words")
    provider, used = _provider(resource, detail, client)
    when = period(detail, "scheduledPeriod").within(period(resource.body))
    facts = {
        "noun": Noun.SUPPORT,
        "id": client.noun(resource, f"activity {number}"),
        "words": words,
        "said": f"{text(resource.body, 'status')}/{text(detail, 'status')}",
        "state": _state(text(resource.body, "status"), text(detail, "status")).value,
        "goal_id": _goal(resource, detail, client),
        "kind": SupportKind.OTHER,
        "provider": provider,
        **_days(when),
    }
    return Told([Step(StateImported, facts, resource, when.start)], used=used)


def _days(when: Period) -> dict[str, Any]:
    return {"since": when.start and when.start.day, "until": when.end and when.end.day}


def _state(plan: str, activity: str) -> SupportStatus:
    """How the activity stands; unknown when the plan is over and the activity says that it is not."""
    state = STATES.get(activity, SupportStatus.UNKNOWN)
    if plan in OVER:
        said = state in (SupportStatus.ENDED, SupportStatus.UNKNOWN)
        return SupportStatus.ENDED if said else SupportStatus.UNKNOWN
    return SupportStatus.PAUSED if plan == "on-hold" and state is SupportStatus.RUNNING else state


def _goal(resource: Resource, detail: Node, client: Client) -> UUID | None:
    """The goal it serves: the activity's own, else the plan's; none when there are several."""
    linked = nodes(detail, "goal") or nodes(resource.body, "goal")
    goals = [client.index.find(reference, resource) for reference in linked]
    return client.noun(goals[0], "") if len(goals) == 1 and goals[0] else None


def _provider(resource: Resource, detail: Node, client: Client) -> tuple[str, list[Resource]]:
    """The organisation that does it, when exactly that is said."""
    for performer in many(detail, "performer"):
        found = client.index.find(performer, resource)
        if found and found.type == "Organization":
            return organisation(performer, resource, client)
    return "", []
