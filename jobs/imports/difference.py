"""The same resource in another version: what it adds to what was told of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.case import ClientDescribed
from domain.consent import ConsentGiven
from domain.entry import Entry
from domain.goals import GoalAdjusted, GoalDropped, GoalProposed, GoalReached
from domain.imported import StateImported
from domain.kinds import GoalStatus, Noun, Voice
from domain.plan import Plan
from domain.progress import GoalPaused, GoalResumed
from jobs.imports.client import UNASKED, Step
from jobs.imports.resource import Held

LATER = "changed since the last import: that comes with a later version"
Change = tuple[type[Entry], dict[str, Any]]


def difference(step: Step, last: Entry, before: Plan) -> Iterator[Change]:
    """The entries that the new version asks for. `before`: what the other system said until now."""
    if step.facts.get("noun") is Noun.GOAL:
        yield from _goal(step, before)
    elif step.entry is StateImported:
        yield from _support(step, before)
    elif step.entry is GoalProposed:
        yield from _words(step.facts["goal_id"], step.facts["words"], before)
    elif step.entry is ClientDescribed:
        if _other(step, last):
            yield step.entry, step.facts
    elif (step.entry is ConsentGiven and _other(step, last)) or _renamed(step, last):
        raise Held(LATER)


def _goal(step: Step, before: Plan) -> Iterator[Change]:
    """It stood otherwise there before, so how it stands now is news, and told as such."""
    goal, goal_id = before.goals.get(step.facts["id"]), step.facts["id"]
    if goal is None:
        yield step.entry, step.facts
        return
    yield from _words(goal_id, step.facts["words"], before)
    facts: dict[str, Any] = {"goal_id": goal_id} | UNASKED
    match goal.status, step.facts["state"]:
        case before_it, state if before_it == state:
            return
        case _, GoalStatus.REACHED:
            yield GoalReached, facts | {"judged_by": Voice.UNKNOWN}
        case _, GoalStatus.DROPPED:
            yield GoalDropped, facts
        case _, GoalStatus.PAUSED:
            yield GoalPaused, facts
        case GoalStatus.PAUSED, GoalStatus.IN_PLAN:
            yield GoalResumed, facts
        case _:
            yield step.entry, step.facts


def _other(step: Step, last: Entry) -> bool:
    return any(getattr(last, name) != value for name, value in step.facts.items())


def _renamed(step: Step, last: Entry) -> bool:
    return bool(step.facts.get("name", "") != getattr(last, "name", ""))


def _words(goal_id: Any, words: str, before: Plan) -> Iterator[Change]:
    """Agreement was with the words before: it lapses."""
    goal = before.goals.get(goal_id)
    if goal and goal.words != words:
        yield GoalAdjusted, {"goal_id": goal_id, "words": words, "reason": ""} | UNASKED


def _support(step: Step, before: Plan) -> Iterator[Change]:
    support, facts = before.supports.get(step.facts["id"]), step.facts
    if support is None:
        yield step.entry, facts
        return
    was = {
        "words": support.what,
        "said": support.said_elsewhere,
        "state": support.status,
        "goal_id": support.goal_id,
        "provider": support.provider,
        "since": support.started_on,
        "until": support.ended_on,
    }
    if any(facts.get(name, value) != value for name, value in was.items()):
        yield step.entry, facts
