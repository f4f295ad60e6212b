"""Goal: a goal as it stands there. That the client agreed is never read from it."""

from __future__ import annotations

from domain.goals import GoalProposed, GoalTurnedDown
from domain.imported import StateImported
from domain.kinds import ByWhom, GoalStatus, Noun, Voice
from jobs.imports.client import UNASKED, Client, Step, Told
from jobs.imports.people import voice
from jobs.imports.reading import When, code, concept, nodes, text, when
from jobs.imports.resource import Held, Resource

STATES = {
    "planned": GoalStatus.IN_PLAN,
    "accepted": GoalStatus.IN_PLAN,
    "active": GoalStatus.IN_PLAN,
    "on-hold": GoalStatus.PAUSED,
    "completed": GoalStatus.REACHED,
    "cancelled": GoalStatus.DROPPED,
}


def read(resource: Resource, client: Client) -> Told:
    """`proposed` and `rejected` are told as such; of all others only how they stand now."""
    said = text(resource.body, "lifecycleStatus")
    words = concept(next(iter(nodes(resource.body, "description")), {}))
    if not words:
        raise Held("has no description in words")
    voice_of, goal_id = voice(resource.body.get("expressedBy"), resource, client), client.noun(resource, "")
    if said in ("proposed", "rejected"):
        return Told(_proposed(resource, goal_id, words, voice_of, said))
    if said not in STATES:
        raise Held("has a lifecycleStatus that FHIR does not know")
    since, on = _days(resource, said)
    facts = {
        "noun": Noun.GOAL,
        "id": goal_id,
        "words": words,
        "said": "/".join(filter(None, [said, code(resource.body, "achievementStatus")])),
        "state": STATES[said].value,
        "voice": voice_of,
        "since": since.day if since else None,
    }
    return Told([Step(StateImported, facts, resource, on)])


def _days(resource: Resource, said: str) -> tuple[When | None, When | None]:
    """Since when it stands so, and on which day that was said. What began then need not have ended then."""
    changed = when(resource.body, "statusDate")
    started = when(resource.body, "startDate") if STATES[said] is GoalStatus.IN_PLAN else None
    return started or changed, changed or started


def _proposed(resource: Resource, goal_id: object, words: str, by: Voice, said: str) -> list[Step]:
    on = when(resource.body, "statusDate")
    facts = {"goal_id": goal_id, "words": words, "words_of": by, "proposed_by": by}
    proposed = Step(GoalProposed, facts, resource, on)
    if said == "proposed":
        return [proposed]
    why = {"by_whom": ByWhom.UNKNOWN, "reason": text(resource.body, "statusReason")}
    return [proposed, Step(GoalTurnedDown, {"goal_id": goal_id} | why | UNASKED, resource, on)]
